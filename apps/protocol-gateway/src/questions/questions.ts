import type { Bus } from '@chargebus/messaging';
import type { Logger } from '@chargebus/observability';
import type { Question, QuestionReply } from '@chargebus/protocol-core';
import { AuthoriseCard } from '@chargebus/requests';
import type { GatewayMetrics } from '../metrics';

/** Brings what a device asks to the app that owns the answer. The asked app keeps its answer by `causeId`. */
export class Questions {
  constructor(
    private readonly bus: Pick<Bus, 'ask'>,
    private readonly metrics: GatewayMetrics,
    private readonly logger: Logger,
  ) {}

  /** Null: nobody answered within the deadline. */
  async ask(question: Question, deadlineMs: number): Promise<QuestionReply | null> {
    const { kind, deviceId, causeId, cardId, cardNumber, portNo } = question;
    try {
      const reply = await this.bus.ask(
        AuthoriseCard,
        { deviceId, causeId, cardId, cardNumber, portNo },
        { extraTimeoutMs: deadlineMs - AuthoriseCard.timeoutMs },
      );
      this.metrics.questions.inc({ kind, result: reply.decision });
      return reply;
    } catch (error) {
      this.metrics.questions.inc({ kind, result: 'unanswered' });
      this.logger.warn({ err: error, deviceId, causeId }, 'question of a device stays unanswered');
      return null;
    }
  }
}
