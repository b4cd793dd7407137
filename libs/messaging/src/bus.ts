import {
  AppError,
  errorFromWire,
  InternalError,
  ServiceTimeout,
  ServiceUnavailable,
  ValidationFailed,
} from '@chargebus/errors';
import type { WireError } from '@chargebus/errors';
import type { EventEnvelope } from '@chargebus/events';
import type { Logger } from '@chargebus/observability';
import type { ReplyOf, RequestDefinition, RequestOf } from '@chargebus/requests';
import { jetstream } from '@nats-io/jetstream';
import type { JetStreamClient, JetStreamManager } from '@nats-io/jetstream';
import { headers, NoRespondersError, RequestError, TimeoutError } from '@nats-io/nats-core';
import type { Msg, MsgHdrs, NatsConnection } from '@nats-io/nats-core';
import { connect } from '@nats-io/transport-node';
import { isTransient } from './errors';
import { ensureStreams } from './streams';
import { eventSubject } from './subjects';

const ERROR_HEADER = 'cb-error';
const REQUEST_ID_HEADER = 'cb-request-id';

/** Why a request runs: carried to whoever answers, for logs. */
export interface RequestContext {
  readonly requestId: string | null;
}

/** None where there is nothing to say: they would cost both sides and the server in between. */
function headOf(requestId: string | null): { headers?: MsgHdrs } {
  if (requestId === null) return {};
  const head = headers();
  head.set(REQUEST_ID_HEADER, requestId);
  return { headers: head };
}

/** The process's one connection to NATS: questions, answers, events out. Consumers: `batch-consumer.ts`. */
export class Bus {
  private closing = false;

  private constructor(
    readonly nc: NatsConnection,
    readonly js: JetStreamClient,
    readonly manager: JetStreamManager,
    /** Of streams and buckets. */
    readonly replicas: number,
    private readonly app: string,
    private readonly logger: Logger,
  ) {}

  /** Connects, waits for the server as long as it takes to start, makes sure the streams exist. */
  static async connect(options: {
    readonly url: string;
    readonly app: string;
    readonly logger: Logger;
    readonly replicas?: number;
  }): Promise<Bus> {
    const urls = options.url.split(',').map((text) => new URL(text));
    const first = urls[0];
    if (first === undefined) throw new Error('NATS_URL is empty');
    const nc = await connect({
      servers: urls.map((url) => url.host),
      name: options.app,
      ...(first.username === ''
        ? {}
        : { user: decodeURIComponent(first.username), pass: decodeURIComponent(first.password) }),
      maxReconnectAttempts: -1,
      reconnectTimeWait: 250,
      waitOnFirstConnect: true,
      pingInterval: 10_000,
      noAsyncTraces: true, // else every request makes two errors for their stacks: a twentieth of the gateway's time
    });
    const replicas = options.replicas ?? 1;
    const manager = await ensureStreams(nc, replicas);
    return new Bus(nc, jetstream(nc), manager, replicas, options.app, options.logger);
  }

  /** Asks whoever owns the answer. Throws the AppError that the other side raised, SERVICE_UNAVAILABLE or SERVICE_TIMEOUT. */
  async ask<D extends RequestDefinition>(
    definition: D,
    body: RequestOf<D>,
    options: { readonly extraTimeoutMs?: number; readonly context?: RequestContext } = {},
  ): Promise<ReplyOf<D>> {
    const service = definition.subject.split('.').slice(1, 3).join('.');
    let reply: Msg;
    try {
      reply = await this.nc.request(definition.subject, JSON.stringify(body), {
        timeout: definition.timeoutMs + (options.extraTimeoutMs ?? 0),
        ...headOf(options.context?.requestId ?? null),
      });
    } catch (error) {
      if (error instanceof TimeoutError) throw new ServiceTimeout({ service }, { cause: error });
      if (error instanceof NoRespondersError || (error instanceof RequestError && error.isNoResponders()))
        throw new ServiceUnavailable({ service }, { cause: error });
      throw new ServiceUnavailable({ service }, { cause: error });
    }
    if (reply.headers?.has(ERROR_HEADER) === true) {
      const wire = reply.json<WireError>();
      throw errorFromWire(wire) ?? new InternalError({}, { cause: new Error(wire.name) });
    }
    return reply.json<ReplyOf<D>>();
  }

  /** Answers a question; replicas of the app share the load. The request is checked against its schema first. */
  answer<D extends RequestDefinition>(
    definition: D,
    handler: (request: RequestOf<D>, context: RequestContext) => Promise<ReplyOf<D>>,
  ): void {
    this.nc.subscribe(definition.subject, {
      queue: this.app,
      callback: (error, message) => {
        if (error === null) void this.answerOne(definition, handler, message);
        else this.logger.error({ err: error, subject: definition.subject }, 'subscription failed');
      },
    });
  }

  private async answerOne<D extends RequestDefinition>(
    definition: D,
    handler: (request: RequestOf<D>, context: RequestContext) => Promise<ReplyOf<D>>,
    message: Msg,
  ): Promise<void> {
    const requestId = message.headers?.get(REQUEST_ID_HEADER) ?? '';
    try {
      const request = this.readRequest(definition, message);
      const reply = await handler(request, { requestId: requestId === '' ? null : requestId });
      message.respond(JSON.stringify(reply));
    } catch (error) {
      if (!(error instanceof AppError))
        this.logger.error({ err: error, subject: definition.subject, request_id: requestId }, 'request failed');
      const wire = this.asAppError(error).toWire();
      const head = headers();
      head.set(ERROR_HEADER, '1');
      message.respond(JSON.stringify(wire), { headers: head });
    }
  }

  /** What the door let through and we do not take is still the caller's to mend, and ours to tighten. */
  private readRequest<D extends RequestDefinition>(definition: D, message: Msg): RequestOf<D> {
    const { data, error } = definition.request.safeParse(message.json());
    if (error === undefined) return data as RequestOf<D>;
    const summary = error.issues.map(({ path, message: text }) => `${path.join('.')}: ${text}`).join('; ');
    this.logger.warn({ subject: definition.subject, summary }, 'request does not fit its schema');
    throw new ValidationFailed({ summary });
  }

  /** A server behind us that is away is the caller's to retry (503), everything unknown is our bug (500). */
  private asAppError(error: unknown): AppError {
    if (error instanceof AppError) return error;
    return isTransient(error)
      ? new ServiceUnavailable({ service: this.app }, { cause: error })
      : new InternalError({}, { cause: error });
  }

  /**
   * Publishes events in the order given; resolves when the stream has all of them. An event that the stream has
   * already (same id) counts as published.
   */
  async publishEvents(events: readonly EventEnvelope[]): Promise<void> {
    await Promise.all(
      events.map((event) =>
        this.js.publish(eventSubject(event.tenantId, event.deviceId, event.type), JSON.stringify(event), {
          msgID: event.id,
          timeout: 10_000,
        }),
      ),
    );
  }

  /** Rejects while NATS is away: for readiness. */
  async ping(): Promise<void> {
    if (this.nc.isClosed()) throw new Error('connection to NATS is closed');
    await this.nc.rtt();
  }

  /** Stops taking questions, finishes those under way, closes. */
  async close(): Promise<void> {
    if (this.closing) return;
    this.closing = true;
    try {
      await this.nc.drain();
    } catch {
      await this.nc.close(); // the server is away: there is nobody to finish with, and no use in going on trying
    }
  }
}
