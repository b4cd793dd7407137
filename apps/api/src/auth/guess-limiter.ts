import { isIPv6 } from 'node:net';
import { RateLimited } from '@chargebus/errors';
import { LRUCache } from 'lru-cache';

const WINDOW_MS = 60_000;

/**
 * How often one address may name keys that nobody has, so that guessing costs no look-ups. Each replica counts for
 * itself; an IPv6 address counts as its /64, of which one customer has them all.
 */
export class GuessLimiter {
  /** Address → when its allowance is whole again, as ms since 1970 (GCRA). */
  private readonly fullAt = new LRUCache<string, number>({ max: 100_000 });
  private readonly stepMs: number;

  constructor(private readonly perMinute: number) {
    this.stepMs = WINDOW_MS / perMinute;
  }

  /** Before a look-up. Throws RATE_LIMITED while the address has guessed too much. */
  take(address: string, nowMs: number): void {
    const network = networkOf(address);
    const fullAt = Math.max(this.fullAt.get(network) ?? 0, nowMs) + this.stepMs;
    const waitMs = fullAt - nowMs - WINDOW_MS;
    if (waitMs > 0.001)
      throw new RateLimited(
        { limit: this.perMinute, windowS: WINDOW_MS / 1000 },
        { details: { policy: 'unknown_keys', limit: this.perMinute, retry_after: Math.ceil(waitMs / 1000) } },
      );
    this.fullAt.set(network, fullAt);
  }

  /** It was no guess. */
  giveBack(address: string): void {
    const network = networkOf(address);
    this.fullAt.set(network, (this.fullAt.get(network) ?? 0) - this.stepMs);
  }
}

/** `2001:db8:1:2:3::4` → `2001:db8:1:2`; IPv4 stays. */
function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? [];
  const groups = head === '' ? [] : head.split(':');
  const rest = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - groups.length - rest.length;
  return [...groups, ...Array.from({ length: Math.max(zeros, 0) }, () => '0'), ...rest].slice(0, 4).join(':');
}
