import type { DeviceId, TenantId } from '@chargebus/domain';
import type { Database } from '../database';
import { forTenant } from '../scope';

/** Answers given to devices. Recorded before they are given, so the same question again gets the same answer. */
export class AnswerRepository {
  constructor(private readonly database: Database) {}

  /** Records `answer` unless this question was answered before; returns what counts. */
  async record(question: {
    readonly tenantId: TenantId;
    readonly deviceId: DeviceId;
    readonly causeId: string;
    readonly kind: string;
    readonly answer: unknown;
  }): Promise<unknown> {
    const { rows } = await this.database.query<{ answer: unknown }>(
      forTenant(question.tenantId),
      `INSERT INTO session.answered_questions (device_id, cause_id, tenant_id, kind, answer) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (device_id, cause_id) DO UPDATE SET answer = answered_questions.answer RETURNING answer`,
      [question.deviceId, question.causeId, question.tenantId, question.kind, JSON.stringify(question.answer)],
    );
    return rows[0]?.answer;
  }
}
