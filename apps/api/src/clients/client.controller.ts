import { createClient, listClients, rotateClient, updateClient } from '@chargebus/api-contract';
import type { ResultOf } from '@chargebus/api-contract';
import { asSystem, forTenant } from '@chargebus/persistence';
import { ClientRepository } from '@chargebus/persistence/iam';
import type { Client, ClientChanges } from '@chargebus/persistence/iam';
import { Controller } from '@nestjs/common';
import { Call } from '../http/call.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import type { CallOf } from '../http/endpoint.decorator';
import { mapPage } from '../http/map-page';
import { ClientService } from './client.service';
import type { Credentials } from './credentials';

/** API keys of the installation's integrators, for its operators. */
@Controller()
export class ClientController {
  constructor(
    private readonly service: ClientService,
    private readonly clients: ClientRepository,
  ) {}

  @Endpoint(createClient)
  async create(@Call() { body }: CallOf<typeof createClient>): Promise<ResultOf<typeof createClient>> {
    const made = await this.service.create(body.tenant_id, {
      name: body.name,
      scopes: body.scopes,
      allowUnsigned: body.allow_unsigned,
      rateLimitPerMin: body.rate_limit,
    });
    return withCredentials(made);
  }

  @Endpoint(listClients)
  async list(@Call() { query, page }: CallOf<typeof listClients>): Promise<ResultOf<typeof listClients>> {
    const scope =
      query.tenant_id === undefined
        ? asSystem('operators see the clients of every tenant')
        : forTenant(query.tenant_id);
    return mapPage(await this.clients.list(scope, page), clientView);
  }

  @Endpoint(updateClient)
  async update(@Call() { params, body }: CallOf<typeof updateClient>): Promise<ResultOf<typeof updateClient>> {
    const changes: ClientChanges = {
      scopes: body.scopes,
      allowUnsigned: body.allow_unsigned,
      rateLimitPerMin: body.rate_limit,
      status: body.status,
    };
    return clientView(await this.service.update(params.id, changes));
  }

  @Endpoint(rotateClient)
  async rotate(@Call() { params }: CallOf<typeof rotateClient>): Promise<ResultOf<typeof rotateClient>> {
    return withCredentials(await this.service.rotate(params.id));
  }
}

const clientView = (client: Client): ResultOf<typeof updateClient> => ({
  client_id: client.clientId,
  tenant_id: client.tenantId,
  name: client.name,
  api_key_hint: client.apiKeyHint,
  scopes: [...client.scopes],
  allow_unsigned: client.allowUnsigned,
  rate_limit: client.rateLimitPerMin,
  status: client.status,
  created_at: client.createdAt,
});
const withCredentials = ({ client, credentials }: { readonly client: Client; readonly credentials: Credentials }) => ({
  ...clientView(client),
  api_key: credentials.apiKey,
  api_secret: credentials.apiSecret,
});
