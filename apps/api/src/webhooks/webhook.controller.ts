import * as contract from '@chargebus/api-contract';
import type { ResultOf } from '@chargebus/api-contract';
import { toInstant } from '@chargebus/domain';
import { Bus } from '@chargebus/messaging';
import * as requests from '@chargebus/requests';
import { Controller } from '@nestjs/common';
import { audienceOf } from '../auth/audience';
import { Call } from '../http/call.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import type { CallOf } from '../http/endpoint.decorator';
import { mapPage } from '../http/map-page';
import { attemptView, deliveryView, endpointView, resendView, statisticsView, withSecret } from './webhook.view';

/** Endpoints and deliveries of webhooks: asked of `webhook-dispatcher`. */
@Controller()
export class WebhookController {
  constructor(private readonly bus: Bus) {}

  @Endpoint(contract.createWebhook)
  async create(@Call() call: CallOf<typeof contract.createWebhook>): Promise<ResultOf<typeof contract.createWebhook>> {
    const { body } = call;
    const endpoint = await this.bus.ask(
      requests.CreateWebhookEndpoint,
      {
        ...audienceOf(call.caller),
        url: body.url,
        events: body.events,
        payloadVersion: body.payload_version,
        signature: body.signature,
        description: body.description ?? null,
        deviceFilter: contract.deviceFilterFromBody(body.device_filter ?? null),
        rateLimitPerMin: body.rate_limit_per_min ?? null,
      },
      { context: call.context },
    );
    return withSecret(endpoint);
  }

  @Endpoint(contract.listWebhooks)
  async list(@Call() call: CallOf<typeof contract.listWebhooks>): Promise<ResultOf<typeof contract.listWebhooks>> {
    const page = await this.bus.ask(
      requests.ListWebhookEndpoints,
      { tenantId: call.caller.tenantId, page: call.page },
      { context: call.context },
    );
    return mapPage(page, endpointView);
  }

  @Endpoint(contract.getWebhook)
  async get(@Call() call: CallOf<typeof contract.getWebhook>): Promise<ResultOf<typeof contract.getWebhook>> {
    return endpointView(await this.bus.ask(requests.GetWebhookEndpoint, refOf(call), { context: call.context }));
  }

  @Endpoint(contract.updateWebhook)
  async update(@Call() call: CallOf<typeof contract.updateWebhook>): Promise<ResultOf<typeof contract.updateWebhook>> {
    const {
      payload_version: payloadVersion,
      device_filter: devices,
      rate_limit_per_min: rateLimitPerMin,
      ...rest
    } = call.body;
    const deviceFilter = devices === undefined ? undefined : contract.deviceFilterFromBody(devices);
    const changes = defined({ ...rest, payloadVersion, deviceFilter, rateLimitPerMin });
    const request = { ...refOf(call), ...audienceOf(call.caller), changes };
    return endpointView(await this.bus.ask(requests.UpdateWebhookEndpoint, request, { context: call.context }));
  }

  @Endpoint(contract.deleteWebhook)
  delete(@Call() call: CallOf<typeof contract.deleteWebhook>): Promise<ResultOf<typeof contract.deleteWebhook>> {
    return this.bus.ask(requests.DeleteWebhookEndpoint, refOf(call), { context: call.context });
  }

  @Endpoint(contract.rotateWebhook)
  async rotate(@Call() call: CallOf<typeof contract.rotateWebhook>): Promise<ResultOf<typeof contract.rotateWebhook>> {
    return withSecret(await this.bus.ask(requests.RotateWebhookSecret, refOf(call), { context: call.context }));
  }

  @Endpoint(contract.pingWebhook)
  async ping(@Call() call: CallOf<typeof contract.pingWebhook>): Promise<ResultOf<typeof contract.pingWebhook>> {
    return attemptView(await this.bus.ask(requests.PingWebhookEndpoint, refOf(call), { context: call.context }));
  }

  @Endpoint(contract.listDeliveries)
  async deliveries(
    @Call() call: CallOf<typeof contract.listDeliveries>,
  ): Promise<ResultOf<typeof contract.listDeliveries>> {
    const page = await this.bus.ask(
      requests.ListWebhookDeliveries,
      {
        ...refOf(call),
        state: call.query.state ?? null,
        eventType: call.query.event ?? null,
        page: call.page,
      },
      { context: call.context },
    );
    return mapPage(page, deliveryView);
  }

  @Endpoint(contract.resendDelivery)
  async resend(
    @Call() call: CallOf<typeof contract.resendDelivery>,
  ): Promise<ResultOf<typeof contract.resendDelivery>> {
    const request = { ...refOf(call), deliveryId: call.params.deliveryId };
    return deliveryView(await this.bus.ask(requests.ResendWebhookDelivery, request, { context: call.context }));
  }

  @Endpoint(contract.resendSince)
  resendSince(@Call() call: CallOf<typeof contract.resendSince>): Promise<ResultOf<typeof contract.resendSince>> {
    const request = {
      ...refOf(call),
      since: toInstant(Date.parse(call.body.since)),
      failedOnly: call.body.failed_only,
    };
    return this.bus.ask(requests.ResendWebhooksSince, request, { context: call.context });
  }

  @Endpoint(contract.webhookStats)
  async stats(@Call() call: CallOf<typeof contract.webhookStats>): Promise<ResultOf<typeof contract.webhookStats>> {
    const request = { ...refOf(call), windowS: call.query.time_range };
    return statisticsView(await this.bus.ask(requests.GetWebhookStatistics, request, { context: call.context }));
  }

  @Endpoint(contract.startResend)
  async startResend(@Call() call: CallOf<typeof contract.startResend>): Promise<ResultOf<typeof contract.startResend>> {
    const { since, until, events, device_phy_ids: devices, status } = call.body;
    const request = {
      ...refOf(call),
      since: toInstant(Date.parse(since)),
      until: until == null ? null : toInstant(Date.parse(until)),
      events: events ?? null,
      devices: devices ?? null,
      states: status,
    };
    return resendView(await this.bus.ask(requests.StartWebhookResend, request, { context: call.context }));
  }

  @Endpoint(contract.getResend)
  async getResend(@Call() call: CallOf<typeof contract.getResend>): Promise<ResultOf<typeof contract.getResend>> {
    const request = { ...refOf(call), resendId: call.params.resendId };
    return resendView(await this.bus.ask(requests.GetWebhookResend, request, { context: call.context }));
  }
}

const refOf = (call: Pick<CallOf<typeof contract.getWebhook>, 'params' | 'caller'>) => ({
  tenantId: call.caller.tenantId,
  endpointId: call.params.id,
});

/** Without the fields that were not given. */
const defined = <T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
