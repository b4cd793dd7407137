import type { AnswerRepository } from '@chargebus/persistence/session';
import { AuthoriseCard } from '@chargebus/requests';
import type { ReplyOf, RequestOf } from '@chargebus/requests';
import type { DeviceShadow } from '../shadow/device-shadow';

type Answer = ReplyOf<typeof AuthoriseCard>;

/**
 * Whether a card may charge. The middleware keeps no card register: what it knows is the device and the port; the rest
 * is the configured decision. The same question again gets the same answer, whatever has changed since.
 */
export class CardService {
  constructor(
    private readonly answers: AnswerRepository,
    private readonly shadow: DeviceShadow,
    private readonly byDefault: Answer['decision'],
  ) {}

  async authorise(request: RequestOf<typeof AuthoriseCard>): Promise<Answer> {
    const snapshot = await this.shadow.read(request.deviceId, null);
    if (snapshot === null) return answer('device_not_registered');
    const port = snapshot.ports.find(({ portNo }) => portNo === request.portNo);
    const decision = port?.state === 'fault' || port?.fault != null ? 'port_fault' : this.byDefault;
    const recorded = await this.answers.record({
      tenantId: snapshot.device.tenantId,
      deviceId: request.deviceId,
      causeId: request.causeId,
      kind: 'card.authorise',
      answer: answer(decision),
    });
    return AuthoriseCard.reply.parse(recorded);
  }
}

const answer = (decision: Answer['decision']): Answer => ({
  decision,
  rateMode: 'time',
  balanceFen: null,
  expiresAt: null,
});
