import { createKey, getKey, listKeys, revokeKey, rotateKey, updateKey } from '@chargebus/api-contract';
import type { ResultOf } from '@chargebus/api-contract';
import type { ClientId } from '@chargebus/domain';
import { ClientNotFound } from '@chargebus/errors';
import { forTenant } from '@chargebus/persistence';
import { ClientRepository } from '@chargebus/persistence/iam';
import type { Client } from '@chargebus/persistence/iam';
import { Controller } from '@nestjs/common';
import type { Caller } from '../auth/caller';
import { Call } from '../http/call.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import type { CallOf } from '../http/endpoint.decorator';
import { mapPage } from '../http/map-page';
import { overlapSOf } from './client.controller';
import { ClientService } from './client.service';
import { changesOf, clientView, settingsOf, withCredentials } from './client.view';

/** API keys of one's own tenant, for whoever administrates it. */
@Controller()
export class KeyController {
  constructor(
    private readonly service: ClientService,
    private readonly clients: ClientRepository,
  ) {}

  @Endpoint(createKey)
  async create(@Call() call: CallOf<typeof createKey>): Promise<ResultOf<typeof createKey>> {
    const { caller, body } = call;
    const made = await this.service.createKey(caller, caller.tenantId, settingsOf(body));
    call.note({ after: clientView(made.client) });
    return withCredentials(made);
  }

  @Endpoint(listKeys)
  async list(@Call() { caller, page }: CallOf<typeof listKeys>): Promise<ResultOf<typeof listKeys>> {
    return mapPage(await this.clients.list(forTenant(caller.tenantId), { kind: 'key' }, page), clientView);
  }

  @Endpoint(getKey)
  async get(@Call() { caller, params }: CallOf<typeof getKey>): Promise<ResultOf<typeof getKey>> {
    return clientView(await this.own(caller, params.id));
  }

  @Endpoint(updateKey)
  async update(@Call() call: CallOf<typeof updateKey>): Promise<ResultOf<typeof updateKey>> {
    await this.own(call.caller, call.params.id);
    const { before, after } = await this.service.update(call.caller, call.params.id, changesOf(call.body));
    call.note({ before: clientView(before), after: clientView(after) });
    return clientView(after);
  }

  @Endpoint(rotateKey)
  async rotate(@Call() call: CallOf<typeof rotateKey>): Promise<ResultOf<typeof rotateKey>> {
    await this.own(call.caller, call.params.id);
    const rotated = await this.service.rotate(call.caller, call.params.id, overlapSOf(call.body));
    call.note({ after: clientView(rotated.client) });
    return withCredentials(rotated);
  }

  @Endpoint(revokeKey)
  async revoke(@Call() call: CallOf<typeof revokeKey>): Promise<ResultOf<typeof revokeKey>> {
    await this.own(call.caller, call.params.id);
    const { before, after } = await this.service.update(call.caller, call.params.id, { status: 'revoked' });
    call.note({ before: clientView(before), after: clientView(after) });
    return clientView(after);
  }

  /** Throws CLIENT_NOT_FOUND: on this surface an operator sees their own tenant only, too. */
  private async own(caller: Caller, clientId: ClientId): Promise<Client> {
    const client = await this.clients.find(forTenant(caller.tenantId), clientId);
    if (client?.person !== null) throw new ClientNotFound({ clientId });
    return client;
  }
}
