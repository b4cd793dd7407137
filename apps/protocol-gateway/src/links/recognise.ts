import type { ProtocolDriver } from '@chargebus/protocol-core';

/** Noise that may stand before the first bytes of a protocol, such as what a modem says when it powers up. */
const MAX_NOISE_BYTES = 64;
/** No driver needs more to tell. */
const MAX_START_BYTES = 256;

export type Recognition =
  | { readonly verdict: 'known'; readonly driver: ProtocolDriver; readonly skip: number }
  | { readonly verdict: 'wait'; readonly skip: number }
  | { readonly verdict: 'unknown' };

/** Which protocol a connection speaks, from all that it said so far; `skip` counts the noise in front. */
export function recognise(drivers: readonly ProtocolDriver[], said: Uint8Array): Recognition {
  for (let skip = 0; skip < said.length; skip++) {
    if (skip > MAX_NOISE_BYTES) return { verdict: 'unknown' };
    const start = said.subarray(skip);
    let undecided = false;
    for (const driver of drivers) {
      const answer = driver.recognise(start);
      if (answer === 'yes') return { verdict: 'known', driver, skip };
      if (answer === 'more') undecided = true;
    }
    if (undecided) return start.length > MAX_START_BYTES ? { verdict: 'unknown' } : { verdict: 'wait', skip };
  }
  return said.length > MAX_NOISE_BYTES ? { verdict: 'unknown' } : { verdict: 'wait', skip: said.length };
}
