import type { DeviceId } from '@chargebus/domain';
import { LeakyBucket } from '../links/leaky-bucket';
import { Generations } from './generations';

export interface AttemptLimits {
  readonly perIdentityPerMinute: number;
  readonly failuresPerAddressPerMinute: number;
  readonly connectsPerS: number; // of the whole process, after a burst of as many as in `burstS`
}

const LIFETIME_MS = 600_000;
const MAX_ENTRIES = 100_000;
const BURST_S = 5;
/** So many failed logins are free; each one after them doubles the pause. */
const FREE_FAILURES = 5;
const MAX_PAUSE_MS = 300_000;

interface Failures {
  count: number;
  pausedUntilMs: number;
}

/** How often who may knock (ocpp.md §1.2 row 3, §1.9). Everything here is asked before anything costs. */
export class Attempts {
  private readonly byIdentity: Generations<DeviceId, LeakyBucket>;
  private readonly failuresBy: Generations<DeviceId, Failures>;
  private readonly failuresFrom: Generations<string, LeakyBucket>;
  private readonly all: LeakyBucket;

  constructor(
    private readonly limits: AttemptLimits,
    nowMs: number,
  ) {
    this.byIdentity = new Generations(LIFETIME_MS, MAX_ENTRIES, nowMs);
    this.failuresBy = new Generations(LIFETIME_MS, MAX_ENTRIES, nowMs);
    this.failuresFrom = new Generations(LIFETIME_MS, MAX_ENTRIES, nowMs);
    this.all = new LeakyBucket(nowMs);
  }

  /** False: more come at once than can be looked at. */
  takesOneMore(nowMs: number): boolean {
    const { connectsPerS } = this.limits;
    if (this.all.add(1, nowMs, connectsPerS / 1_000) <= connectsPerS * BURST_S) return true;
    this.all.add(-1, nowMs, connectsPerS / 1_000);
    return false;
  }

  /** Milliseconds until this identity may try again from this address; 0: now. */
  pauseMs(deviceId: DeviceId, address: string, nowMs: number): number {
    const { failuresPerAddressPerMinute, perIdentityPerMinute } = this.limits;
    const paused = (this.failuresBy.get(deviceId, nowMs)?.pausedUntilMs ?? nowMs) - nowMs;
    if (paused > 0) return paused;
    const failures = this.failuresFrom.get(address, nowMs);
    const leak = failuresPerAddressPerMinute / 60_000;
    if (failures !== undefined && failures.add(0, nowMs, leak) > failuresPerAddressPerMinute) return 60_000;
    const bucket = this.bucket(this.byIdentity, deviceId, nowMs);
    if (bucket.add(1, nowMs, perIdentityPerMinute / 60_000) <= perIdentityPerMinute) return 0;
    bucket.add(-1, nowMs, 0); // what is turned away does not count
    return 60_000 / perIdentityPerMinute;
  }

  /** It did not prove who it says it is. */
  failed(deviceId: DeviceId, address: string, nowMs: number): void {
    this.refused(address, nowMs);
    const failures = this.failuresBy.get(deviceId, nowMs) ?? { count: 0, pausedUntilMs: 0 };
    failures.count++;
    const doublings = failures.count - FREE_FAILURES;
    if (doublings >= 0) failures.pausedUntilMs = nowMs + Math.min(MAX_PAUSE_MS, 1_000 * 2 ** doublings);
    this.failuresBy.set(deviceId, failures, nowMs);
  }
  /** It has no business here. */
  refused(address: string, nowMs: number): void {
    const { failuresPerAddressPerMinute } = this.limits;
    this.bucket(this.failuresFrom, address, nowMs).add(1, nowMs, failuresPerAddressPerMinute / 60_000);
  }
  succeeded(deviceId: DeviceId): void {
    this.failuresBy.delete(deviceId);
  }

  private bucket<K>(buckets: Generations<K, LeakyBucket>, key: K, nowMs: number): LeakyBucket {
    const known = buckets.get(key, nowMs);
    if (known !== undefined) return known;
    const bucket = new LeakyBucket(nowMs);
    buckets.set(key, bucket, nowMs);
    return bucket;
  }
}
