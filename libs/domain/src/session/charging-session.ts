import type { ClientId, CommandId, DeviceId, OrderRef, SessionId, TenantId } from '../ids';
import type { AutoStop } from './auto-stop';
import type { ChargeLimits } from './limits';
import type { SessionState } from './session-state';
import type { Transaction } from './transaction';

export type StartedBy = 'platform' | 'card' | 'code' | 'plug' | 'unknown';

/** One sample of a charge, as the device counted it. Totals count from the start of the charge. */
export interface MeterSample {
  readonly sampledAtMs: number;
  readonly durationS: number;
  readonly energyWh: number;
  readonly powerW: number | null;
  readonly maxPowerW: number | null;
  readonly minPowerW: number | null;
  readonly voltageV: number | null;
  readonly currentA: number | null;
  readonly frequencyHz: number | null;
  readonly temperatureC: number | null;
  readonly socPct: number | null;
}

/** One charge, from accepted start to final reading. Instants in epoch milliseconds; null: not yet, or not at all. */
export interface ChargingSession {
  readonly sessionId: SessionId;
  readonly internalOrderId: number; // 0: not stored yet
  readonly tenantId: TenantId;
  readonly deviceId: DeviceId;
  readonly portNo: number | null; // null: the device has not chosen yet
  readonly clientId: ClientId | null; // null: nobody ordered it
  readonly orderNo: string | null;
  readonly idempotencyKey: string | null;
  readonly requestHash: string | null; // of what was ordered: the same order again must be the same
  readonly userId: string | null;
  readonly apiRequestData: unknown;
  readonly limits: ChargeLimits | null;
  readonly autoStop: AutoStop | null;
  readonly notifyIntervalS: number;
  readonly orderRef: OrderRef | null;
  /** How the device names the charge, and what it has told of it; null: it names none. */
  readonly transactionRef: string | null;
  readonly transaction: Transaction | null;
  readonly source: StartedBy;
  readonly cardId: string | null;
  readonly state: SessionState;
  readonly detail: string | null; // why it is in this state
  /** False: another charge or the port's own state shows that this one no longer holds its port. */
  readonly holdsPort: boolean;
  readonly startCommandId: CommandId | null;
  readonly startSubmitted: boolean; // `command` has taken it
  readonly startExpiresAtMs: number | null;
  /** Until when a start without a clear answer may still prove itself. */
  readonly evidenceUntilMs: number | null;
  readonly stopCommandId: CommandId | null;
  readonly stopSubmitted: boolean;
  readonly stopReason: string | null;
  readonly stopAskedAtMs: number | null;
  readonly stopConfirmedAtMs: number | null;
  readonly stopAttempts: number;
  /** Since when its port reports not to charge although nothing was settled. */
  readonly notChargingSinceMs: number | null;
  readonly interruptedAtMs: number | null;
  readonly lowPowerSinceS: number | null;
  readonly createdAtMs: number;
  readonly startedAtMs: number | null;
  readonly endedAtMs: number | null;
  readonly durationS: number; // of the settlement; samples have their own
  readonly energyWh: number;
  readonly peakPowerW: number | null;
  readonly minPowerW: number | null;
  readonly endReason: string | null;
  readonly abnormal: boolean;
  readonly settlementKey: string | null; // id of the fact that settled it
  readonly settlement: unknown;
  readonly lastProgressEventAtMs: number | null;
}

/** What the samples so far add up to. Kept beside the session: it is a function of `meter_values`. */
export interface MeterSummary {
  readonly last: MeterSample | null;
  readonly peakPowerW: number | null;
  readonly minPowerW: number | null;
}
export const NO_SAMPLES: MeterSummary = { last: null, peakPowerW: null, minPowerW: null };

/** Whether `sample` is newer than what was seen before; a repeat or an overtaken one is not. */
export function isNewer({ last }: MeterSummary, sample: MeterSample): boolean {
  if (last === null) return true;
  const ahead =
    sample.durationS - last.durationS || sample.sampledAtMs - last.sampledAtMs || sample.energyWh - last.energyWh;
  return ahead > 0;
}

/** Totals never go back: an older sample only widens the power range. */
export function addSample(summary: MeterSummary, sample: MeterSample): MeterSummary {
  return {
    last: isNewer(summary, sample) ? sample : summary.last,
    peakPowerW: extreme(Math.max, summary.peakPowerW, sample.powerW, sample.maxPowerW),
    minPowerW: extreme(Math.min, summary.minPowerW, positive(sample.powerW), positive(sample.minPowerW)),
  };
}
const positive = (value: number | null): number | null => (value !== null && value > 0 ? value : null);
function extreme(pick: (a: number, b: number) => number, ...values: readonly (number | null)[]): number | null {
  let result: number | null = null;
  for (const value of values) if (value !== null) result = result === null ? value : pick(result, value);
  return result;
}
