import type { ClientId, PayloadVersion } from '@chargebus/domain';
import { StreamLimit } from '@chargebus/errors';
import { EVENTS_STREAM, iamChangedSubject } from '@chargebus/messaging';
import type { Bus } from '@chargebus/messaging';
import type { ApiMetrics } from '../metrics';
import type { Topic } from '../news';
import { EventStream } from './event-stream';
import type { Beginning, ClosingReason, StreamTiming } from './event-stream';
import { subjectsOf } from './stream-filter';
import type { StreamFilter } from './stream-filter';

export interface StreamLimits extends StreamTiming {
  readonly perClient: number;
  readonly perProcess: number;
}
export interface StreamRequest {
  readonly clientId: ClientId;
  readonly filter: StreamFilter;
  readonly version: PayloadVersion;
  readonly lastSeen: number | null; // null: from now on
}

/** What decides who may read what. */
const ACCESS: readonly Topic[] = ['clients', 'roles', 'settings'];
/** Fetched ahead of a reader. */
const AHEAD = 100;

/** The live streams of this process: each has an ordered consumer of its own in NATS, which keeps what it has not read. */
export class EventStreams {
  private readonly open = new Map<EventStream, ClientId>();
  private opening = 0;
  private stopped = false;

  constructor(
    private readonly bus: Bus,
    private readonly metrics: Pick<ApiMetrics, 'streams' | 'streamsCutOff'>,
    private readonly limits: StreamLimits,
  ) {}

  /** A key that was changed or revoked must not go on reading: everybody comes back and is judged anew. */
  onApplicationBootstrap(): void {
    const callback = (): void => {
      this.closeAll('access_changed');
    };
    for (const topic of ACCESS) this.bus.nc.subscribe(iamChangedSubject(topic), { callback });
  }

  /** Throws STREAM_LIMIT, and what NATS throws. */
  async start(request: StreamRequest): Promise<EventStream> {
    const ofClient = [...this.open.values()].filter((clientId) => clientId === request.clientId).length;
    if (ofClient >= this.limits.perClient) throw new StreamLimit({ limit: this.limits.perClient });
    if (this.stopped || this.open.size + this.opening >= this.limits.perProcess)
      throw new StreamLimit({ limit: this.limits.perProcess });
    this.opening += 1;
    try {
      const beginning = await this.beginningOf(request.lastSeen);
      const consumer = await this.bus.js.consumers.get(EVENTS_STREAM, {
        filter_subjects: [...subjectsOf(request.filter)],
        opt_start_seq: beginning.gap?.continuesAt ?? beginning.position + 1,
      });
      const source = await consumer.consume({ max_messages: AHEAD });
      return this.add(request, beginning, source);
    } finally {
      this.opening -= 1;
    }
  }

  private add(
    { clientId, filter, version }: StreamRequest,
    beginning: Beginning,
    source: ConstructorParameters<typeof EventStream>[0],
  ): EventStream {
    const stream: EventStream = new EventStream(source, beginning, filter, version, this.limits, (stalled) => {
      this.open.delete(stream);
      this.metrics.streams.dec();
      if (stalled) this.metrics.streamsCutOff.inc();
    });
    this.open.set(stream, clientId);
    this.metrics.streams.inc();
    return stream;
  }

  /** A position that is no longer kept, or lies ahead of what there is, is answered with a gap. */
  private async beginningOf(lastSeen: number | null): Promise<Beginning> {
    const { state } = await this.bus.manager.streams.info(EVENTS_STREAM);
    if (lastSeen === null) return { position: state.last_seq, gap: null };
    const next = lastSeen + 1;
    if (next >= state.first_seq && lastSeen <= state.last_seq) return { position: lastSeen, gap: null };
    const continuesAt = lastSeen > state.last_seq ? state.last_seq + 1 : state.first_seq;
    return { position: continuesAt - 1, gap: { after: lastSeen, continuesAt } };
  }

  /** All of them say good-bye; their readers come back with what they have seen. */
  closeAll(reason: ClosingReason): void {
    for (const stream of this.open.keys()) stream.close(reason);
  }
  /** Before the server waits for its connections to end. */
  onModuleDestroy(): void {
    this.stopped = true;
    this.closeAll('shutdown');
  }
}
