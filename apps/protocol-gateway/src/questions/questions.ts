import type { DeviceCommand } from '@chargebus/domain';
import type { Bus } from '@chargebus/messaging';
import type { Logger } from '@chargebus/observability';
import type { ProtocolEvent } from '@chargebus/events';
import type { Answer, CertificateQuestion, Question, QuestionReply } from '@chargebus/protocol-core';
import { AuthoriseCard, SignCertificate } from '@chargebus/requests';
import type { ReplyOf, RequestDefinition, RequestOf } from '@chargebus/requests';
import type { GatewayMetrics } from '../metrics';

/** An answer that somebody else decides on. */
export type OpenAnswer = Extract<Answer, { when: 'asked' | 'certified' }>;
export interface Settled {
  readonly facts: readonly ProtocolEvent[]; // stored before the answer is given
  readonly encode: () => Uint8Array | null; // null: stay silent
  readonly errands: readonly DeviceCommand[]; // what follows the answer
}

/** Brings what a device asks to the app that owns the answer. The asked app keeps its answer by `causeId`. */
export class Questions {
  constructor(
    private readonly bus: Pick<Bus, 'ask'>,
    private readonly metrics: GatewayMetrics,
    private readonly logger: Logger,
  ) {}

  /** What to say, and what to do then; as the driver decides when nobody answered within the deadline. */
  async settle(answer: OpenAnswer): Promise<Settled> {
    if (answer.when === 'certified') return this.certify(answer);
    const { deviceId, causeId, cardId, cardNumber, aliases = [], portNo, transactionKey } = answer.question;
    const { question, deadlineMs } = answer;
    const names = { cardId, cardNumber, aliases: [...aliases], tokenType: question.tokenType ?? 'card' };
    const body = { deviceId, causeId, ...names, portNo, deadlineMs, transactionKey };
    const reply: QuestionReply | null = await this.ask(AuthoriseCard, body, question, deadlineMs);
    return { facts: answer.concludes?.(reply) ?? [], encode: () => answer.encode(reply), errands: [] };
  }

  private async certify(answer: Extract<Answer, { when: 'certified' }>): Promise<Settled> {
    const { csrPem, deviceId, use } = answer.question;
    const reply = await this.ask(SignCertificate, { deviceId, csrPem, use }, answer.question, answer.deadlineMs);
    const chainPem = reply?.chainPem ?? null;
    return {
      facts: [],
      encode: () => answer.encode(reply),
      errands: chainPem === null ? [] : [{ kind: 'certificate.install', chainPem, use }],
    };
  }

  private async ask<D extends RequestDefinition>(
    definition: D,
    body: RequestOf<D>,
    { kind, deviceId }: Question | CertificateQuestion,
    deadlineMs: number,
  ): Promise<(ReplyOf<D> & { readonly decision: string }) | null> {
    try {
      const reply = (await this.bus.ask(definition, body, {
        extraTimeoutMs: deadlineMs - definition.timeoutMs,
      })) as ReplyOf<D> & { readonly decision: string };
      this.metrics.questions.inc({ kind, result: reply.decision });
      return reply;
    } catch (error) {
      this.metrics.questions.inc({ kind, result: 'unanswered' });
      this.logger.warn({ err: error, deviceId, kind }, 'question of a device stays unanswered');
      return null;
    }
  }
}
