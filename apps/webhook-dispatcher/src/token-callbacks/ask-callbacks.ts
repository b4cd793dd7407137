import { toInstant } from '@chargebus/domain';
import type { Logger } from '@chargebus/observability';
import { forTenant } from '@chargebus/persistence';
import type { Database } from '@chargebus/persistence';
import type { TokenCallback, TokenCallbackRepository } from '@chargebus/persistence/webhook';
import type { AskTokenCallbacks, ReplyOf, RequestOf, TokenVerdict } from '@chargebus/requests';
import { OutboundError } from '@chargebus/security';
import type { GuardedClient } from '@chargebus/security';
import { signedHeaders } from '../deliveries/signing';
import type { EndpointSecrets } from '../endpoints/endpoint-secrets';
import type { WebhookMetrics } from '../metrics';
import { readCallbackAnswer, weigh } from './callback-answer';

type Question = RequestOf<typeof AskTokenCallbacks>;
const MAX_ANSWER_BYTES = 4_096;

/**
 * Asks the tenant's clients about a token, all at once and each within its own deadline and the device's. Nothing is
 * asked twice: a device that repeats its question gets the answer that `session` has kept.
 */
export class CallbackAsker {
  constructor(
    private readonly database: Database,
    private readonly callbacks: TokenCallbackRepository,
    private readonly secrets: EndpointSecrets,
    private readonly client: Pick<GuardedClient, 'request'>,
    private readonly metrics: Pick<WebhookMetrics, 'tokenCallbacks'>,
    private readonly logger: Logger,
  ) {}

  async ask(question: Question): Promise<ReplyOf<typeof AskTokenCallbacks>> {
    const callbacks = await this.database.transaction(forTenant(question.tenantId), (tx) =>
      this.callbacks.ofTenant(tx, question.tenantId),
    );
    const verdict = weigh(await Promise.all(callbacks.map((callback) => this.askOne(callback, question))));
    if (verdict !== null) return { verdict, source: 'callback' };
    return { verdict: fallbackOf(callbacks), source: 'fallback' };
  }

  /** Null: no answer in time, or none that can be understood. */
  private async askOne(callback: TokenCallback, question: Question): Promise<TokenVerdict | null> {
    const nowMs = Date.now();
    const body = bodyOf(question, nowMs);
    const headers = signedHeaders(
      {
        endpointId: callback.clientId,
        url: callback.url,
        signature: 'both',
        privateKeys: [],
        headers: {},
        secrets: [this.secrets.open(callback.clientId, callback.secretSealed)],
        eventId: `ask_${question.causeId}`.replace(/[^\x21-\x7e]/g, '_').slice(0, 200),
        body,
      },
      nowMs,
    );
    try {
      const answer = await this.client.request({
        method: 'POST',
        url: callback.url,
        headers,
        body,
        timeoutMs: Math.min(callback.timeoutMs, question.deadlineMs),
        maxResponseBytes: MAX_ANSWER_BYTES,
      });
      const verdict = readCallbackAnswer(answer.status, answer.body);
      this.metrics.tokenCallbacks.inc({ result: verdict?.status ?? 'not_understood' });
      return verdict;
    } catch (error) {
      if (!(error instanceof OutboundError)) throw error;
      this.metrics.tokenCallbacks.inc({ result: error.failure });
      this.logger.warn({ err: error, clientId: callback.clientId }, 'a client did not answer about a token');
      return null;
    }
  }
}

/** Of the client that has asked to be asked first. Null: no client has. */
function fallbackOf([first]: readonly TokenCallback[]): TokenVerdict | null {
  return first === undefined ? null : { status: first.fallback, expiresAt: null, groupId: null, balanceFen: null };
}

const bodyOf = (question: Question, nowMs: number): string =>
  JSON.stringify({
    type: 'token.authorise',
    asked_at: toInstant(nowMs),
    token: question.token,
    card_number: question.cardNumber === '' ? null : question.cardNumber,
    token_type: question.tokenType,
    device_phy_id: question.deviceId,
    port_no: question.portNo,
  });
