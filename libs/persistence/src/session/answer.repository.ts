import type { DeviceId, TenantId } from '@chargebus/domain';
import { Batcher } from '../batcher';
import type { Database } from '../database';
import { forTenants } from '../scope';

export interface AnsweredQuestion {
  readonly tenantId: TenantId;
  readonly deviceId: DeviceId;
  readonly causeId: string;
  readonly kind: string;
  readonly answer: unknown;
}

/** Answers given to devices. Recorded before they are given, so the same question again gets the same answer. */
export class AnswerRepository {
  private readonly records: Batcher<AnsweredQuestion, unknown>;

  constructor(private readonly database: Database) {
    this.records = new Batcher((questions) => this.recordAll(questions));
  }

  /** Records `answer` unless this question was answered before; returns what counts. */
  record(question: AnsweredQuestion): Promise<unknown> {
    return this.records.push(question);
  }

  private async recordAll(questions: readonly AnsweredQuestion[]): Promise<readonly unknown[]> {
    const { rows } = await this.database.query<{ device_id: string; cause_id: string; answer: unknown }>(
      forTenants([...new Set(questions.map(({ tenantId }) => tenantId))]),
      `INSERT INTO session.answered_questions (device_id, cause_id, tenant_id, kind, answer)
       SELECT DISTINCT ON (device_id, cause_id) device_id, cause_id, tenant_id, kind, answer
       FROM unnest($1::text[], $2::text[], $3::uuid[], $4::text[], $5::jsonb[]) WITH ORDINALITY
         AS q (device_id, cause_id, tenant_id, kind, answer, place)
       ORDER BY device_id, cause_id, place
       ON CONFLICT (device_id, cause_id) DO UPDATE SET answer = answered_questions.answer
       RETURNING device_id, cause_id, answer`,
      [
        questions.map(({ deviceId }) => deviceId),
        questions.map(({ causeId }) => causeId),
        questions.map(({ tenantId }) => tenantId),
        questions.map(({ kind }) => kind),
        questions.map(({ answer }) => JSON.stringify(answer)),
      ],
      'answers-record',
    );
    const given = new Map(rows.map((row) => [keyOf(row.device_id, row.cause_id), row.answer]));
    return questions.map(({ deviceId, causeId }) => given.get(keyOf(deviceId, causeId)));
  }
}

const keyOf = (deviceId: string, causeId: string): string => JSON.stringify([deviceId, causeId]);
