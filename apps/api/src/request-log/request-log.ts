import { randomUUID } from 'node:crypto';
import { isIP } from 'node:net';
import { isTransient } from '@chargebus/messaging';
import type { Logger } from '@chargebus/observability';
import type { RequestLogRepository, RequestLogRow } from '@chargebus/persistence/iam';
import type { FastifyRequest } from 'fastify';
import type { CallEnd } from '../http/call-end';
import type { Exchange } from '../http/exchange';
import type { ApiMetrics } from '../metrics';
import { KEPT_CHARS, masked, storable } from './mask';

const FLUSH_EVERY_MS = 1_000;
const PREPARE_EVERY_MS = 3_600_000;
/** Little enough that neither we nor Postgres are busy with it for long while callers wait. */
const BATCH_ROWS = 100;
const LOGGED = /^\/api\/(third|internal|v1)\b/;

/** A call as it was answered; turned into a row when its batch is written, not while anybody waits. */
interface Call {
  readonly requestId: string;
  readonly method: string;
  readonly target: string;
  readonly query: unknown;
  readonly device: string | undefined;
  readonly exchange: Exchange;
  readonly statusCode: number;
  readonly durationMs: number;
  readonly clientIp: string;
  readonly userAgent: string | undefined;
  readonly at: number;
}

/** Every API call becomes a row of `iam.api_request_logs` (Z10, D15), written in batches off the path of the request. */
export class RequestLog {
  private readonly waiting: Call[] = [];
  private flushing: Promise<void> = Promise.resolve();
  private timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly repository: Pick<RequestLogRepository, 'insert' | 'prepareDays'>,
    private readonly metrics: Pick<ApiMetrics, 'logRowsDropped'>,
    private readonly logger: Logger,
    private readonly options: { readonly bufferRows: number },
  ) {}

  async start(): Promise<void> {
    await this.repository.prepareDays();
    this.timers = [
      setInterval(() => void this.flush(), FLUSH_EVERY_MS),
      setInterval(() => {
        this.repository.prepareDays().catch((error: unknown) => {
          this.logger.warn({ err: error }, 'partitions of the request log cannot be made');
        });
      }, PREPARE_EVERY_MS),
    ];
  }

  add(request: FastifyRequest, { status, durationMs }: CallEnd): void {
    const target = request.raw.url ?? '/';
    if (!LOGGED.test(target)) return;
    if (this.waiting.length >= this.options.bufferRows) {
      this.waiting.shift();
      this.metrics.logRowsDropped.inc();
    }
    this.waiting.push({
      requestId: request.id,
      method: request.method,
      target,
      query: request.query,
      device: (request.params as { readonly phyId?: string } | null)?.phyId,
      exchange: request.exchange,
      statusCode: status,
      durationMs,
      clientIp: request.ip,
      userAgent: request.headers['user-agent'],
      at: Date.now(),
    });
    if (this.waiting.length === BATCH_ROWS) void this.flush();
  }

  /** Writes what is waiting; resolves when the batches that this call found are written or kept for later. */
  flush(): Promise<void> {
    this.flushing = this.flushing.then(() => this.writeWaiting());
    return this.flushing;
  }

  /** At the end of the process, after the last answer. */
  async stop(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    await this.flush();
    if (this.waiting.length > 0) this.logger.error({ rows: this.waiting.length }, 'request log rows are lost');
  }

  private async writeWaiting(): Promise<void> {
    for (let left = this.waiting.length; left > 0; left -= BATCH_ROWS) {
      const batch = this.waiting.splice(0, Math.min(left, BATCH_ROWS));
      try {
        await this.write(batch.map(toRow));
      } catch (error) {
        if (isTransient(error)) {
          this.keepForLater(batch, error);
          return;
        }
        await this.writeOneByOne(batch);
      }
    }
  }

  private keepForLater(batch: readonly Call[], error: unknown): void {
    this.logger.warn({ err: error, rows: batch.length }, 'request log cannot be written, will try again');
    const kept = batch.slice(Math.max(0, batch.length + this.waiting.length - this.options.bufferRows));
    this.metrics.logRowsDropped.inc(batch.length - kept.length);
    this.waiting.unshift(...kept);
  }

  /** One row of the batch is not to Postgres's taste: it is left out, the others are not. */
  private async writeOneByOne(batch: readonly Call[]): Promise<void> {
    for (const call of batch) {
      await this.write([toRow(call)]).catch((error: unknown) => {
        this.logger.error({ err: error, request_id: call.requestId }, 'request log row was refused');
        this.metrics.logRowsDropped.inc();
      });
    }
  }

  /** A caller's repeated X-Request-Id gets a suffix, because the column is unique and no call goes unlogged. */
  private async write(rows: readonly RequestLogRow[]): Promise<void> {
    const ids = new Set<string>();
    const unique = rows.map((row) => {
      const fresh = ids.has(row.requestId) ? withSuffix(row) : row;
      ids.add(fresh.requestId);
      return fresh;
    });
    const repeated = await this.repository.insert(unique);
    if (repeated.size > 0)
      await this.repository.insert(unique.filter((row) => repeated.has(row.requestId)).map(withSuffix));
  }
}

const withSuffix = (row: RequestLogRow): RequestLogRow => ({ ...row, requestId: `${row.requestId}~${randomUUID()}` });

function toRow(call: Call): RequestLogRow {
  const { caller, body, answer } = call.exchange;
  return {
    requestId: call.requestId,
    tenantId: caller?.tenantId ?? null,
    clientId: caller?.clientId ?? null,
    method: call.method,
    endpoint: storable(call.target.split('?')[0] ?? '', 500),
    query: isEmpty(call.query) ? null : masked(call.query),
    devicePhyId: call.device === undefined ? null : storable(call.device, 100),
    thirdPartyOrderNo: orderNoOf(body),
    requestBody: masked(body),
    responseBody: masked(answer, call.method === 'GET' && call.statusCode < 400 ? KEPT_CHARS.read : undefined),
    statusCode: call.statusCode,
    durationMs: call.durationMs,
    clientIp: isIP(call.clientIp) === 0 ? null : call.clientIp,
    userAgent: call.userAgent === undefined ? null : storable(call.userAgent, 300),
    createdAt: new Date(call.at).toISOString(),
  };
}

const isEmpty = (value: unknown): boolean =>
  typeof value !== 'object' || value === null || Object.keys(value).length === 0;

function orderNoOf(body: unknown): string | null {
  if (typeof body !== 'object' || body === null) return null;
  const { third_party_order_no: theirs, order_no: other } = body as Record<string, unknown>;
  const found = theirs ?? other;
  return typeof found === 'string' ? storable(found, 100) : null;
}
