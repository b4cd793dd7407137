import { toInstant } from '@chargebus/domain';
import type { Instant } from '@chargebus/domain';

let lastMs = 0;
let lastInstant: Instant = toInstant(0);
/** Many frames arrive within one millisecond; its text is made once. */
export function instantOf(epochMs: number): Instant {
  if (epochMs !== lastMs) {
    lastMs = epochMs;
    lastInstant = toInstant(epochMs);
  }
  return lastInstant;
}
