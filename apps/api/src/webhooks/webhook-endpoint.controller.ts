import * as contract from '@chargebus/api-contract';
import type { ResultOf } from '@chargebus/api-contract';
import { Bus } from '@chargebus/messaging';
import * as requests from '@chargebus/requests';
import { Controller } from '@nestjs/common';
import { audienceOf } from '../auth/audience';
import { Call } from '../http/call.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import type { CallOf } from '../http/endpoint.decorator';
import { mapPage } from '../http/map-page';
import { attemptView, endpointView, withSecret } from './webhook-endpoint.view';
import { endpointRefOf, viewerOf } from './viewer';

/** Where webhooks go: asked of `webhook-dispatcher`. */
@Controller()
export class WebhookEndpointController {
  constructor(private readonly bus: Bus) {}

  @Endpoint(contract.createWebhook)
  async create(@Call() call: CallOf<typeof contract.createWebhook>): Promise<ResultOf<typeof contract.createWebhook>> {
    const { body } = call;
    const endpoint = await this.bus.ask(
      requests.CreateWebhookEndpoint,
      {
        ...audienceOf(call.caller),
        clientId: call.caller.clientId,
        url: body.url ?? body.endpoint ?? '', // the contract makes sure of one
        events: body.events,
        payloadVersion: body.payload_version,
        signature: body.signature,
        description: body.description ?? null,
        deviceFilter: contract.deviceFilterFromBody(body.device_filter ?? null),
        rateLimitPerMin: body.rate_limit_per_min ?? null,
        headers: body.headers ?? null,
        timeoutS: body.timeout ?? null,
        retryCount: body.retry_count ?? null,
      },
      { context: call.context },
    );
    return withSecret(endpoint);
  }

  @Endpoint(contract.listWebhooks)
  async list(@Call() call: CallOf<typeof contract.listWebhooks>): Promise<ResultOf<typeof contract.listWebhooks>> {
    const page = await this.bus.ask(
      requests.ListWebhookEndpoints,
      { ...viewerOf(call.caller), page: call.page },
      { context: call.context },
    );
    return mapPage(page, endpointView);
  }

  @Endpoint(contract.getWebhook)
  async get(@Call() call: CallOf<typeof contract.getWebhook>): Promise<ResultOf<typeof contract.getWebhook>> {
    return endpointView(
      await this.bus.ask(requests.GetWebhookEndpoint, endpointRefOf(call), { context: call.context }),
    );
  }

  @Endpoint(contract.updateWebhook)
  async update(@Call() call: CallOf<typeof contract.updateWebhook>): Promise<ResultOf<typeof contract.updateWebhook>> {
    const {
      payload_version: payloadVersion,
      device_filter: devices,
      rate_limit_per_min: rateLimitPerMin,
      timeout: timeoutS,
      retry_count: retryCount,
      ...rest
    } = call.body;
    const deviceFilter = devices === undefined ? undefined : contract.deviceFilterFromBody(devices);
    const changes = defined({ ...rest, payloadVersion, deviceFilter, rateLimitPerMin, timeoutS, retryCount });
    const request = { ...endpointRefOf(call), ...audienceOf(call.caller), changes };
    return endpointView(await this.bus.ask(requests.UpdateWebhookEndpoint, request, { context: call.context }));
  }

  @Endpoint(contract.deleteWebhook)
  delete(@Call() call: CallOf<typeof contract.deleteWebhook>): Promise<ResultOf<typeof contract.deleteWebhook>> {
    return this.bus.ask(requests.DeleteWebhookEndpoint, endpointRefOf(call), { context: call.context });
  }

  @Endpoint(contract.rotateWebhook)
  async rotate(@Call() call: CallOf<typeof contract.rotateWebhook>): Promise<ResultOf<typeof contract.rotateWebhook>> {
    return withSecret(await this.bus.ask(requests.RotateWebhookSecret, endpointRefOf(call), { context: call.context }));
  }

  @Endpoint(contract.pingWebhook)
  async ping(@Call() call: CallOf<typeof contract.pingWebhook>): Promise<ResultOf<typeof contract.pingWebhook>> {
    return attemptView(
      await this.bus.ask(requests.PingWebhookEndpoint, endpointRefOf(call), { context: call.context }),
    );
  }
}

/** Without the fields that were not given. */
const defined = <T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
