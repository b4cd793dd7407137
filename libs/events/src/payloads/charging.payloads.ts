import { z } from 'zod';
import { ChargingCompleted } from '../business/charging-completed.event';
import { ChargingCorrected } from '../business/charging-corrected.event';
import { ChargingFailed } from '../business/charging-failed.event';
import { ChargingProgress } from '../business/charging-progress.event';
import { ChargingStarted } from '../business/charging-started.event';
import { ChargingStopped } from '../business/charging-stopped.event';
import { derived, group, shapeOf, toKwh } from './payload';

/** Which charge it is; both spellings of the order number (decision 5). */
const ofSession = {
  session_id: 'sessionId',
  third_party_order_no: 'orderNo',
  order_no: 'orderNo',
  third_party_user_id: 'userId',
  user_id: 'userId',
  port_no: 'portNo',
} as const;
const kwh = derived(z.number().nonnegative(), (data: { energyWh: number }) => toKwh(data.energyWh));

const progress = {
  progress_percentage: 'progressPct',
  progress_basis: 'progressBasis',
  estimated_remaining: 'estimatedRemainingS',
  sampled_at: 'sampledAt',
  phase: 'phase',
} as const;
const totals = {
  source: 'source',
  card_id: 'cardId',
  start_time: 'startedAt',
  end_time: 'endedAt',
  total_duration: 'durationS',
  total_energy: kwh,
  average_power: 'averagePowerW',
  end_reason: 'endReason',
  abnormal: 'abnormal',
} as const;
const billing = { peak_power: 'peakPowerW', min_power: 'minPowerW', power_factor: 'powerFactor' } as const;

export const chargingPayloads = [
  shapeOf(
    ChargingStarted,
    {
      ...ofSession,
      source: 'source',
      mode: 'mode',
      time_limit: 'timeLimitMin',
      energy_limit: 'energyLimitKwh',
      power_limit: 'powerLimitW',
      start_time: 'startedAt',
      estimated_end_time: 'estimatedEndAt',
    },
    {
      ...ofSession,
      mode: 'mode',
      time_limit: 'timeLimitMin',
      energy_limit: 'energyLimitKwh',
      estimated_power: 'powerLimitW',
      start_time: 'startedAt',
    },
  ),
  shapeOf(
    ChargingProgress,
    {
      ...ofSession,
      duration: 'durationS',
      energy_consumed: kwh,
      realtime_data: group({
        voltage: 'voltageV',
        current: 'currentA',
        power: 'powerW',
        temperature: 'temperatureC',
        frequency: 'frequencyHz',
        soc: 'socPct',
      }),
      ...progress,
    },
    {
      ...ofSession,
      duration: 'durationS',
      energy_consumed: kwh,
      current_power: 'powerW',
      voltage: 'voltageV',
      current: 'currentA',
      temperature: 'temperatureC',
      ...progress,
    },
  ),
  shapeOf(ChargingStopped, { ...ofSession, reason: 'reason', stop_time: 'stoppedAt' }),
  shapeOf(
    ChargingCompleted,
    { ...ofSession, ...totals, billing_data: group(billing) },
    { ...ofSession, ...totals, ...billing },
  ),
  shapeOf(ChargingFailed, {
    ...ofSession,
    reason: 'reason',
    message: 'message',
    start_time: 'startedAt',
    last_energy: derived(z.number().nullable(), (data) => toKwh(data.lastEnergyWh)),
    waiting_ports: 'waitingPorts',
  }),
  shapeOf(ChargingCorrected, {
    ...ofSession,
    supersedes: 'supersedes',
    start_time: 'startedAt',
    end_time: 'endedAt',
    total_duration: 'durationS',
    total_energy: kwh,
    end_reason: 'endReason',
    suspect: 'suspect',
    estimated: 'estimated',
    incomplete: 'incomplete',
  }),
];
