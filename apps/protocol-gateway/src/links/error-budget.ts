import { LeakyBucket } from './leaky-bucket';

/** So many bytes of noise count as one error. */
const NOISE_BYTES_PER_ERROR = 256;

/** What went wrong on a connection since it opened. */
export interface LinkErrors {
  readonly noiseBytes: number;
  readonly checksumErrors: number;
  readonly rejectedFrames: number;
}

/** The rule by which a connection survives its errors: at most `perMinute` a minute, in a leaky bucket. */
export class ErrorBudget {
  private counted = 0;
  private readonly bucket: LeakyBucket;

  constructor(nowMs: number) {
    this.bucket = new LeakyBucket(nowMs);
  }

  /** False: the budget is spent. */
  covers(errors: LinkErrors, perMinute: number, nowMs: number): boolean {
    const total = errors.checksumErrors + errors.rejectedFrames + Math.floor(errors.noiseBytes / NOISE_BYTES_PER_ERROR);
    if (total === this.counted) return true;
    const level = this.bucket.add(total - this.counted, nowMs, perMinute / 60_000);
    this.counted = total;
    return level <= perMinute;
  }
}
