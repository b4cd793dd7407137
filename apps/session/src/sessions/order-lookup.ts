import type { ChargingSession } from '@chargebus/domain';
import type { HistoryRepository, OrderKey } from '@chargebus/persistence/session';
import { Lane } from '../engine/lane';

interface Question {
  readonly key: OrderKey;
  answer: ChargingSession | null;
}
const MAX_QUESTIONS = 500;

/** Whether an order was given before. Starts that meet ask together. */
export class OrderLookup {
  private readonly lane: Lane<Question>;

  constructor(history: Pick<HistoryRepository, 'findOrders'>) {
    this.lane = new Lane(MAX_QUESTIONS, async (questions) => {
      const answers = await history.findOrders(questions.map(({ key }) => key));
      for (const [index, question] of questions.entries()) question.answer = answers[index] ?? null;
    });
  }

  /** Null: it is a new order, as far as is committed. */
  async find(key: OrderKey): Promise<ChargingSession | null> {
    if (key.orderNo === null && key.idempotencyKey === null) return null;
    const question: Question = { key, answer: null };
    await this.lane.run([question]);
    return question.answer;
  }
}
