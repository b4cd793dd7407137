import type { AutoStopSample } from './auto-stop';

/** What no charge on a device may exceed, as the platform watches it. Null: not watched. */
export interface DeviceLimits {
  readonly maxCurrentA: number | null;
  readonly voltageRangeV: readonly [low: number, high: number] | null;
  readonly maxTemperatureC: number | null;
  readonly maxPowerW: number | null;
  readonly maxDurationS: number | null;
}
export const NO_DEVICE_LIMITS: DeviceLimits = {
  maxCurrentA: null,
  voltageRangeV: null,
  maxTemperatureC: null,
  maxPowerW: null,
  maxDurationS: null,
};
export type DeviceLimitReason =
  'over_current' | 'voltage_out_of_range' | 'over_temperature' | 'power_limit_reached' | 'max_time_reached';

/** The limit of the device that this sample breaks, the most dangerous first. What is not measured breaks nothing. */
export function brokenDeviceLimit(
  limits: DeviceLimits,
  sample: AutoStopSample & { readonly currentA: number | null },
): DeviceLimitReason | null {
  const above = (value: number | null, limit: number | null): boolean =>
    value !== null && limit !== null && value > limit;
  const [low, high] = limits.voltageRangeV ?? [-Infinity, Infinity];
  if (above(sample.temperatureC, limits.maxTemperatureC)) return 'over_temperature';
  if (above(sample.currentA, limits.maxCurrentA)) return 'over_current';
  if (sample.voltageV !== null && (sample.voltageV < low || sample.voltageV > high)) return 'voltage_out_of_range';
  if (above(sample.powerW, limits.maxPowerW)) return 'power_limit_reached';
  return limits.maxDurationS !== null && sample.durationS >= limits.maxDurationS ? 'max_time_reached' : null;
}
