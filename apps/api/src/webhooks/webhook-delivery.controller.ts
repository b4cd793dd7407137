import * as contract from '@chargebus/api-contract';
import type { ResultOf } from '@chargebus/api-contract';
import { toInstant } from '@chargebus/domain';
import { Bus } from '@chargebus/messaging';
import * as requests from '@chargebus/requests';
import { Controller } from '@nestjs/common';
import { Call } from '../http/call.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import type { CallOf } from '../http/endpoint.decorator';
import { mapPage } from '../http/map-page';
import { deliveryView, resendView, statisticsView } from './webhook-delivery.view';
import { endpointRefOf } from './viewer';

/** What was sent to an endpoint, how well, and sending it again: asked of `webhook-dispatcher`. */
@Controller()
export class WebhookDeliveryController {
  constructor(private readonly bus: Bus) {}

  @Endpoint(contract.listDeliveries)
  async deliveries(
    @Call() call: CallOf<typeof contract.listDeliveries>,
  ): Promise<ResultOf<typeof contract.listDeliveries>> {
    const page = await this.bus.ask(
      requests.ListWebhookDeliveries,
      {
        ...endpointRefOf(call),
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
    const request = { ...endpointRefOf(call), deliveryId: call.params.deliveryId };
    return deliveryView(await this.bus.ask(requests.ResendWebhookDelivery, request, { context: call.context }));
  }

  @Endpoint(contract.resendSince)
  resendSince(@Call() call: CallOf<typeof contract.resendSince>): Promise<ResultOf<typeof contract.resendSince>> {
    const request = {
      ...endpointRefOf(call),
      since: toInstant(Date.parse(call.body.since)),
      failedOnly: call.body.failed_only,
    };
    return this.bus.ask(requests.ResendWebhooksSince, request, { context: call.context });
  }

  @Endpoint(contract.webhookStats)
  async stats(@Call() call: CallOf<typeof contract.webhookStats>): Promise<ResultOf<typeof contract.webhookStats>> {
    const request = { ...endpointRefOf(call), windowS: call.query.time_range };
    return statisticsView(await this.bus.ask(requests.GetWebhookStatistics, request, { context: call.context }));
  }

  @Endpoint(contract.startResend)
  async startResend(@Call() call: CallOf<typeof contract.startResend>): Promise<ResultOf<typeof contract.startResend>> {
    const { since, until, events, device_phy_ids: devices, status } = call.body;
    const request = {
      ...endpointRefOf(call),
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
    const request = { ...endpointRefOf(call), resendId: call.params.resendId };
    return resendView(await this.bus.ask(requests.GetWebhookResend, request, { context: call.context }));
  }
}
