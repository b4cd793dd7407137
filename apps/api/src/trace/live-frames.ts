import { traceSubject } from '@chargebus/messaging';
import type { Bus } from '@chargebus/messaging';
import { FramesWatched } from '@chargebus/requests';
import type { TraceFrame } from '@chargebus/requests';
import type { DeviceId } from '@chargebus/domain';
import { isWanted } from './frame-filter';
import type { FrameFilter } from './frame-filter';

/** What a watcher gets: a frame, how many were left out because it was slow, or nothing for a while. */
export type LiveNews = { readonly frame: TraceFrame } | { readonly missed: number } | { readonly quiet: true };

const WATCH_MS = 60_000; // gateways hear of it again long before that is over
const RENEW_MS = 20_000;
const QUIET_MS = 15_000;
const MAX_WAITING = 500;

/** Frames as they come and go, for as long as somebody reads. */
export class LiveFrames {
  private readonly watchers = new Set<Watcher>();

  constructor(private readonly bus: Pick<Bus, 'nc'>) {}

  /** The first news comes at once, so that the reader knows that it is heard. */
  async *watch(deviceId: DeviceId, filter: FrameFilter): AsyncGenerator<LiveNews> {
    const watcher = new Watcher(this.bus, deviceId, filter);
    this.watchers.add(watcher);
    try {
      yield { quiet: true };
      for (let news = await watcher.next(); news !== null; news = await watcher.next()) yield news;
    } finally {
      watcher.end();
      this.watchers.delete(watcher);
    }
  }

  /** Before the server closes: readers would hold it open. */
  onModuleDestroy(): void {
    for (const watcher of this.watchers) watcher.end();
  }
}

class Watcher {
  private readonly waiting: TraceFrame[] = [];
  private missed = 0;
  private isOver = false;
  private wake: (() => void) | null = null;
  private readonly renewal: NodeJS.Timeout;
  private readonly subscription;

  constructor(bus: Pick<Bus, 'nc'>, deviceId: DeviceId, filter: FrameFilter) {
    const announce = (): void => {
      bus.nc.publish(FramesWatched.subject, JSON.stringify({ deviceId, forMs: WATCH_MS }));
    };
    this.subscription = bus.nc.subscribe(traceSubject(deviceId, filter.direction ?? '*'), {
      callback: (error, message) => {
        if (error !== null) return;
        const frame = message.json<TraceFrame>();
        if (isWanted(frame, filter)) this.take(frame);
      },
    });
    announce();
    this.renewal = setInterval(announce, RENEW_MS);
  }

  /** Null: it is over. */
  async next(): Promise<LiveNews | null> {
    if (this.waiting.length === 0 && !this.isOver) await this.somethingOrQuiet();
    if (this.isOver) return null;
    if (this.missed > 0) {
      const { missed } = this;
      this.missed = 0;
      return { missed };
    }
    const frame = this.waiting.shift();
    return frame === undefined ? { quiet: true } : { frame };
  }

  end(): void {
    this.isOver = true;
    this.subscription.unsubscribe();
    clearInterval(this.renewal);
    this.wake?.();
  }

  private take(frame: TraceFrame): void {
    if (this.waiting.length >= MAX_WAITING) this.missed++;
    else this.waiting.push(frame);
    this.wake?.();
  }

  private somethingOrQuiet(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.wake?.(), QUIET_MS);
      this.wake = () => {
        clearTimeout(timer);
        this.wake = null;
        resolve();
      };
    });
  }
}
