import { foreignCursor } from '@chargebus/errors';
import { TRACE_STREAM, traceSubject } from '@chargebus/messaging';
import type { Bus } from '@chargebus/messaging';
import type { Page, PageQuery, TraceFrame } from '@chargebus/requests';
import type { CompletionResult, StoredMsg } from '@nats-io/jetstream';
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
type From = { readonly seq: number } | { readonly start_time: Date };
const BATCH = 500;
const MAX_READ = 50_000; // of one device; more than that nobody looks through page by page

/** Frames of the last hours: what the stream in the server's memory still has of a device. */
export class FrameArchive {
  constructor(private readonly bus: Pick<Bus, 'manager'>) {}

  /** Oldest first. */
  async *read(deviceId: string, { from, to }: FrameWindow, filter: FrameFilter): AsyncGenerator<KeptFrame> {
    const subject = traceSubject(deviceId, filter.direction ?? '*');
    let next: From = { start_time: from };
    for (;;) {
      const messages = await this.batch({ ...next, next_by_subj: subject });
      for (const message of messages) {
        if (message.time > to) return;
        const frame = message.json<TraceFrame>();
        if (isWanted(frame, filter)) yield { seq: message.seq, frame };
      }
      const last = messages.at(-1);
      if (last === undefined || messages.length < BATCH) return;
      next = { seq: last.seq + 1 };
    }
  }

  /** Empty where the stream has nothing from there on. With a callback the client ends its subscription by itself. */
  private batch(from: From & { readonly next_by_subj: string }): Promise<readonly StoredMsg[]> {
    const messages: StoredMsg[] = [];
    return new Promise((resolve, reject) => {
      const callback = (done: CompletionResult | null, message: StoredMsg): void => {
        if (done === null) messages.push(message);
        else if (done.err === undefined || isNotFound(done.err)) resolve(messages);
        else reject(done.err);
      };
      this.bus.manager.direct.getBatch(TRACE_STREAM, { ...from, batch: BATCH, callback }).catch(reject);
    });
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

const isNotFound = (error: Error): boolean => 'code' in error && error.code === 404;

function seqOf(cursor: string): number {
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor);
  throw foreignCursor();
}
