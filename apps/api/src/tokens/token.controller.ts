import * as contract from '@chargebus/api-contract';
import type { ResultOf } from '@chargebus/api-contract';
import { Bus } from '@chargebus/messaging';
import * as requests from '@chargebus/requests';
import { Controller } from '@nestjs/common';
import { Call } from '../http/call.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import type { CallOf } from '../http/endpoint.decorator';
import { mapPage } from '../http/map-page';
import { callbackView, tokenView } from './token.view';

type TokenCall = Pick<CallOf<typeof contract.getToken>, 'caller' | 'params'>;
const refOf = ({ caller, params }: TokenCall) => ({ tenantId: caller.tenantId, token: params.token });

/** Who may charge (A09): the register is kept by `session`, the callbacks by `webhook-dispatcher`. */
@Controller()
export class TokenController {
  constructor(private readonly bus: Bus) {}

  @Endpoint(contract.putToken)
  async put(@Call() call: CallOf<typeof contract.putToken>): Promise<ResultOf<typeof contract.putToken>> {
    const { status, expiry, group, balance, type } = call.body;
    const said = { status, expiresAt: expiry ?? null, groupId: group ?? null, balanceFen: balance ?? null };
    const request = { ...refOf(call), ...said, type: type ?? null };
    return tokenView(await this.bus.ask(requests.PutToken, request, { context: call.context }));
  }

  @Endpoint(contract.getToken)
  async get(@Call() call: CallOf<typeof contract.getToken>): Promise<ResultOf<typeof contract.getToken>> {
    return tokenView(await this.bus.ask(requests.GetToken, refOf(call), { context: call.context }));
  }

  @Endpoint(contract.deleteToken)
  async delete(@Call() call: CallOf<typeof contract.deleteToken>): Promise<ResultOf<typeof contract.deleteToken>> {
    return tokenView(await this.bus.ask(requests.DeleteToken, refOf(call), { context: call.context }));
  }

  @Endpoint(contract.listTokens)
  async list(@Call() call: CallOf<typeof contract.listTokens>): Promise<ResultOf<typeof contract.listTokens>> {
    const { status, group, q } = call.query;
    const filter = { status: status ?? null, groupId: group ?? null, text: q ?? null };
    const page = await this.bus.ask(
      requests.ListTokens,
      { tenantId: call.caller.tenantId, ...filter, page: call.page },
      { context: call.context },
    );
    return mapPage(page, tokenView);
  }

  @Endpoint(contract.putTokenCallback)
  async putCallback(
    @Call() call: CallOf<typeof contract.putTokenCallback>,
  ): Promise<ResultOf<typeof contract.putTokenCallback>> {
    const { url, timeout_ms: timeoutMs, fallback } = call.body;
    const request = { ...ownerOf(call), url, timeoutMs, fallback };
    const stored = await this.bus.ask(requests.PutTokenCallback, request, { context: call.context });
    return { ...callbackView(stored), secret: stored.secret };
  }

  @Endpoint(contract.getTokenCallback)
  async getCallback(
    @Call() call: CallOf<typeof contract.getTokenCallback>,
  ): Promise<ResultOf<typeof contract.getTokenCallback>> {
    return callbackView(await this.bus.ask(requests.GetTokenCallback, ownerOf(call), { context: call.context }));
  }

  @Endpoint(contract.deleteTokenCallback)
  deleteCallback(
    @Call() call: CallOf<typeof contract.deleteTokenCallback>,
  ): Promise<ResultOf<typeof contract.deleteTokenCallback>> {
    return this.bus.ask(requests.DeleteTokenCallback, ownerOf(call), { context: call.context });
  }
}

const ownerOf = ({ caller: { tenantId, clientId } }: Pick<TokenCall, 'caller'>) => ({ tenantId, clientId });
