import type { ClientId, CommandId, DeviceCommand, DeviceId, Instant, SessionId, TenantId } from '@chargebus/domain';
import { COMMAND_PRIORITY } from '@chargebus/domain';
import type { CommandStatus, Page, PageQuery } from '@chargebus/requests';
import type { Transaction } from '../database';
import { totalOf } from '../total';
import { toAttempt, toCommand } from './command.record';
import type { AttemptRecord, AttemptRow, CommandRecord, CommandRow } from './command.record';

export interface NewCommand {
  readonly commandId: CommandId;
  readonly tenantId: TenantId;
  readonly deviceId: DeviceId;
  readonly clientId: ClientId | null;
  readonly sessionId: SessionId | null;
  readonly command: DeviceCommand;
  readonly repeatable: boolean;
  readonly expiresAt: Instant;
  /** This process can make the first attempt at once: the row begins with it, and with its lease. */
  readonly atOnce: boolean;
}
export interface AcceptLimits {
  /** Open commands that one device may have. */
  readonly perDevice: number;
  /** Open commands that the whole queue has room for. */
  readonly room: number;
  /** Of the attempts that begin at once. */
  readonly leaseMs: number;
}

const OPEN = `status IN ('queued', 'sent')`;
const UNLEASED = '(leased_until IS NULL OR leased_until < now())';

const portOf = (command: DeviceCommand): number | null => ('portNo' in command ? (command.portNo ?? null) : null);
const orderOf = (command: DeviceCommand): string | null => ('orderRef' in command ? command.orderRef : null);

/**
 * The life of a command outside its attempts: `command.commands`, written by the app `command` alone. Every statement
 * takes many commands, locks them in the order of their ids (so that two replicas never wait for each other in a
 * circle) and says in its WHERE from which states it leads: a repeat finds nothing to do.
 */
export class CommandRepository {
  /**
   * Inserts those that are new and for which there is room; a stop is never refused for lack of room. A start whose
   * own stop came first is born called off, so that it does not matter which of the two arrives first. What goes at
   * once is born claimed: as `AttemptRepository.claim` would do, without a second transaction.
   */
  async insert(tx: Transaction, commands: readonly NewCommand[], limits: AcceptLimits): Promise<CommandRecord[]> {
    const { rows } = await tx.query<CommandRow>(
      `WITH incoming AS (
         SELECT *, row_number() OVER (PARTITION BY device_id ORDER BY place) AS nth_of_device,
                row_number() OVER (ORDER BY place) AS nth
         FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::int[], $8::text[],
                     $9::json[], $10::int[], $11::bool[], $12::timestamptz[], $15::bool[]) WITH ORDINALITY
           AS t (id, tenant_id, device_id, client_id, session_id, kind, port_no, order_ref, command, priority,
                 repeatable, expires_at, at_once, place)
         WHERE NOT EXISTS (SELECT FROM command.commands known WHERE known.id = t.id)
       ), load AS (
         SELECT device_id, count(*) AS open FROM command.commands
         WHERE device_id = ANY ($3) AND ${OPEN} GROUP BY device_id
       ), accepted AS (
         SELECT incoming.*, CASE WHEN kind = 'charge.start' AND EXISTS (
             SELECT FROM command.commands stop WHERE stop.kind = 'charge.stop'
               AND stop.device_id = incoming.device_id AND stop.order_ref = incoming.order_ref) THEN 'stopped' END AS called_off
         FROM incoming LEFT JOIN load USING (device_id)
         WHERE kind = 'charge.stop' OR (nth <= $14 AND coalesce(open, 0) + nth_of_device <= $13)
       ), inserted AS (
         INSERT INTO command.commands (id, tenant_id, device_id, client_id, session_id, kind, port_no, order_ref, command,
                                       priority, repeatable, expires_at, called_off, attempts, exposed, leased_until)
         SELECT id, tenant_id, device_id, client_id, session_id, kind, port_no, order_ref, command, priority,
                repeatable, expires_at, called_off, begins::int, begins,
                CASE WHEN begins THEN now() + $16 * interval '1 millisecond' END
         FROM accepted, LATERAL (SELECT at_once AND called_off IS NULL AND expires_at > now() AS begins) b
         ON CONFLICT (id) DO NOTHING
         RETURNING *
       ), begun AS (
         INSERT INTO command.attempts (tenant_id, command_id, attempt_no)
         SELECT tenant_id, id, attempts FROM inserted WHERE attempts > 0
       )
       SELECT * FROM inserted`,
      [
        commands.map((c) => c.commandId),
        commands.map((c) => c.tenantId),
        commands.map((c) => c.deviceId),
        commands.map((c) => c.clientId),
        commands.map((c) => c.sessionId),
        commands.map((c) => c.command.kind),
        commands.map((c) => portOf(c.command)),
        commands.map((c) => orderOf(c.command)),
        commands.map((c) => JSON.stringify(c.command)),
        commands.map((c) => COMMAND_PRIORITY[c.command.kind]),
        commands.map((c) => c.repeatable),
        commands.map((c) => c.expiresAt),
        limits.perDevice,
        limits.room,
        commands.map((c) => c.atOnce),
        limits.leaseMs,
      ],
      'command-insert',
    );
    return rows.map(toCommand);
  }

