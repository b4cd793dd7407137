import { Instant } from '@chargebus/domain';
import { TokenVerdict } from '@chargebus/requests';
import { z } from 'zod';

/** What a client answers: a status, and what else it cares to say. Unknown fields are its own affair. */
const CallbackAnswer = z.object({
  status: TokenVerdict.shape.status,
  expiry: z.iso.datetime({ offset: true }).nullish(),
  group: TokenVerdict.shape.groupId.optional(),
  balance: TokenVerdict.shape.balanceFen.optional(),
});

/** Null: it said nothing that can be understood. */
export function readCallbackAnswer(status: number, body: Buffer): TokenVerdict | null {
  if (status !== 200) return null;
  const parsed = CallbackAnswer.safeParse(readJson(body));
  if (!parsed.success) return null;
  const { expiry, group, balance } = parsed.data;
  return {
    status: parsed.data.status,
    expiresAt: expiry == null ? null : Instant.parse(new Date(expiry).toISOString()),
    groupId: group ?? null,
    balanceFen: balance ?? null,
  };
}

function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}

/** One who accepts is enough; else the first who said anything. Null: nobody did. */
export function weigh(answers: readonly (TokenVerdict | null)[]): TokenVerdict | null {
  const given = answers.filter((answer) => answer !== null);
  return (
    given.find(({ status }) => status === 'accepted') ??
    given.find(({ status }) => status !== 'unknown') ??
    given[0] ??
    null
  );
}
