import type { DeviceId, TenantId } from '@chargebus/domain';
import { Batcher } from '../batcher';
import type { Database, Transaction } from '../database';
import { forTenants } from '../scope';
import { readTokens } from './token.repository';
import type { TokenRecord } from './token.repository';

/** What a device asks about a token; the same question again has the same `causeId`. */
export interface TokenQuestion {
  readonly tenantId: TenantId;
  readonly deviceId: DeviceId;
  readonly causeId: string;
  readonly names: readonly string[]; // all that the token may be in the register under
}
/** What to answer; null: it cannot be said by the register alone. */
type Decide = (token: TokenRecord | null) => object | null;
interface Pending extends TokenQuestion {
  readonly decide: Decide;
}
interface Answered extends TokenQuestion {
  readonly answer: object;
}

const KIND = 'card.authorise';
const EVERY_MS = 10;

/** Answers given to devices. Recorded before they are given, so the same question again gets the same answer. */
export class AnswerRepository {
  private readonly pending: Batcher<Pending, unknown>;

  constructor(private readonly database: Database) {
    this.pending = new Batcher((questions) => this.settleAll(questions), { everyMs: EVERY_MS });
  }

  /**
   * What the question was answered before; else what `decide` makes of the first of its names that is in the register,
   * which is recorded; null: nothing yet. In one transaction, shared with other questions of the moment, because a
   * vehicle waits.
   */
  settle(question: TokenQuestion, decide: Decide): Promise<unknown> {
    return this.pending.push({ ...question, decide });
  }

  private settleAll(questions: readonly Pending[]): Promise<readonly unknown[]> {
    const tenants = forTenants([...new Set(questions.map(({ tenantId }) => tenantId))]);
    return this.database.transaction(tenants, async (tx) => {
      const [earlier, tokens] = await Promise.all([readAnswers(tx, questions), readTokens(tx, questions)]);
      const decided = questions.flatMap((question, place): Answered[] => {
        if (earlier.has(keyOf(question))) return [];
        const answer = question.decide(tokens[place] ?? null);
        return answer === null ? [] : [{ ...question, answer }];
      });
      const recorded = await record(tx, decided);
      return questions.map((question) => earlier.get(keyOf(question)) ?? recorded.get(keyOf(question)) ?? null);
    });
  }
}

interface Row {
  readonly device_id: string;
  readonly cause_id: string;
  readonly answer: unknown;
}
type Answers = ReadonlyMap<string, unknown>;
const toAnswers = (rows: readonly Row[]): Answers =>
  new Map(rows.map(({ device_id: deviceId, cause_id: causeId, answer }) => [keyOf({ deviceId, causeId }), answer]));
const keyOf = ({ deviceId, causeId }: { readonly deviceId: string; readonly causeId: string }): string =>
  `${deviceId}\n${causeId}`;

async function readAnswers(tx: Transaction, questions: readonly TokenQuestion[]): Promise<Answers> {
  const { rows } = await tx.query<Row>(
    `SELECT a.device_id, a.cause_id, a.answer
     FROM unnest($1::text[], $2::text[], $3::uuid[]) AS q (device_id, cause_id, tenant_id)
     JOIN session.answered_questions a
       ON a.device_id = q.device_id AND a.cause_id = q.cause_id AND a.tenant_id = q.tenant_id`,
    [
      questions.map(({ deviceId }) => deviceId),
      questions.map(({ causeId }) => causeId),
      questions.map(({ tenantId }) => tenantId),
    ],
    'answers-read',
  );
  return toAnswers(rows);
}

/** What counts: that of another process, if it was quicker. Ends the transaction. */
async function record(tx: Transaction, answers: readonly Answered[]): Promise<Answers> {
  if (answers.length === 0) return new Map();
  const { rows } = await tx.last<Row>(
    `INSERT INTO session.answered_questions (device_id, cause_id, tenant_id, kind, answer)
     SELECT DISTINCT ON (device_id, cause_id) device_id, cause_id, tenant_id, $5, answer
     FROM unnest($1::text[], $2::text[], $3::uuid[], $4::jsonb[]) WITH ORDINALITY
       AS q (device_id, cause_id, tenant_id, answer, place)
     ORDER BY device_id, cause_id, place
     ON CONFLICT (device_id, cause_id) DO UPDATE SET answer = answered_questions.answer
     RETURNING device_id, cause_id, answer`,
    [
      answers.map(({ deviceId }) => deviceId),
      answers.map(({ causeId }) => causeId),
      answers.map(({ tenantId }) => tenantId),
      answers.map(({ answer }) => JSON.stringify(answer)),
      KIND,
    ],
    'answers-record',
  );
  return toAnswers(rows);
}