  /**
   * Calls off the starts that these stops are for: of the same order, or of the same port unless both name their
   * session and it is another one. Returns the ids of the starts.
   */
  async callOffStarts(tx: Transaction, stops: readonly CommandId[]): Promise<CommandId[]> {
    if (stops.length === 0) return [];
    const { rows } = await tx.query<{ id: CommandId }>(
      `WITH hit AS (
         SELECT start.id FROM command.commands stop
         JOIN command.commands start ON start.device_id = stop.device_id AND start.tenant_id = stop.tenant_id
           AND start.kind = 'charge.start' AND start.${OPEN} AND start.called_off IS NULL
           AND (start.order_ref = stop.order_ref OR (start.port_no = stop.port_no
                AND coalesce(start.session_id = stop.session_id, true)))
         WHERE stop.id = ANY ($1)
         ORDER BY start.id FOR UPDATE OF start
       )
       UPDATE command.commands c SET called_off = 'stopped' FROM hit WHERE c.id = hit.id RETURNING c.id`,
      [stops],
    );
    return rows.map((row) => row.id);
  }

  /**
   * Calls off the starts of these sessions, because the charge was seen to run or is over. Returns their ids.
   */
  async callOffSessions(tx: Transaction, sessions: readonly SessionId[], reason: string): Promise<CommandId[]> {
    if (sessions.length === 0) return [];
    const { rows } = await tx.query<{ id: CommandId }>(
      `WITH hit AS (
         SELECT id FROM command.commands
         WHERE session_id = ANY ($1) AND kind = 'charge.start' AND ${OPEN} AND called_off IS NULL
         ORDER BY id FOR UPDATE
       )
       UPDATE command.commands c SET called_off = $2 FROM hit WHERE c.id = hit.id RETURNING c.id`,
      [sessions, reason],
    );
    return rows.map((row) => row.id);
  }

  /** Takes back a command that was never on its way. Null: it is not there, or it is too late. */
  async cancel(tx: Transaction, commandId: CommandId): Promise<CommandRecord | null> {
    const { rows } = await tx.query<CommandRow>(
      `UPDATE command.commands SET status = 'cancelled', reason = 'cancelled', finished_at = now()
       WHERE id = $1 AND status = 'queued' AND NOT exposed AND ${UNLEASED} RETURNING *`,
      [commandId],
    );
    return rows[0] === undefined ? null : toCommand(rows[0]);
  }

  /** Puts a dead letter back to work. Null: it is not there, or not dead. */
  async revive(tx: Transaction, commandId: CommandId, expiresAt: Instant): Promise<CommandRecord | null> {
    const { rows } = await tx.query<CommandRow>(
      `UPDATE command.commands
       SET status = 'queued', reason = NULL, result = NULL, finished_at = NULL, called_off = NULL,
           failures = 0, waits = 0, due_at = now(), expires_at = $2
       WHERE id = $1 AND status = 'dead' RETURNING *`,
      [commandId, expiresAt],
    );
    return rows[0] === undefined ? null : toCommand(rows[0]);
  }

  async findMany(tx: Transaction, commandIds: readonly CommandId[]): Promise<CommandRecord[]> {
    const { rows } = await tx.query<CommandRow>('SELECT * FROM command.commands WHERE id = ANY ($1)', [commandIds]);
    return rows.map(toCommand);
  }

