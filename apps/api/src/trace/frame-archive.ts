import { foreignCursor } from '@chargebus/errors';
import { TRACE_STREAM, traceSubject } from '@chargebus/messaging';
import type { Bus } from '@chargebus/messaging';
import type { Page, PageQuery, TraceFrame } from '@chargebus/requests';
import { isWanted } from './frame-filter';
import type { FrameFilter } from './frame-filter';

export interface FrameWindow {
  readonly from: Date;
  readonly to: Date;
}
export interface KeptFrame {
  readonly seq: number; // of the stream
  readonly frame: TraceFrame;
}
const BATCH = 500;
const MAX_READ = 50_000; // of one device; more than that nobody looks through page by page

/** Frames of the last hours: what the stream in the server's memory still has of a device. */
export class FrameArchive {
  constructor(private readonly bus: Pick<Bus, 'manager'>) {}

  /** Oldest first. */
  async *read(deviceId: string, { from, to }: FrameWindow, filter: FrameFilter): AsyncGenerator<KeptFrame> {
    const subject = traceSubject(deviceId, filter.direction ?? '*');
    let next: { seq: number } | { start_time: Date } = { start_time: from };
    for (;;) {
      const found = await this.bus.manager.direct.getBatch(TRACE_STREAM, {
        ...next,
        batch: BATCH,
        next_by_subj: subject,
      });
      let count = 0;
      let lastSeq = 0;
      for await (const message of found) {
        count++;
        lastSeq = message.seq;
        if (message.time > to) return;
        const frame = message.json<TraceFrame>();
        if (isWanted(frame, filter)) yield { seq: message.seq, frame };
      }
      if (count < BATCH) return;
      next = { seq: lastSeq + 1 };
    }
  }

  /** One page of them. The stream is read from its beginning, so the newest page keeps no more than it shows. */
  async page(deviceId: string, window: FrameWindow, filter: FrameFilter, query: PageQuery): Promise<Page<TraceFrame>> {
    const after = query.cursor === null ? null : seqOf(query.cursor);
    const isNewestFirst = query.order === 'desc';
    const wantedCount = query.offset + query.limit + 1;
    const kept: KeptFrame[] = [];
    let total = 0;
    for await (const found of this.read(deviceId, window, filter)) {
      if (++total > MAX_READ) break;
      if (after !== null && (isNewestFirst ? found.seq >= after : found.seq <= after)) continue;
      if (isNewestFirst) {
        kept.push(found);
        if (kept.length > wantedCount) kept.shift();
      } else if (kept.length < wantedCount) kept.push(found);
    }
    const ordered = isNewestFirst ? kept.reverse() : kept;
    const items = ordered.slice(query.offset, query.offset + query.limit);
    const isLast = ordered.length <= query.offset + query.limit;
    return {
      items: items.map(({ frame }) => frame),
      total,
      nextCursor: isLast ? null : (items.at(-1)?.seq.toString() ?? null),
    };
  }
}

function seqOf(cursor: string): number {
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor);
  throw foreignCursor();
}
