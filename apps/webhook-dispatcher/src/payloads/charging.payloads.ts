import {
  ChargingCompleted,
  ChargingFailed,
  ChargingProgress,
  ChargingStarted,
  ChargingCorrected,
  ChargingStopped,
} from '@chargebus/events';
import { shapeOf, toKwh } from './payload';
import type { PayloadData } from './payload';

/** Which charge it is; both spellings of the order number (decision 5). */
const ofSession = (data: {
  sessionId: string;
  orderNo: string | null;
  userId: string | null;
  portNo: number | null;
}): PayloadData => ({
  session_id: data.sessionId,
  third_party_order_no: data.orderNo,
  order_no: data.orderNo,
  user_id: data.userId,
  port_no: data.portNo,
});

export const chargingPayloads = [
  shapeOf(
    ChargingStarted,
    (data) => ({
      ...ofSession(data),
      source: data.source,
      mode: data.mode,
      time_limit: data.timeLimitMin,
      energy_limit: data.energyLimitKwh,
      power_limit: data.powerLimitW,
      start_time: data.startedAt,
      estimated_end_time: data.estimatedEndAt,
    }),
    (data) => ({
      ...ofSession(data),
      mode: data.mode,
      time_limit: data.timeLimitMin,
      energy_limit: data.energyLimitKwh,
      estimated_power: data.powerLimitW,
      start_time: data.startedAt,
    }),
  ),
  shapeOf(
    ChargingProgress,
    (data) => ({
      ...ofSession(data),
      duration: data.durationS,
      energy_consumed: toKwh(data.energyWh),
      progress_percentage: data.progressPct,
      progress_basis: data.progressBasis,
      realtime_data: {
        voltage: data.voltageV,
        current: data.currentA,
        power: data.powerW,
        temperature: data.temperatureC,
        frequency: data.frequencyHz,
        soc: data.socPct,
      },
      estimated_remaining: data.estimatedRemainingS,
      sampled_at: data.sampledAt,
      phase: data.phase,
    }),
    (data) => ({
      ...ofSession(data),
      duration: data.durationS,
      energy_consumed: toKwh(data.energyWh),
      current_power: data.powerW,
      voltage: data.voltageV,
      current: data.currentA,
      temperature: data.temperatureC,
      progress_percentage: data.progressPct,
      progress_basis: data.progressBasis,
      estimated_remaining: data.estimatedRemainingS,
      sampled_at: data.sampledAt,
      phase: data.phase,
    }),
  ),
  shapeOf(ChargingStopped, (data) => ({ ...ofSession(data), reason: data.reason, stop_time: data.stoppedAt })),
  shapeOf(
    ChargingCompleted,
    (data) => ({
      ...ofSession(data),
      ...totals(data),
      billing_data: { peak_power: data.peakPowerW, min_power: data.minPowerW, power_factor: data.powerFactor },
    }),
    (data) => ({
      ...ofSession(data),
      ...totals(data),
      peak_power: data.peakPowerW,
      min_power: data.minPowerW,
      power_factor: data.powerFactor,
    }),
  ),
  shapeOf(ChargingFailed, (data) => ({
    ...ofSession(data),
    reason: data.reason,
    message: data.message,
    start_time: data.startedAt,
    last_energy: toKwh(data.lastEnergyWh),
    waiting_ports: data.waitingPorts,
  })),
  shapeOf(ChargingCorrected, (data) => ({
    ...ofSession(data),
    supersedes: data.supersedes,
    start_time: data.startedAt,
    end_time: data.endedAt,
    total_duration: data.durationS,
    total_energy: toKwh(data.energyWh),
    end_reason: data.endReason,
    suspect: data.suspect,
    estimated: data.estimated,
    incomplete: data.incomplete,
  })),
];

const totals = (data: ChargingCompleted['data']): PayloadData => ({
  source: data.source,
  card_id: data.cardId,
  start_time: data.startedAt,
  end_time: data.endedAt,
  total_duration: data.durationS,
  total_energy: toKwh(data.energyWh),
  average_power: data.averagePowerW,
  end_reason: data.endReason,
  abnormal: data.abnormal,
});