  /** Attempts of these commands, oldest first. */
  async attemptsOf(tx: Transaction, commandIds: readonly CommandId[]): Promise<AttemptRecord[]> {
    const { rows } = await tx.query<AttemptRow>(
      'SELECT * FROM command.attempts WHERE command_id = ANY ($1) ORDER BY command_id, attempt_no',
      [commandIds],
    );
    return rows.map(toAttempt);
  }

  /** The log of one device or of the tenant, by creation. `cursor` comes from an earlier page. */
  async list(
    tx: Transaction,
    filter: CommandFilter,
    page: Pick<PageQuery, 'limit' | 'offset' | 'order' | 'counted'> & { readonly after: LogPosition | null },
  ): Promise<Page<CommandRecord> & { readonly next: LogPosition | null }> {
    const params = paramsOf(filter);
    const direction = page.order === 'asc' ? 'ASC' : 'DESC';
    const { rows } = await tx.query<CommandRow & { position: string }>(
      `SELECT *, created_at::text AS position FROM command.commands
       WHERE ${OF_LOG} AND ($10::timestamptz IS NULL
         OR (created_at, id) ${page.order === 'asc' ? '>' : '<'} ($10::timestamptz, $11::uuid))
       ORDER BY created_at ${direction}, id ${direction} LIMIT $12 OFFSET $13`,
      [...params, page.after?.createdAt ?? null, page.after?.commandId ?? null, page.limit + 1, page.offset],
    );
    const total = await totalOf(rows.length, { ...page, cursor: page.after }, () =>
      tx.query(`SELECT count(*)::int AS n FROM command.commands WHERE ${OF_LOG}`, params),
    );
    const items = rows.slice(0, page.limit);
    const last = items.at(-1);
    return {
      items: items.map(toCommand),
      total,
      nextCursor: null,
      next: rows.length > page.limit && last !== undefined ? { createdAt: last.position, commandId: last.id } : null,
    };
  }

  /** How many commands are neither finished nor refused. */
  async countOpen(tx: Transaction): Promise<number> {
    const { rows } = await tx.query<{ n: string }>(`SELECT count(*) AS n FROM command.commands WHERE ${OPEN}`);
    return Number(rows[0]?.n ?? 0);
  }
}

/** What the log can be searched for. Null or absent: any. */
export interface CommandFilter {
  readonly tenantId: TenantId;
  readonly deviceId: DeviceId | null;
  readonly deviceIds?: readonly DeviceId[] | null | undefined; // one of these
  readonly status: CommandStatus | null;
  readonly kind?: string | null | undefined; // `charge.*` is all of its family
  readonly sessionId?: string | null | undefined;
  readonly text?: string | null | undefined; // part of the order, of the device's answer or of the reason
  readonly from?: string | null | undefined; // RFC 3339; of creation
  readonly until?: string | null | undefined; // excluded
}
const OF_LOG = `tenant_id = $1 AND ($2::text IS NULL OR device_id = $2) AND ($3::text IS NULL OR status = $3)
  AND ($4::text IS NULL OR kind LIKE $4) AND ($5::text IS NULL OR session_id = $5)
  AND ($6::text IS NULL OR command::text ILIKE $6 OR result::text ILIKE $6 OR reason ILIKE $6)
  AND ($7::timestamptz IS NULL OR created_at >= $7) AND ($8::timestamptz IS NULL OR created_at < $8)
  AND ($9::text[] IS NULL OR device_id = ANY ($9))`;

const escaped = (text: string): string => text.replace(/[\\%_]/g, '\\$&');
const paramsOf = (filter: CommandFilter): unknown[] => [
  filter.tenantId,
  filter.deviceId,
  filter.status,
  filter.kind == null ? null : escaped(filter.kind).replace(/\*$/, '%'),
  filter.sessionId ?? null,
  filter.text == null ? null : `%${escaped(filter.text)}%`,
  filter.from ?? null,
  filter.until ?? null,
  filter.deviceIds ?? null,
];

/** A place in the log: creation with microseconds, then id. */
export interface LogPosition {
  readonly createdAt: string;
  readonly commandId: CommandId;
}
