import { DEFAULT_OPTIONS } from '../connection/options';
import type { OcppOptions } from '../connection/options';
import type { IdTokenInfo } from './messages';

export interface Options201 extends OcppOptions {
  /** Answered to a token about which nobody decided in time. */
  readonly undecidedToken: IdTokenInfo['status'];
  /** Where stations reach us with each security profile, by its number: what raising a profile sends. */
  readonly urls: Readonly<Partial<Record<string, string>>>;
}

export const DEFAULT_OPTIONS_201: Options201 = { ...DEFAULT_OPTIONS, undecidedToken: 'Invalid', urls: {} };
