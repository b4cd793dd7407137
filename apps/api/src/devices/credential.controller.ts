import { deliverCredentials, getCredentials, setCredentials } from '@chargebus/api-contract';
import type { Credentials, ResultOf } from '@chargebus/api-contract';
import { Bus } from '@chargebus/messaging';
import { DeliverCredentials, GetCredentials, SetCredentials } from '@chargebus/requests';
import type { CredentialsView, ReplyOf } from '@chargebus/requests';
import { Controller } from '@nestjs/common';
import { audienceOf } from '../auth/audience';
import { Call } from '../http/call.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import type { CallOf } from '../http/endpoint.decorator';

/** What devices that connect by WebSocket prove themselves with: kept by `session`, never shown. */
@Controller()
export class CredentialController {
  constructor(private readonly bus: Bus) {}

  @Endpoint(getCredentials)
  async get(@Call() call: CallOf<typeof getCredentials>): Promise<ResultOf<typeof getCredentials>> {
    return view(await this.bus.ask(GetCredentials, deviceOf(call), { context: call.context }));
  }

  @Endpoint(setCredentials)
  async set(@Call() call: CallOf<typeof setCredentials>): Promise<ResultOf<typeof setCredentials>> {
    const { body } = call;
    const request = {
      ...deviceOf(call),
      enabled: body.enabled,
      subprotocols: body.versions,
      securityProfile: body.security_profile,
      nextSecurityProfile: body.next_security_profile,
      certificateCn: body.certificate_cn,
      answersPings: body.answers_pings,
      password: body.password,
      generatePassword: body.generate_password,
    };
    const { password, ...credentials } = await this.bus.ask(SetCredentials, request, { context: call.context });
    return { ...view(credentials), password };
  }

  @Endpoint(deliverCredentials)
  async deliver(@Call() call: CallOf<typeof deliverCredentials>): Promise<ResultOf<typeof deliverCredentials>> {
    const { new_password: newPassword, security_profile: securityProfile = null } = call.body;
    const request = { ...deviceOf(call), newPassword, securityProfile };
    const { credentials, outcome } = await this.bus.ask(DeliverCredentials, request, { context: call.context });
    return { credentials: view(credentials), ...verdictOf(outcome) };
  }
}

const deviceOf = ({ caller, params }: Pick<CallOf<typeof getCredentials>, 'caller' | 'params'>) => ({
  ...audienceOf(caller),
  deviceId: params.phyId,
});

const view = (credentials: CredentialsView): Credentials => ({
  phy_id: credentials.deviceId,
  enabled: credentials.enabled,
  versions: credentials.subprotocols,
  security_profile: credentials.securityProfile,
  next_security_profile: credentials.nextSecurityProfile,
  has_password: credentials.hasPassword,
  password_change: credentials.passwordChange,
  certificate_cn: credentials.certificateCn,
  certificate_until: credentials.certificateUntil,
  answers_pings: credentials.answersPings,
});

type Verdict = Pick<ResultOf<typeof deliverCredentials>, 'outcome' | 'reason'>;
/** It went out and the connection broke: as unanswered as silence. */
function verdictOf(outcome: ReplyOf<typeof DeliverCredentials>['outcome']): Verdict {
  if (outcome.status === 'acked') return { outcome: 'accepted', reason: null };
  if (outcome.status === 'no_reply' || outcome.status === 'offline') return { outcome: 'unanswered', reason: null };
  return { outcome: 'refused', reason: outcome.reason };
}
