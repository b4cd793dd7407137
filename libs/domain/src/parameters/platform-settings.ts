/** What the platform itself keeps to for a device; `session` stores it. Null: not set, the protocol's rule counts. */
export interface PlatformSettings {
  readonly heartbeatIntervalS: number | null;
  readonly offlineTimeoutS: number | null;
  readonly maxCurrentA: number | null;
  readonly voltageRangeV: readonly [low: number, high: number] | null;
  readonly maxTemperatureC: number | null;
  readonly maxPowerW: number | null;
  readonly maxDurationS: number | null;
}
