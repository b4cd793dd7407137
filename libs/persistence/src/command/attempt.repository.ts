import type { CommandId, DeviceId, Instant, TenantId } from '@chargebus/domain';
import type { CommandStatus } from '@chargebus/requests';
import type { Transaction } from '../database';
import { toCommand } from './command.record';
import type { ClaimedCommand, CommandRecord, CommandRow, DueCommand } from './command.record';

export interface AttemptKey {
  readonly commandId: CommandId;
  readonly attemptNo: number;
}
/** How one attempt ended, for its row. */
interface AttemptEnd extends AttemptKey {
  readonly outcome: string;
  readonly outcomeReason: string | null;
  /** When the first frame left, where `markSent` has not said so before; null: it has, or none left. */
  readonly sentAt: Instant | null;
}
export interface FinishedAttempt extends AttemptEnd {
  readonly status: CommandStatus;
  readonly reason: string | null;
  readonly result: Readonly<Record<string, unknown>> | null;
  /** The device said so: true even when another attempt has begun meanwhile. */
  readonly definitive: boolean;
}
export interface PostponedAttempt extends AttemptEnd {
  readonly delayMs: number;
  readonly exposed: boolean;
  readonly failures: number;
  readonly waits: number;
  /** `wakes` at the claim. More by now: the device came online meanwhile and there is no delay. */
  readonly wakes: number;
}

const OPEN = `status IN ('queued', 'sent')`;
const UNLEASED = '(leased_until IS NULL OR leased_until < now())';
const SPENT_AMONG = 'id = ANY ($2) AND (called_off IS NOT NULL OR expires_at <= now() OR (exposed AND NOT repeatable))';
const HELD = `held AS (
  SELECT c.id FROM unnest($1::uuid[], $2::int[]) AS a (id, attempt_no) JOIN command.commands c ON c.id = a.id
  WHERE c.attempts = a.attempt_no AND c.leased_until IS NOT NULL ORDER BY c.id FOR UPDATE OF c)`;

/**
 * Attempts to give commands to their devices: `command.attempts`, and the columns of `command.commands` that say who
 * may make one. The lease is what keeps two workers from giving one order at the same time, whatever the queue in
 * Redis does: it is taken with the attempt's row in one statement, kept alive by the process that holds it, and free
 * again soon after that process died. The attempt's number fences off a worker that was taken for dead.
 */
export class AttemptRepository {
  /**
   * Begins an attempt at those of the commands that are open, due to nobody else, in time, and safe to give (again).
   * From here on an attempt may have reached the device, until it is known that it did not. An earlier attempt that
   * never ended is closed as lost.
   */
  async claim(tx: Transaction, commandIds: readonly CommandId[], leaseMs: number): Promise<ClaimedCommand[]> {
    const { rows } = await tx.query<CommandRow & { exposed_before: boolean }>(
      `WITH free AS (
         SELECT id, exposed FROM command.commands
         WHERE id = ANY ($1) AND ${OPEN} AND ${UNLEASED} AND called_off IS NULL AND expires_at > now()
           AND (repeatable OR NOT exposed)
         ORDER BY id FOR UPDATE
       ), claimed AS (
         UPDATE command.commands c
         SET attempts = c.attempts + 1, exposed = true, leased_until = now() + $2 * interval '1 millisecond'
         FROM free WHERE c.id = free.id RETURNING c.*, free.exposed AS exposed_before
       ), abandoned AS (
         UPDATE command.attempts a SET finished_at = now(), outcome = 'lost', reason = 'interrupted'
         FROM claimed c WHERE a.command_id = c.id AND a.finished_at IS NULL
       ), begun AS (
         INSERT INTO command.attempts (tenant_id, command_id, attempt_no) SELECT tenant_id, id, attempts FROM claimed
       )
       SELECT * FROM claimed`,
      [commandIds, leaseMs],
      'attempt-claim',
    );
    return rows.map((row) => ({ ...toCommand(row), exposedBefore: row.exposed_before }));
  }

  /** The first frame left. Returns the commands that are `sent` by this. */
  async markSent(tx: Transaction, sends: readonly (AttemptKey & { readonly at: Instant })[]): Promise<CommandRecord[]> {
    const { rows } = await tx.query<CommandRow>(
      `WITH send AS (
         SELECT s.*, c.status FROM unnest($1::uuid[], $2::int[], $3::timestamptz[]) AS s (id, attempt_no, at)
         JOIN command.commands c ON c.id = s.id ORDER BY c.id FOR UPDATE OF c
       ), logged AS (
         UPDATE command.attempts a SET sent_at = send.at FROM send WHERE a.command_id = send.id AND a.attempt_no = send.attempt_no
       )
       UPDATE command.commands c SET status = 'sent', sent_at = coalesce(c.sent_at, send.at)
       FROM send WHERE c.id = send.id AND c.status = 'queued' AND c.attempts = send.attempt_no RETURNING c.*`,
      [sends.map((s) => s.commandId), sends.map((s) => s.attemptNo), sends.map((s) => s.at)],
      'attempt-sent',
    );
    return rows.map(toCommand);
  }

