import { instantToMs, toInstant } from '@chargebus/domain';
import { WebhookResendNotFound } from '@chargebus/errors';
import { DELIVERABLE_EVENTS, wantsEvent } from '@chargebus/events';
import type { Logger } from '@chargebus/observability';
import { asSystem, forTenant } from '@chargebus/persistence';
import type { Database } from '@chargebus/persistence';
import type { Resend, ResendRepository } from '@chargebus/persistence/webhook';
import type { GetWebhookResend, RequestOf, StartWebhookResend, WebhookResendView } from '@chargebus/requests';
import { Ticker } from '@chargebus/runtime';
import { requireKnownEvents } from '../endpoints/checks';
import type { EndpointService } from '../endpoints/endpoint.service';
import type { Dispatcher } from './dispatcher';

const LOOK_EVERY_MS = 1_000;

/**
 * Sends again what fits a filter, in the background: a row says how far it is, any replica goes on with it, a step at a
 * time, so that a restart loses nothing and no statement grows with the number of deliveries.
 */
export class ResendService {
  private readonly ticker: Ticker;
  private stopped = false;

  constructor(
    private readonly database: Database,
    private readonly resends: ResendRepository,
    private readonly endpoints: EndpointService,
    private readonly dispatcher: Pick<Dispatcher, 'wake'>,
    logger: Logger,
  ) {
    this.ticker = new Ticker('resends', LOOK_EVERY_MS, logger, () => this.work());
  }

  start(): void {
    this.ticker.start(LOOK_EVERY_MS);
  }
  async stop(): Promise<void> {
    this.stopped = true;
    await this.ticker.stop();
  }

  async begin(request: RequestOf<typeof StartWebhookResend>): Promise<WebhookResendView> {
    const { tenantId, endpointId, since, until, events, devices, states } = request;
    if (events !== null) requireKnownEvents(events);
    await this.endpoints.find(request);
    const filter = {
      sinceMs: instantToMs(since),
      untilMs: until === null ? Date.now() : instantToMs(until),
      events: events === null ? null : DELIVERABLE_EVENTS.filter((type) => wantsEvent(events, type)),
      devices,
      states,
    };
    const resend = await this.database.transaction(forTenant(tenantId), (tx) =>
      this.resends.insert(tx, tenantId, endpointId, filter),
    );
    this.ticker.wake();
    return view(resend);
  }

  async get({ resendId, ...ref }: RequestOf<typeof GetWebhookResend>): Promise<WebhookResendView> {
    const { tenantId, endpointId } = await this.endpoints.find(ref);
    const found = await this.database.transaction(forTenant(tenantId), (tx) =>
      this.resends.find(tx, endpointId, resendId),
    );
    if (found === null) throw new WebhookResendNotFound({ resendId });
    return view(found);
  }

  private async work(): Promise<void> {
    while (!this.stopped) {
      const step = await this.database.transaction(asSystem('resends of all tenants'), (tx) => this.resends.step(tx));
      if (step === null) return;
      this.dispatcher.wake([step.endpointId]);
    }
  }
}

const view = (resend: Resend): WebhookResendView => ({
  resendId: resend.resendId,
  endpointId: resend.endpointId,
  state: resend.state,
  total: resend.total,
  scheduled: resend.scheduled,
  createdAt: toInstant(resend.createdAt.getTime()),
  finishedAt: resend.finishedAt === null ? null : toInstant(resend.finishedAt.getTime()),
});
