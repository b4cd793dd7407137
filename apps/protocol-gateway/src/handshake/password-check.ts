import type { DeviceId } from '@chargebus/domain';
import { isFastPasswordHash, verifyDevicePassword } from '@chargebus/security';
import { LRUCache } from 'lru-cache';
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const MAX_KEPT = 100_000;
/** Slow checks that may wait for a processor: at 50 ms each, more would keep stations waiting past their patience. */
const MAX_SLOW_CHECKS = 100;

export type PasswordVerdict = 'right' | 'wrong' | 'busy';

/**
 * Compares passwords with their hashes. One that was right before is recognised by a keyed digest that never leaves this
 * process, so a station that only reconnects costs microseconds rather than the 50 ms of its hash.
 */
export class PasswordCheck {
  private readonly key = randomBytes(32);
  private readonly proved = new LRUCache<DeviceId, { readonly hash: string; readonly digest: Buffer }>({
    max: MAX_KEPT,
  });
  private slowChecks = 0;

  async check(deviceId: DeviceId, presented: Buffer, hash: string): Promise<PasswordVerdict> {
    const digest = createHmac('sha256', this.key).update(presented).digest();
    const known = this.proved.get(deviceId);
    if (known?.hash === hash && timingSafeEqual(known.digest, digest)) return 'right';
    const slow = !isFastPasswordHash(hash);
    if (slow && this.slowChecks >= MAX_SLOW_CHECKS) return 'busy';
    if (slow) this.slowChecks++;
    try {
      if (!(await verifyDevicePassword(presented, hash))) return 'wrong';
    } finally {
      if (slow) this.slowChecks--;
    }
    this.proved.set(deviceId, { hash, digest });
    return 'right';
  }
}