  /** Ends the commands with their attempts. Returns those that ended by this; the rest had ended, or went on, without. */
  async finish(tx: Transaction, ends: readonly FinishedAttempt[]): Promise<CommandRecord[]> {
    const ended = tx.query<CommandRow>(
      `WITH ending AS (
         SELECT e.* FROM unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::json[], $6::bool[], $7::timestamptz[])
           AS e (id, attempt_no, status, reason, result, definitive, sent_at)
         JOIN command.commands c ON c.id = e.id ORDER BY c.id FOR UPDATE OF c
       )
       UPDATE command.commands c
       SET status = e.status, reason = e.reason, result = e.result, finished_at = now(), leased_until = NULL,
           sent_at = coalesce(c.sent_at, e.sent_at)
       FROM ending e WHERE c.id = e.id AND c.${OPEN} AND (c.attempts = e.attempt_no OR e.definitive) RETURNING c.*`,
      [
        ends.map((e) => e.commandId),
        ends.map((e) => e.attemptNo),
        ends.map((e) => e.status),
        ends.map((e) => e.reason),
        ends.map((e) => (e.result === null ? null : JSON.stringify(e.result))),
        ends.map((e) => e.definitive),
        ends.map((e) => e.sentAt),
      ],
      'attempt-finish',
    );
    const [{ rows }] = await Promise.all([ended, this.close(tx, ends)]);
    return rows.map(toCommand);
  }

  /** Gives the commands back to the queue. Returns those that wait by this, with the time at which they are due. */
  async postpone(tx: Transaction, ends: readonly PostponedAttempt[]): Promise<CommandRecord[]> {
    const waiting = tx.query<CommandRow>(
      `WITH ending AS (
         SELECT e.* FROM unnest($1::uuid[], $2::int[], $3::int[], $4::bool[], $5::int[], $6::int[], $7::int[],
                                $8::timestamptz[])
           AS e (id, attempt_no, delay_ms, exposed, failures, waits, wakes, sent_at)
         JOIN command.commands c ON c.id = e.id ORDER BY c.id FOR UPDATE OF c
       )
       UPDATE command.commands c
       SET status = 'queued', leased_until = NULL, exposed = e.exposed, failures = e.failures, waits = e.waits,
           sent_at = coalesce(c.sent_at, e.sent_at),
           due_at = CASE WHEN c.wakes = e.wakes THEN now() + e.delay_ms * interval '1 millisecond' ELSE now() END
       FROM ending e WHERE c.id = e.id AND c.${OPEN} AND c.attempts = e.attempt_no RETURNING c.*`,
      [
        ends.map((e) => e.commandId),
        ends.map((e) => e.attemptNo),
        ends.map((e) => e.delayMs),
        ends.map((e) => e.exposed),
        ends.map((e) => e.failures),
        ends.map((e) => e.waits),
        ends.map((e) => e.wakes),
        ends.map((e) => e.sentAt),
      ],
      'attempt-postpone',
    );
    const [{ rows }] = await Promise.all([waiting, this.close(tx, ends)]);
    return rows.map(toCommand);
  }

  /** Says that these attempts are still under way here. */
  async renew(tx: Transaction, attempts: readonly AttemptKey[], leaseMs: number): Promise<void> {
    await tx.query(
      `WITH ${HELD}
       UPDATE command.commands c SET leased_until = now() + $3 * interval '1 millisecond' FROM held WHERE c.id = held.id`,
      [attempts.map((a) => a.commandId), attempts.map((a) => a.attemptNo), leaseMs],
    );
  }

  /** Gives these attempts up, as if this process had died: another one may go on at once. */
  async release(tx: Transaction, attempts: readonly AttemptKey[]): Promise<void> {
    await tx.query(
      `WITH ${HELD}
       UPDATE command.commands c SET leased_until = NULL, due_at = now() FROM held WHERE c.id = held.id`,
      [attempts.map((a) => a.commandId), attempts.map((a) => a.attemptNo)],
    );
  }

