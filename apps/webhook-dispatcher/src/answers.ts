import type { Bus } from '@chargebus/messaging';
import {
  CreateWebhookEndpoint,
  DeleteWebhookEndpoint,
  GetWebhookEndpoint,
  ListWebhookDeliveries,
  ListWebhookEndpoints,
  PingWebhookEndpoint,
  ResendWebhookDelivery,
  ResendWebhooksSince,
  RotateWebhookSecret,
  UpdateWebhookEndpoint,
} from '@chargebus/requests';
import type { DeliveryLogService } from './deliveries/delivery-log.service';
import type { EndpointService } from './endpoints/endpoint.service';
import type { PingService } from './endpoints/ping.service';

/** What other apps may ask of this one. */
export function answerRequests(
  bus: Bus,
  endpoints: EndpointService,
  log: DeliveryLogService,
  pings: PingService,
): void {
  bus.answer(CreateWebhookEndpoint, (request) => endpoints.create(request));
  bus.answer(ListWebhookEndpoints, (request) => endpoints.list(request));
  bus.answer(GetWebhookEndpoint, (request) => endpoints.get(request));
  bus.answer(UpdateWebhookEndpoint, (request) => endpoints.update(request));
  bus.answer(DeleteWebhookEndpoint, (request) => endpoints.remove(request));
  bus.answer(RotateWebhookSecret, (request) => endpoints.rotate(request));
  bus.answer(PingWebhookEndpoint, (request) => pings.ping(request));
  bus.answer(ListWebhookDeliveries, (request) => log.list(request));
  bus.answer(ResendWebhookDelivery, (request) => log.resend(request));
  bus.answer(ResendWebhooksSince, (request) => log.resendSince(request));
}
