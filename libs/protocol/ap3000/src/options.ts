/** What differs between installations; the defaults are the page's decisions. */
export interface Ap3000Options {
  /** Acknowledge the undocumented 0x23 of time-of-use devices with one byte 00, once its raw frame is stored (page §8). */
  readonly acknowledge23: boolean;
  /** How much of a 0x82 a model takes; null device type: not known yet. */
  readonly startPayloadBytes: (deviceType: number | null) => StartPayloadBytes;
}
export type StartPayloadBytes = 25 | 29 | 30 | 37 | 38;

export const DEFAULT_OPTIONS: Ap3000Options = { acknowledge23: false, startPayloadBytes: () => 38 };
