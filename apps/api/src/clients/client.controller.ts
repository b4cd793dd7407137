import {
  createClient,
  getClient,
  listClients,
  revokeClient,
  rotateClient,
  updateClient,
} from '@chargebus/api-contract';
import type { ResultOf } from '@chargebus/api-contract';
import { ClientRepository } from '@chargebus/persistence/iam';
import { Controller } from '@nestjs/common';
import { Call } from '../http/call.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import type { CallOf } from '../http/endpoint.decorator';
import { mapPage } from '../http/map-page';
import { ClientService, scopeOf } from './client.service';
import { changesOf, clientView, settingsOf, withCredentials } from './client.view';

/** API keys and people of every tenant, for the installation's operators. */
@Controller()
export class ClientController {
  constructor(
    private readonly service: ClientService,
    private readonly clients: ClientRepository,
  ) {}

  @Endpoint(createClient)
  async create(@Call() call: CallOf<typeof createClient>): Promise<ResultOf<typeof createClient>> {
    const { caller, body } = call;
    const made = await this.service.createKey(caller, body.tenant_id, settingsOf(body));
    call.note({ tenantId: body.tenant_id, after: clientView(made.client) });
    return withCredentials(made);
  }

  @Endpoint(listClients)
  async list(@Call() { caller, query, page }: CallOf<typeof listClients>): Promise<ResultOf<typeof listClients>> {
    const filter = { tenantId: query.tenant_id, kind: query.kind };
    return mapPage(await this.clients.list(scopeOf(caller), filter, page), clientView);
  }

  @Endpoint(getClient)
  async get(@Call() { caller, params }: CallOf<typeof getClient>): Promise<ResultOf<typeof getClient>> {
    return clientView(await this.service.get(caller, params.id));
  }

  @Endpoint(updateClient)
  async update(@Call() call: CallOf<typeof updateClient>): Promise<ResultOf<typeof updateClient>> {
    const { before, after } = await this.service.update(call.caller, call.params.id, changesOf(call.body));
    call.note({ tenantId: after.tenantId, before: clientView(before), after: clientView(after) });
    return clientView(after);
  }

  @Endpoint(rotateClient)
  async rotate(@Call() call: CallOf<typeof rotateClient>): Promise<ResultOf<typeof rotateClient>> {
    const rotated = await this.service.rotate(call.caller, call.params.id, overlapSOf(call.body));
    call.note({ tenantId: rotated.client.tenantId, after: clientView(rotated.client) });
    return withCredentials(rotated);
  }

  @Endpoint(revokeClient)
  async revoke(@Call() call: CallOf<typeof revokeClient>): Promise<ResultOf<typeof revokeClient>> {
    const { before, after } = await this.service.update(call.caller, call.params.id, { status: 'revoked' });
    call.note({ tenantId: after.tenantId, before: clientView(before), after: clientView(after) });
    return clientView(after);
  }
}

/** Null: as the tenant's setting says. */
export const overlapSOf = ({ overlap_minutes: minutes }: { readonly overlap_minutes?: number | undefined }) =>
  minutes === undefined ? null : minutes * 60;
