import type { ChargingSession, OrderRef, StartedBy } from '@chargebus/domain';
import type { DeviceWork } from '../devices/device-work';
import { newSessionId } from '../devices/session-ids';

/** A session in which nothing has happened yet. */
export function blankSession(work: DeviceWork, source: StartedBy): ChargingSession {
  const { deviceId, tenantId } = work.device;
  const { nowMs, rules } = work.context;
  return {
    sessionId: newSessionId(nowMs),
    internalOrderId: 0,
    tenantId,
    deviceId,
    portNo: null,
    clientId: null,
    orderNo: null,
    idempotencyKey: null,
    requestHash: null,
    userId: null,
    apiRequestData: null,
    limits: null,
    autoStop: null,
    notifyIntervalS: rules.defaultNotifyIntervalS,
    orderRef: null,
    transactionRef: null,
    transaction: null,
    source,
    cardId: null,
    state: 'pending',
    detail: null,
    holdsPort: true,
    startCommandId: null,
    startSubmitted: false,
    startExpiresAtMs: null,
    evidenceUntilMs: null,
    stopCommandId: null,
    stopSubmitted: false,
    stopReason: null,
    stopAskedAtMs: null,
    stopConfirmedAtMs: null,
    stopAttempts: 0,
    notChargingSinceMs: null,
    interruptedAtMs: null,
    lowPowerSinceS: null,
    createdAtMs: nowMs,
    startedAtMs: null,
    endedAtMs: null,
    durationS: 0,
    energyWh: 0,
    peakPowerW: null,
    minPowerW: null,
    endReason: null,
    abnormal: false,
    settlementKey: null,
    settlement: null,
    lastProgressEventAtMs: null,
  };
}

/**
 * A charge that the device reports and nobody ordered here: by card, by code, or ordered by somebody whose records are
 * gone. It holds its port from now on.
 */
export function addFoundSession(
  work: DeviceWork,
  found: {
    readonly portNo: number | null; // null: not told yet
    readonly orderRef: OrderRef | null;
    readonly source: StartedBy;
    readonly cardId: string | null;
    readonly holdsPort: boolean;
  },
): ChargingSession {
  const session: ChargingSession = { ...blankSession(work, found.source), ...found, state: 'starting' };
  work.addSession(session);
  return session;
}
