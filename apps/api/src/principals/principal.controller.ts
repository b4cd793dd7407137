import { createPrincipal, issueToken } from '@chargebus/api-contract';
import type { ResultOf } from '@chargebus/api-contract';
import { TokenLifetimeMinutes } from '@chargebus/domain';
import { ClientNotFound } from '@chargebus/errors';
import { Controller } from '@nestjs/common';
import { TokenIssuer } from '../auth/token-issuer';
import { ClientService } from '../clients/client.service';
import { clientView, settingsOf } from '../clients/client.view';
import { Call } from '../http/call.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import type { CallOf } from '../http/endpoint.decorator';
import { Settings } from '../settings/settings';

/** People who come with tokens, and tokens for those of this installation (D13). */
@Controller()
export class PrincipalController {
  constructor(
    private readonly service: ClientService,
    private readonly issuer: TokenIssuer,
    private readonly settings: Settings,
  ) {}

  @Endpoint(createPrincipal)
  async create(@Call() call: CallOf<typeof createPrincipal>): Promise<ResultOf<typeof createPrincipal>> {
    const { caller, body } = call;
    const person = { issuer: body.issuer === 'chargebus' ? this.issuer.issuer : body.issuer, subject: body.subject };
    const made = await this.service.createPerson(caller, body.tenant_id, person, settingsOf(body));
    call.note({ tenantId: body.tenant_id, after: clientView(made) });
    return clientView(made);
  }

  @Endpoint(issueToken)
  async issue(@Call() call: CallOf<typeof issueToken>): Promise<ResultOf<typeof issueToken>> {
    const client = await this.service.get(call.caller, call.params.id);
    if (client.person?.issuer !== this.issuer.issuer || client.status !== 'active')
      throw new ClientNotFound({ clientId: client.clientId });
    const most = this.settings.get(TokenLifetimeMinutes, client.tenantId);
    const minutes = Math.min(call.body.lifetime_minutes ?? most, most);
    const { token, expiresAt } = this.issuer.issue(client.person.subject, minutes * 60, Date.now());
    call.note({ tenantId: client.tenantId, after: { client_id: client.clientId, expires_at: expiresAt } });
    return { token, token_type: 'Bearer', expires_at: expiresAt };
  }
}