  /**
   * Ends what must not be tried (again): called off, expired, or cut off in the middle and not safe to repeat. `among`
   * null: the expired ones, whichever they are; the others are met when their job comes up. Where the device may have got it, nobody knows how it ended: `no_reply`. A start whose charge
   * was seen has arrived.
   */
  async closeSpent(tx: Transaction, among: readonly CommandId[] | null, limit: number): Promise<CommandRecord[]> {
    const { rows } = await tx.query<CommandRow>(
      `WITH spent AS (
         SELECT id FROM command.commands
         WHERE ${OPEN} AND ${UNLEASED} AND ${among === null ? 'expires_at <= now()' : SPENT_AMONG}
         ORDER BY id LIMIT $1 FOR UPDATE
       ), closed AS (
         UPDATE command.commands c
         SET finished_at = now(), leased_until = NULL,
             status = CASE WHEN called_off = 'charge_seen' THEN 'acked' WHEN exposed THEN 'no_reply'
                           WHEN called_off IS NOT NULL THEN 'withdrawn' ELSE 'expired' END,
             reason = coalesce(called_off, CASE WHEN expires_at <= now() THEN 'expired' ELSE 'interrupted' END)
         FROM spent WHERE c.id = spent.id RETURNING c.*
       ), abandoned AS (
         UPDATE command.attempts a SET finished_at = now(), outcome = 'lost', reason = 'interrupted'
         FROM closed c WHERE a.command_id = c.id AND a.finished_at IS NULL
       )
       SELECT * FROM closed`,
      among === null ? [limit] : [limit, among],
    );
    return rows.map(toCommand);
  }

  /** Makes what waits for these devices due now. A repeat only looks once more. */
  async wake(tx: Transaction, deviceIds: readonly DeviceId[]): Promise<DueCommand[]> {
    const { rows } = await tx.query<DueRow>(
      `WITH waiting AS (
         SELECT id FROM command.commands WHERE device_id = ANY ($1) AND ${OPEN} ORDER BY id FOR UPDATE
       )
       UPDATE command.commands c SET due_at = now(), wakes = c.wakes + 1, waits = 0
       FROM waiting WHERE c.id = waiting.id RETURNING c.id, c.tenant_id, c.device_id, c.kind`,
      [deviceIds],
    );
    return rows.map(toDue);
  }

  /** Makes everything that is open due now: for a process that starts and knows of no schedule. */
  async makeAllDue(tx: Transaction): Promise<void> {
    await tx.query(
      `WITH later AS (
         SELECT id FROM command.commands WHERE ${OPEN} AND ${UNLEASED} AND due_at > now() ORDER BY id FOR UPDATE
       )
       UPDATE command.commands c SET due_at = now() FROM later WHERE c.id = later.id`,
    );
  }

  /**
   * Takes what should have been looked at `overdueMs` ago and was not, as when Redis lost its job. It counts as looked
   * at for `againMs`, so that neither another replica nor the next sweep takes it at once.
   */
  async takeOverdue(tx: Transaction, overdueMs: number, againMs: number, limit: number): Promise<DueCommand[]> {
    const { rows } = await tx.query<DueRow>(
      `WITH overdue AS (
         SELECT id FROM command.commands
         WHERE ${OPEN} AND ${UNLEASED} AND due_at <= now() - $1 * interval '1 millisecond'
         ORDER BY due_at LIMIT $3 FOR UPDATE SKIP LOCKED
       )
       UPDATE command.commands c SET due_at = now() + $2 * interval '1 millisecond'
       FROM overdue WHERE c.id = overdue.id RETURNING c.id, c.tenant_id, c.device_id, c.kind`,
      [overdueMs, againMs, limit],
    );
    return rows.map(toDue);
  }

  private async close(tx: Transaction, ends: readonly AttemptEnd[]): Promise<void> {
    await tx.query(
      `UPDATE command.attempts a
       SET finished_at = now(), outcome = e.outcome, reason = e.reason, sent_at = coalesce(a.sent_at, e.sent_at)
       FROM unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::timestamptz[])
         AS e (id, attempt_no, outcome, reason, sent_at)
       WHERE a.command_id = e.id AND a.attempt_no = e.attempt_no`,
      [
        ends.map((e) => e.commandId),
        ends.map((e) => e.attemptNo),
        ends.map((e) => e.outcome),
        ends.map((e) => e.outcomeReason),
        ends.map((e) => e.sentAt),
      ],
      'attempt-close',
    );
  }
}

interface DueRow {
  readonly id: CommandId;
  readonly tenant_id: TenantId;
  readonly device_id: DeviceId;
  readonly kind: DueCommand['kind'];
}
const toDue = (row: DueRow): DueCommand => ({
  commandId: row.id,
  tenantId: row.tenant_id,
  deviceId: row.device_id,
  kind: row.kind,
});
