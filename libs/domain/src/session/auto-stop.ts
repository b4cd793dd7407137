/** Conditions that the integrator gave with the start (E11–E13). Null: not watched. */
export interface AutoStop {
  readonly lowPowerThresholdW: number | null;
  readonly maxTemperatureC: number | null;
  readonly voltageRangeV: readonly [number, number] | null;
}
export interface AutoStopSample {
  readonly durationS: number;
  readonly powerW: number | null;
  readonly temperatureC: number | null;
  readonly voltageV: number | null;
}
export type AutoStopReason = 'low_power' | 'over_temperature' | 'voltage_out_of_range';

/** `lowPowerSinceS`: the charge's own second at which power fell below the threshold and stayed; null: it is not low. */
export interface AutoStopDecision {
  readonly stop: AutoStopReason | null;
  readonly lowPowerSinceS: number | null;
}

/**
 * Low power must last `holdS` seconds of the device's own count, so that one dip or the ramp at the start ends nothing;
 * temperature and voltage act at the first sample beyond their bounds. A quantity that the device does not measure
 * triggers nothing and does not end a low phase.
 */
export function decideAutoStop(
  conditions: AutoStop,
  sample: AutoStopSample,
  lowPowerSinceS: number | null,
  holdS: number,
): AutoStopDecision {
  const since = lowPowerSince(conditions.lowPowerThresholdW, sample, lowPowerSinceS);
  if (
    conditions.maxTemperatureC !== null &&
    sample.temperatureC !== null &&
    sample.temperatureC >= conditions.maxTemperatureC
  )
    return { stop: 'over_temperature', lowPowerSinceS: since };
  if (conditions.voltageRangeV !== null && sample.voltageV !== null) {
    const [low, high] = conditions.voltageRangeV;
    if (sample.voltageV < low || sample.voltageV > high) return { stop: 'voltage_out_of_range', lowPowerSinceS: since };
  }
  const held = since !== null && sample.durationS - since >= holdS;
  return { stop: held ? 'low_power' : null, lowPowerSinceS: since };
}

function lowPowerSince(thresholdW: number | null, sample: AutoStopSample, since: number | null): number | null {
  if (thresholdW === null) return null;
  if (sample.powerW === null) return since;
  return sample.powerW < thresholdW ? (since ?? sample.durationS) : null;
}
