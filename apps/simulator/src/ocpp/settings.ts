import type { TlsIdentity } from '../core/wire';

/** What a fleet's stations have in common. */
export interface OcppSettings {
  readonly evses: number;
  readonly firstDeviceNo: number;
  readonly reportIntervalS: number; // meter values of a charge; Infinity: none by itself
  readonly path: string; // before the identity
  readonly password: string | null; // of Basic auth; null: security profile 0
  /** Security profiles 2 and 3; null: without TLS. */
  readonly tls: TlsIdentity | null;
  /** How wrong the clock is until the platform has told the time, ms. */
  readonly clockErrorMs: number;
  /** Between "downloading" and "installed". */
  readonly firmwareAfterMs: number;
  /** Firmware is really fetched, and logs are really brought; otherwise both only take their time. */
  readonly transfersFiles: boolean;
}
