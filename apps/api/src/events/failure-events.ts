import { toInstant } from '@chargebus/domain';
import type { TenantId } from '@chargebus/domain';
import type { AppError } from '@chargebus/errors';
import { ApiErrorEvent } from '@chargebus/events';
import type { Bus } from '@chargebus/messaging';
import type { Logger } from '@chargebus/observability';
import { Ticker } from '@chargebus/runtime';
import type { FastifyRequest } from 'fastify';

interface Told {
  readonly tenantId: TenantId;
  readonly firstMs: number;
  lastMs: number;
  data: ApiErrorEvent['data'];
}

const TELL_EVERY_MS = 5_000;
/** Kinds of failure that are remembered at a time; what comes beyond is only in the log. */
const MAX_KINDS = 500;

/**
 * Tells a tenant that calls of its own failed on our side (I16). Equal failures are told once per interval with their
 * number, so that an outage does not become a flood of events; what cannot be published is in the request log anyway.
 */
export class FailureEvents {
  private readonly waiting = new Map<string, Told>();
  private readonly ticker: Ticker;

  constructor(
    private readonly bus: Pick<Bus, 'publishEvents'>,
    private readonly logger: Logger,
  ) {
    this.ticker = new Ticker('failures of calls', TELL_EVERY_MS, logger, () => this.tell());
  }

  onApplicationBootstrap(): void {
    this.ticker.start(TELL_EVERY_MS);
  }
  async onModuleDestroy(): Promise<void> {
    await this.ticker.stop();
    await this.tell();
  }

  note(error: AppError, request: FastifyRequest, nowMs = Date.now()): void {
    const { caller, route, body } = request.exchange;
    if (caller === null) return;
    const endpoint = route?.path ?? (request.raw.url ?? '/').split('?')[0] ?? '/';
    const key = [caller.tenantId, request.method, endpoint, error.name].join(' ');
    const known = this.waiting.get(key);
    if (known !== undefined) {
      known.lastMs = nowMs;
      known.data = { ...known.data, occurrences: known.data.occurrences + 1, windowS: (nowMs - known.firstMs) / 1_000 };
      return;
    }
    if (this.waiting.size >= MAX_KINDS) return;
    const data = {
      requestId: request.id,
      method: request.method,
      endpoint,
      statusCode: error.definition.status,
      code: error.definition.code,
      error: error.definition.name,
      message: error.message,
      deviceRef: (request.params as { readonly phyId?: string } | null)?.phyId ?? null,
      orderNo: orderNoOf(body),
      occurrences: 1,
      windowS: 0,
    };
    this.waiting.set(key, { tenantId: caller.tenantId, firstMs: nowMs, lastMs: nowMs, data });
  }

  /** Publishes what has gathered. */
  async tell(): Promise<void> {
    const told = [...this.waiting.values()];
    this.waiting.clear();
    if (told.length === 0) return;
    const events = told.map(({ tenantId, lastMs, data }) => ({
      id: `evt_api_${data.requestId}`.slice(0, 200),
      type: ApiErrorEvent.type,
      version: ApiErrorEvent.version,
      tenantId,
      deviceId: null,
      occurredAt: toInstant(lastMs),
      sequence: lastMs,
      causeId: data.requestId,
      data,
    }));
    await this.bus.publishEvents(events).catch((error: unknown) => {
      this.logger.warn({ err: error, events: events.length }, 'failed calls were not told');
    });
  }
}

function orderNoOf(body: unknown): string | null {
  if (typeof body !== 'object' || body === null) return null;
  const { third_party_order_no: theirs, order_no: other } = body as Readonly<Record<string, unknown>>;
  const found = theirs ?? other;
  return typeof found === 'string' ? found.slice(0, 100) : null;
}
