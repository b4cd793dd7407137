import { randomUUID } from 'node:crypto';
import { ClientId } from '@chargebus/domain';
import type { TenantId } from '@chargebus/domain';
import { ClientExists, ClientNotFound, TenantNotFound } from '@chargebus/errors';
import type { Client, ClientChanges, ClientRepository, NewClient, TenantRepository } from '@chargebus/persistence/iam';
import type { SecretBox } from '@chargebus/security';
import type { ClientNews } from './client-news';
import { newCredentials, sealCredentials } from './credentials';
import type { Credentials } from './credentials';

export type ClientSettings = Pick<NewClient, 'name' | 'scopes' | 'allowUnsigned' | 'rateLimitPerMin'>;

/** Makes, changes and re-keys clients, and tells every replica. */
export class ClientService {
  constructor(
    private readonly tenants: TenantRepository,
    private readonly clients: ClientRepository,
    private readonly box: SecretBox,
    private readonly news: ClientNews,
  ) {}

  /** Throws TENANT_NOT_FOUND, CLIENT_EXISTS. */
  async create(tenantId: TenantId, settings: ClientSettings): Promise<{ client: Client; credentials: Credentials }> {
    if ((await this.tenants.find(tenantId)) === null) throw new TenantNotFound({ tenantId });
    const clientId = ClientId.parse(randomUUID());
    const credentials = newCredentials();
    const client = await this.clients.insert({
      ...settings,
      ...sealCredentials(this.box, clientId, credentials),
      clientId,
      tenantId,
    });
    if (client === null) throw new ClientExists({ name: settings.name });
    return { client, credentials };
  }

  /** Throws CLIENT_NOT_FOUND. */
  async update(clientId: ClientId, changes: ClientChanges): Promise<Client> {
    const client = await this.clients.update(clientId, changes);
    if (client === null) throw new ClientNotFound({ clientId });
    this.news.changed();
    return client;
  }

  /** Throws CLIENT_NOT_FOUND. */
  async rotate(clientId: ClientId): Promise<{ client: Client; credentials: Credentials }> {
    const credentials = newCredentials();
    const client = await this.clients.replaceCredentials(clientId, sealCredentials(this.box, clientId, credentials));
    if (client === null) throw new ClientNotFound({ clientId });
    this.news.changed();
    return { client, credentials };
  }
}
