import { progressOf, toInstant } from '@chargebus/domain';
import type { ChargingSession, MeterSample, Transaction } from '@chargebus/domain';
import {
  ChargingCompleted,
  ChargingCorrected,
  ChargingFailed,
  ChargingProgress,
  ChargingStarted,
  ChargingStopped,
} from '@chargebus/events';
import type { DeviceWork } from '../devices/device-work';
import type { FinalAccount } from './charge.fold';

const subject = (session: ChargingSession) => ({
  sessionId: session.sessionId,
  orderNo: session.orderNo,
  userId: session.userId,
  clientId: session.clientId,
  portNo: session.portNo,
});

export function emitStarted(work: DeviceWork, session: ChargingSession, causeId: string, startedAtMs: number): void {
  const { limits } = session;
  const endMs = limits?.timeLimitMin == null ? null : startedAtMs + limits.timeLimitMin * 60_000;
  work.emit(
    ChargingStarted,
    causeId,
    startedAtMs,
    {
      ...subject(session),
      source: session.source,
      mode: limits?.mode ?? null,
      timeLimitMin: limits?.timeLimitMin ?? null,
      energyLimitKwh: limits?.energyLimitKwh ?? null,
      powerLimitW: limits?.powerLimitW ?? null,
      startedAt: toInstant(startedAtMs),
      estimatedEndAt: endMs === null ? null : toInstant(endMs),
    },
    session.sessionId,
  );
}

export function emitProgress(
  work: DeviceWork,
  session: ChargingSession,
  causeId: string,
  sample: MeterSample,
  phase: 'charging' | 'finished_waiting_pickup',
): void {
  work.emit(
    ChargingProgress,
    causeId,
    sample.sampledAtMs,
    {
      ...subject(session),
      durationS: sample.durationS,
      energyWh: sample.energyWh,
      powerW: sample.powerW,
      voltageV: sample.voltageV,
      currentA: sample.currentA,
      frequencyHz: sample.frequencyHz,
      temperatureC: sample.temperatureC,
      socPct: sample.socPct,
      ...progressOf(session.limits, sample),
      sampledAt: toInstant(sample.sampledAtMs),
      phase,
    },
    session.sessionId,
  );
}

export function emitStopped(work: DeviceWork, session: ChargingSession, causeId: string, atMs: number): void {
  work.emit(
    ChargingStopped,
    causeId,
    atMs,
    { ...subject(session), reason: session.stopReason ?? 'user_stop', stoppedAt: toInstant(atMs) },
    session.sessionId,
  );
}

/** The terminal event of a settled session. */
export function emitCompleted(work: DeviceWork, session: ChargingSession, causeId: string, atMs: number): void {
  const { startedAtMs, endedAtMs, durationS, energyWh } = session;
  work.emit(
    ChargingCompleted,
    causeId,
    atMs,
    {
      ...subject(session),
      source: session.source,
      cardId: session.cardId,
      startedAt: toInstant(startedAtMs ?? atMs),
      endedAt: toInstant(endedAtMs ?? atMs),
      durationS,
      energyWh,
      averagePowerW: durationS > 0 ? Math.round((energyWh * 36_000) / durationS) / 10 : null,
      peakPowerW: session.peakPowerW,
      minPowerW: session.minPowerW,
      powerFactor: null,
      endReason: session.endReason ?? 'unknown',
      abnormal: session.abnormal,
      ...(session.transaction !== null && { meter: meterOf(session, session.transaction) }),
    },
    session.sessionId,
  );
}

function meterOf({ transactionRef, settlement }: ChargingSession, { startWh, offline, end }: Transaction) {
  const { suspect, estimated, incomplete } = (settlement as Pick<FinalAccount, 'attributes'>).attributes;
  return {
    transactionRef,
    startWh,
    stopWh: end?.registerWh ?? null,
    suspect: suspect === true,
    estimated: estimated === true,
    offline,
    incomplete: incomplete === true,
  };
}

const FAILURE_MESSAGES: Readonly<Record<string, string>> = {
  no_charger: 'no charger is plugged in',
  no_response: 'the device did not answer',
  expired: 'the device could not be reached in time',
  stopped_before_start: 'the charge was stopped before it started',
  same_state: 'the port was charging already',
  port_fault: 'the port reports a fault',
  no_such_port: 'the device has no such port',
  ambiguous_port: 'several ports have a vehicle waiting',
  total_power: 'the device has no power left for another port',
  not_settled: 'the charge was never settled by the device',
  stop_lost: 'the device never told how the charge ended; the energy is an estimate',
  no_start: 'the device accepted the order and never began',
};

/** Takes the place of the figures of `supersedes`. */
export function emitCorrected(work: DeviceWork, session: ChargingSession, causeId: string, supersedes: string): void {
  const { startedAtMs, endedAtMs, durationS, energyWh } = session;
  const { nowMs } = work.context;
  const { suspect, estimated, incomplete } = (session.settlement as Pick<FinalAccount, 'attributes'>).attributes;
  work.emit(
    ChargingCorrected,
    causeId,
    nowMs,
    {
      ...subject(session),
      supersedes,
      startedAt: toInstant(startedAtMs ?? endedAtMs ?? nowMs),
      endedAt: toInstant(endedAtMs ?? nowMs),
      durationS,
      energyWh,
      endReason: session.endReason ?? 'unknown',
      suspect: suspect === true,
      estimated: estimated === true,
      incomplete: incomplete === true,
    },
    session.sessionId,
  );
}

/** The terminal event of a session that never started or was never settled. */
export function emitFailed(
  work: DeviceWork,
  session: ChargingSession,
  causeId: string,
  atMs: number,
  waitingPorts: readonly number[] = [],
): void {
  const reason = session.endReason ?? 'unknown';
  const { last } = work.meterOf(session.sessionId);
  work.emit(
    ChargingFailed,
    causeId,
    atMs,
    {
      ...subject(session),
      reason,
      message: FAILURE_MESSAGES[reason] ?? `the charge failed: ${reason}`,
      startedAt: session.startedAtMs === null ? null : toInstant(session.startedAtMs),
      lastEnergyWh: last?.energyWh ?? null,
      waitingPorts: [...waitingPorts],
    },
    session.sessionId,
  );
}
