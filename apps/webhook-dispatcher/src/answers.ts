import type { Bus } from '@chargebus/messaging';
import {
  AskTokenCallbacks,
  CreateWebhookEndpoint,
  DeleteTokenCallback,
  DeleteWebhookEndpoint,
  GetTokenCallback,
  GetWebhookEndpoint,
  GetWebhookResend,
  GetWebhookStatistics,
  ListWebhookDeliveries,
  ListWebhookEndpoints,
  PingWebhookEndpoint,
  PutTokenCallback,
  ResendWebhookDelivery,
  ResendWebhooksSince,
  RotateWebhookSecret,
  StartWebhookResend,
  UpdateWebhookEndpoint,
} from '@chargebus/requests';
import type { DeliveryLogService } from './deliveries/delivery-log.service';
import type { ResendService } from './deliveries/resend.service';
import type { EndpointService } from './endpoints/endpoint.service';
import type { PingService } from './endpoints/ping.service';
import type { CallbackAsker } from './token-callbacks/ask-callbacks';
import type { TokenCallbackService } from './token-callbacks/token-callback.service';

/** What other apps may ask of this one. */
export function answerRequests(
  bus: Bus,
  endpoints: EndpointService,
  log: DeliveryLogService,
  resends: ResendService,
  pings: PingService,
  callbacks: TokenCallbackService,
  asker: CallbackAsker,
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
  bus.answer(GetWebhookStatistics, (request) => log.statistics(request));
  bus.answer(StartWebhookResend, (request) => resends.begin(request));
  bus.answer(GetWebhookResend, (request) => resends.get(request));
  bus.answer(PutTokenCallback, (request) => callbacks.put(request));
  bus.answer(GetTokenCallback, (request) => callbacks.get(request));
  bus.answer(DeleteTokenCallback, (request) => callbacks.remove(request));
  bus.answer(AskTokenCallbacks, (request) => asker.ask(request));
}
