import type { Clock } from '../core/clock';

const SITE_OFFSET_MS = 480 * 60_000;

/** The clock on the wall of a site, as its pile shows it: local time without a zone, and perhaps wrong. */
export class SiteClock {
  private offMs = 0;

  constructor(private readonly clock: Pick<Clock, 'epochS'>) {}

  now(): string {
    return new Date(this.trueMs() + this.offMs).toISOString().slice(0, -1);
  }
  set(local: string): void {
    this.offMs = Date.parse(`${local}Z`) - this.trueMs();
  }
  shift(byMs: number): void {
    this.offMs += byMs;
  }

  private trueMs(): number {
    return this.clock.epochS() * 1000 + SITE_OFFSET_MS;
  }
}
