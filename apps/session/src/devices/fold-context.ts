import type { Rules } from './rules';

/** Facts that are handled by doing nothing, counted so that a person can see them. */
export type Oddity =
  | 'progress_after_end'
  | 'settlement_repeated'
  | 'settlement_conflict'
  | 'settlement_late'
  | 'reply_without_session'
  | 'transaction_without_session'
  | 'fact_of_unknown_device';

/** What a decision may know besides the device itself. */
export interface FoldContext {
  readonly nowMs: number;
  readonly rules: Rules;
  note(oddity: Oddity): void;
}
