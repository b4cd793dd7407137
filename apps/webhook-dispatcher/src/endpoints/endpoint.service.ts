import { WebhookEndpointLimit, WebhookEndpointNotFound } from '@chargebus/errors';
import type { TenantId } from '@chargebus/domain';
import { forTenant } from '@chargebus/persistence';
import type { Database, Transaction } from '@chargebus/persistence';
import { sortableId } from '@chargebus/persistence/webhook';
import type {
  DeliveryQueueRepository,
  EndpointRef,
  EndpointRepository,
  WebhookEndpoint,
} from '@chargebus/persistence/webhook';
import type {
  CreateWebhookEndpoint,
  ListWebhookEndpoints,
  ReplyOf,
  RequestOf,
  RotateWebhookSecret,
  UpdateWebhookEndpoint,
  WebhookEndpointView,
} from '@chargebus/requests';
import type { GuardedClient } from '@chargebus/security';
import { cancelAllWaiting } from '../deliveries/cancel-waiting';
import type { Dispatcher } from '../deliveries/dispatcher';
import { requireKnownEvents } from './checks';
import type { EndpointSecrets } from './endpoint-secrets';
import { endpointView } from './views';

/** What an integrator does with endpoints. */
export class EndpointService {
  constructor(
    private readonly database: Database,
    private readonly endpoints: EndpointRepository,
    private readonly queue: DeliveryQueueRepository,
    private readonly secrets: EndpointSecrets,
    private readonly client: Pick<GuardedClient, 'check'>,
    private readonly dispatcher: Pick<Dispatcher, 'wake'>,
    private readonly rules: { readonly perTenant: number; readonly overlapMs: number },
  ) {}

  async create({
    headers,
    ...request
  }: RequestOf<typeof CreateWebhookEndpoint>): Promise<ReplyOf<typeof CreateWebhookEndpoint>> {
    requireKnownEvents(request.events);
    await this.client.check(request.url);
    const endpointId = sortableId('we');
    const { secret, ...sealed } = {
      ...this.secrets.create(endpointId),
      ...this.secrets.sealHeaders(endpointId, headers),
    };
    const created = await this.inTenant(request, (tx) =>
      this.endpoints.insert(
        tx,
        { ...request, within: request.within ?? null, ...sealed, endpointId },
        this.rules.perTenant,
      ),
    );
    if (created === null) throw new WebhookEndpointLimit({ limit: this.rules.perTenant });
    return { ...view(created), secret };
  }

  async list({
    page,
    ...viewer
  }: RequestOf<typeof ListWebhookEndpoints>): Promise<ReplyOf<typeof ListWebhookEndpoints>> {
    const found = await this.inTenant(viewer, (tx) => this.endpoints.page(tx, viewer, page));
    return { ...found, items: found.items.map(view) };
  }

  async get(ref: EndpointRef): Promise<WebhookEndpointView> {
    return view(await this.find(ref));
  }

  /** The stored endpoint. Throws WEBHOOK_ENDPOINT_NOT_FOUND. */
  async find(ref: EndpointRef): Promise<WebhookEndpoint> {
    return present(ref, await this.inTenant(ref, (tx) => this.endpoints.find(tx, ref)));
  }

  /** A principal that may see a part of the tenant makes an endpoint see no more than that. */
  async update({ changes, within, ...ref }: RequestOf<typeof UpdateWebhookEndpoint>): Promise<WebhookEndpointView> {
    if (changes.events !== undefined) requireKnownEvents(changes.events);
    if (changes.url !== undefined) await this.client.check(changes.url);
    const { headers = await this.headersAfter(ref, changes.url), ...plain } = changes;
    const given = {
      ...Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined)),
      ...(within == null ? {} : { within }),
      ...(headers === undefined ? {} : this.secrets.sealHeaders(ref.endpointId, headers)),
      ...(changes.signature === undefined ? {} : this.secrets.createKeyPair(ref.endpointId)), // kept where there is none
    };
    const updated = present(ref, await this.inTenant(ref, (tx) => this.endpoints.update(tx, ref, given)));
    if (changes.status === 'disabled') await cancelAllWaiting(this.database, this.queue, [ref]);
    if (changes.status === 'enabled') this.dispatcher.wake([ref.endpointId]);
    return view(updated);
  }

  /** Another server is told nothing that was meant for the one before: null where the address moves. */
  private async headersAfter(ref: EndpointRef, url: string | undefined): Promise<null | undefined> {
    if (url === undefined) return undefined;
    const before = await this.find(ref);
    return new URL(before.url).origin === new URL(url).origin ? undefined : null;
  }

  async remove(ref: EndpointRef): Promise<{ deleted: true }> {
    const removed = await this.inTenant(ref, (tx) => this.endpoints.remove(tx, ref));
    if (!removed) throw new WebhookEndpointNotFound({ endpointId: ref.endpointId });
    return { deleted: true };
  }

  async rotate(ref: EndpointRef): Promise<ReplyOf<typeof RotateWebhookSecret>> {
    const { secret, ...sealed } = this.secrets.create(ref.endpointId);
    const rotated = await this.inTenant(ref, (tx) => this.endpoints.rotate(tx, ref, sealed, this.rules.overlapMs));
    return { ...view(present(ref, rotated)), secret };
  }

  private inTenant<T>({ tenantId }: { tenantId: TenantId }, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.database.transaction(forTenant(tenantId), work);
  }
}

const view = (endpoint: WebhookEndpoint): WebhookEndpointView => endpointView(endpoint, Date.now());

function present(ref: EndpointRef, endpoint: WebhookEndpoint | null): WebhookEndpoint {
  if (endpoint === null) throw new WebhookEndpointNotFound({ endpointId: ref.endpointId });
  return endpoint;
}
