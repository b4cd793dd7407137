import type { TenantId } from '@chargebus/domain';
import { AppError } from '@chargebus/errors';
import type { Bus } from '@chargebus/messaging';
import type { Logger } from '@chargebus/observability';
import type { AnswerRepository } from '@chargebus/persistence/session';
import { AskTokenCallbacks, AuthoriseCard } from '@chargebus/requests';
import type { ReplyOf, RequestOf, TokenVerdict } from '@chargebus/requests';
import { LRUCache } from 'lru-cache';
import type { ChargeNames } from '../sessions/charge-names';
import type { DeviceAndPort, DeviceShadow } from '../shadow/device-shadow';
import { tokenDecision } from './token-decision';
import type { TokenDecision } from './token-decision';
import { tokenView } from './token.service';
import { inMaintenance } from '../devices/maintenance';

type Question = RequestOf<typeof AuthoriseCard>;
type Answer = ReplyOf<typeof AuthoriseCard>;
interface Recorded extends Answer {
  /** For people who ask why. */
  readonly source: 'port' | 'order' | 'register' | 'callback' | 'fallback' | 'default';
}

/** The way back to the device, out of the time that it waits. */
const RETURN_MS = 500;
/** Of the device's time, where the question does not say. */
const USUAL_DEADLINE_MS = AuthoriseCard.timeoutMs;

/**
 * Whether a token may charge: one that stands for an order, while that is open; else as the tenant's register says; else
 * as one of its clients says when it is asked; else as was configured for when none answers; else as the installation
 * says. The same question again gets the same answer, whatever has changed since.
 */
export class AuthorisationService {
  /** Tenants none of whose clients wants to be asked: a new callback counts from when this is forgotten. */
  private readonly unasked: LRUCache<TenantId, true>;

  constructor(
    private readonly answers: Pick<AnswerRepository, 'settle'>,
    private readonly shadow: Pick<DeviceShadow, 'readDevice'>,
    private readonly names: Pick<ChargeNames, 'decide' | 'number'>,
    private readonly bus: Pick<Bus, 'ask'>,
    private readonly byDefault: TokenDecision,
    private readonly logger: Logger,
    private readonly now: () => number,
    callbackCacheMs: number,
  ) {
    this.unasked = new LRUCache({ max: 10_000, ttl: callbackCacheMs });
  }

  async authorise(question: Question): Promise<Answer> {
    const { deviceId, portNo, transactionKey } = question;
    const known = await this.shadow.readDevice(deviceId, portNo);
    if (known === null) return bare('device_not_registered');
    const { tenantId } = known.device;
    const [answer, transactionNo] = await Promise.all([
      this.answerTo(question, known),
      transactionKey === undefined ? undefined : this.names.number(tenantId, deviceId, transactionKey),
    ]);
    return { ...answer, transactionNo };
  }

  private async answerTo(question: Question, { device, port }: DeviceAndPort): Promise<Answer> {
    const { deviceId, causeId, portNo } = question;
    const { tenantId } = device;
    const isFaulted = port?.state === 'fault' || port?.fault != null || inMaintenance(device, portNo);
    const byOrder = isFaulted ? null : await this.names.decide(tenantId, deviceId, question.cardId);
    const ref = { tenantId, deviceId, causeId };
    const known = await this.answers.settle({ ...ref, names: namesOf(question) }, (token): Recorded | null => {
      if (isFaulted) return { ...bare('port_fault'), source: 'port' };
      if (byOrder !== null) return { ...bare(byOrder), source: 'order' };
      if (token !== null) return { ...this.answerOf(tokenView(token)), source: 'register' };
      return this.unasked.has(tenantId) ? { ...bare(this.byDefault), source: 'default' } : null;
    });
    if (known !== null) return AuthoriseCard.reply.parse(known);
    const asked = await this.askClients(tenantId, question);
    const answer: Recorded =
      asked?.verdict == null
        ? { ...bare(this.byDefault), source: 'default' }
        : { ...this.answerOf(asked.verdict), source: asked.source };
    return AuthoriseCard.reply.parse(await this.answers.settle({ ...ref, names: [] }, () => answer));
  }

  /** Null: nobody could be asked. */
  private async askClients(tenantId: TenantId, question: Question): Promise<ReplyOf<typeof AskTokenCallbacks> | null> {
    const { deviceId, causeId, cardId, cardNumber, tokenType = 'card', portNo } = question;
    const leftMs = Math.max(1, (question.deadlineMs ?? USUAL_DEADLINE_MS) - RETURN_MS);
    const deadlineMs = Math.max(1, leftMs - RETURN_MS);
    try {
      const reply = await this.bus.ask(
        AskTokenCallbacks,
        { tenantId, deviceId, causeId, token: cardId, cardNumber, tokenType, portNo, deadlineMs },
        { extraTimeoutMs: leftMs - AskTokenCallbacks.timeoutMs },
      );
      if (reply.verdict === null) this.unasked.set(tenantId, true);
      return reply;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.logger.warn({ err: error, deviceId, causeId }, 'clients cannot be asked about a token');
      return null;
    }
  }

  private answerOf(verdict: TokenVerdict): Answer {
    const { expiresAt, groupId, balanceFen } = verdict;
    return {
      decision: tokenDecision(verdict, this.now()),
      rateMode: 'time',
      balanceFen: balanceFen === null ? null : Math.max(0, balanceFen),
      expiresAt,
      groupId,
    };
  }
}

/** A card by its chip, by its printed number, by what else it may be called, and without the zeros that fill it up. */
function namesOf({ cardId, cardNumber, aliases = [] }: Question): readonly string[] {
  const names = [cardId, cardNumber];
  return [...names, ...aliases, ...names.map((name) => name.replace(/^0+(?=.{4})/, ''))];
}

const bare = (decision: TokenDecision): Answer => ({
  decision,
  rateMode: 'time',
  balanceFen: null,
  expiresAt: null,
  groupId: null,
});
