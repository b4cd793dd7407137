/** What can be looked up of the samples of charges: column of a sample, its extremes within one, unit. */
export const SAMPLE_METRICS = {
  power: { column: 'power_w', low: 'coalesce(m.min_power_w, m.power_w)', high: 'coalesce(m.max_power_w, m.power_w)' },
  voltage: { column: 'voltage_v', low: 'm.voltage_v', high: 'm.voltage_v' },
  current: { column: 'current_a', low: 'm.current_a', high: 'm.current_a' },
  frequency: { column: 'frequency_hz', low: 'm.frequency_hz', high: 'm.frequency_hz' },
  temperature: { column: 'temperature_c', low: 'm.temperature_c', high: 'm.temperature_c' },
  soc: { column: 'soc_pct', low: 'm.soc_pct', high: 'm.soc_pct' },
} as const;
export type SampleMetric = keyof typeof SAMPLE_METRICS;
export const SAMPLE_METRIC_NAMES = Object.keys(SAMPLE_METRICS) as readonly SampleMetric[];
