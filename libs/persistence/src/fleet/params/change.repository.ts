import type { ChangeOutcome, DeviceId } from '@chargebus/domain';
import type { Transaction } from '../../database';
import { page } from '../../paging';
import type { PageRequest, PageResult } from '../../paging';
import type { ChangeEnd, ChangeRecord, ChangeState, NewChange } from './param.record';

interface ChangeRow {
  readonly change_id: string;
  readonly tenant_id: ChangeRecord['tenantId'];
  readonly device_id: DeviceId;
  readonly state: ChangeState;
  readonly resting: boolean;
  readonly requested: ChangeRecord['requested'];
  readonly mode: ChangeRecord['mode'];
  readonly backup: boolean;
  readonly source: string;
  readonly actor: ChangeRecord['actor'];
  readonly note: string | null;
  readonly job_id: string | null;
  readonly created_at: Date;
  readonly expires_at: Date;
  readonly finished_at: Date | null;
  readonly outcome: ChangeOutcome | null;
  readonly reason: string | null;
  readonly result: ChangeRecord['result'];
  readonly version: number | null;
}
const COLUMNS = `c.change_id, c.tenant_id, c.device_id, c.state, c.requested, c.mode, c.backup, c.source, c.actor, c.note,
  c.job_id, c.created_at, c.expires_at, c.finished_at, c.outcome, c.reason, c.result, c.version,
  c.leased_until IS NULL AND c.due_at > now() AS resting`;

/**
 * `fleet.param_changes`, written by the app `fleet` alone. A process works on a change while it holds the lease, and on
 * one change of a device at a time: what has begun goes on, else the latest of those that are due is first, so that an
 * earlier one knows what of it a later one has done.
 */
export class ParameterChangeRepository {
  /** Null: there is a change of this id already. */
  async insert(tx: Transaction, change: NewChange): Promise<ChangeRecord | null> {
    const { rows } = await tx.query<ChangeRow>(
      `INSERT INTO fleet.param_changes AS c (change_id, tenant_id, device_id, state, requested, mode, backup, source,
                                             actor, note, job_id, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
       ON CONFLICT (change_id) DO NOTHING RETURNING ${COLUMNS}`,
      [
        change.changeId,
        change.tenantId,
        change.deviceId,
        change.held ? 'held' : 'waiting',
        JSON.stringify(change.requested),
        change.mode,
        change.backup,
        change.source,
        JSON.stringify(change.actor),
        change.note,
        change.jobId,
        change.expiresAt,
      ],
    );
    return rows[0] === undefined ? null : toChange(rows[0]);
  }

  async find(tx: Transaction, changeId: string): Promise<ChangeRecord | null> {
    const { rows } = await tx.query<ChangeRow>(`SELECT ${COLUMNS} FROM fleet.param_changes c WHERE c.change_id = $1`, [
      changeId,
    ]);
    return rows[0] === undefined ? null : toChange(rows[0]);
  }

  list(
    tx: Transaction,
    filter: { readonly deviceId: DeviceId | null; readonly state: ChangeState | null },
    request: PageRequest,
  ): Promise<PageResult<ChangeRecord>> {
    const conditions = ['true'];
    const params: unknown[] = [];
    for (const [column, value] of [
      ['c.device_id', filter.deviceId],
      ['c.state', filter.state],
    ] as const) {
      if (value === null) continue;
      params.push(value);
      conditions.push(`${column} = $${params.length.toString()}`);
    }
    return page(tx, {
      request,
      from: 'fleet.param_changes c',
      select: COLUMNS,
      conditions,
      params,
      sorts: { created_at: 'c.created_at' },
      defaultSort: 'c.created_at',
      tieBreak: 'c.change_id',
      read: toChange,
    });
  }

  /**
   * Takes due changes for `leaseMs`, one at most of each device, and not while one of the device is taken or begun or a
   * later one is due, too. `only`: this one, or one of this device, if it can be taken now. Throws where another process
   * takes one of the device in the same moment.
   */
  async claim(
    tx: Transaction,
    leaseMs: number,
    limit: number,
    only: { readonly changeId?: string; readonly deviceId?: DeviceId } = {},
  ): Promise<ChangeRecord[]> {
    const { rows } = await tx.query<ChangeRow>(
      `UPDATE fleet.param_changes c SET leased_until = now() + $1 * interval '1 millisecond'
       WHERE c.change_id IN (
         SELECT d.change_id FROM fleet.param_changes d
         WHERE d.state <> 'done' AND d.due_at <= now() AND (d.leased_until IS NULL OR d.leased_until < now())
           AND ($3::text IS NULL OR d.change_id = $3) AND ($4::text IS NULL OR d.device_id = $4)
           AND NOT EXISTS (
             SELECT FROM fleet.param_changes o
             WHERE o.device_id = d.device_id AND o.change_id <> d.change_id AND o.state <> 'done'
               AND (o.leased_until IS NOT NULL OR o.state = 'applying'
                    OR d.leased_until IS NULL AND d.state <> 'applying'
                       AND o.due_at <= now() AND (o.created_at, o.change_id) > (d.created_at, d.change_id)))
         ORDER BY d.due_at LIMIT $2 FOR UPDATE SKIP LOCKED)
       RETURNING ${COLUMNS}`,
      [leaseMs, limit, only.changeId ?? null, only.deviceId ?? null],
    );
    return rows.map(toChange);
  }

  /** Parameters of this change that later ones of the device have set meanwhile; none once it has begun. */
  async overtaken(tx: Transaction, changeId: string): Promise<ReadonlySet<string>> {
    const { rows } = await tx.query<{ name: string }>(
      `SELECT DISTINCT k.name
       FROM fleet.param_changes c
       JOIN fleet.param_changes n ON n.tenant_id = c.tenant_id AND n.device_id = c.device_id
         AND (n.created_at, n.change_id) > (c.created_at, c.change_id)
       CROSS JOIN LATERAL jsonb_to_recordset(n.result) AS k (name text, outcome text)
       WHERE c.change_id = $1 AND c.state <> 'applying' AND c.requested ? k.name
         AND n.state = 'done' AND k.outcome IN ('applied', 'unchanged', 'mismatch')`,
      [changeId],
    );
    return new Set(rows.map(({ name }) => name));
  }

  /** False: the lease is somebody else's by now, or the change is over. */
  async renew(tx: Transaction, changeId: string, state: 'applying', leaseMs: number): Promise<boolean> {
    const { count } = await tx.query(
      `UPDATE fleet.param_changes SET state = $2, leased_until = now() + $3 * interval '1 millisecond'
       WHERE change_id = $1 AND state <> 'done' AND leased_until >= now()`,
      [changeId, state, leaseMs],
    );
    return count === 1;
  }

  /** Gives it back, to be looked at again after `inMs`. */
  async release(tx: Transaction, changeId: string, state: ChangeState, inMs: number): Promise<void> {
    await tx.query(
      `UPDATE fleet.param_changes SET state = $2, leased_until = NULL, due_at = now() + $3 * interval '1 millisecond'
       WHERE change_id = $1 AND state <> 'done'`,
      [changeId, state, inMs],
    );
  }

  /** What waits for these devices, or for their charges to end, is due now. */
  async wake(tx: Transaction, deviceIds: readonly DeviceId[]): Promise<number> {
    const { count } = await tx.query(
      `UPDATE fleet.param_changes SET due_at = now()
       WHERE device_id = ANY ($1) AND state IN ('held', 'waiting') AND due_at > now()`,
      [deviceIds],
    );
    return count;
  }

  /** False: it was over already. */
  async finish(
    tx: Transaction,
    changeId: string,
    end: Pick<ChangeEnd, 'outcome' | 'reason' | 'result'>,
    version: number | null,
  ): Promise<boolean> {
    const { count } = await tx.query(
      `UPDATE fleet.param_changes SET state = 'done', outcome = $2, reason = $3, result = $4, version = $5,
              finished_at = now(), leased_until = NULL, due_at = now()
       WHERE change_id = $1 AND state <> 'done'`,
      [changeId, end.outcome, end.reason, JSON.stringify(end.result), version],
    );
    return count === 1;
  }

  /** Only what nobody has begun with can be taken back. Null: it is not such a change. */
  async cancel(tx: Transaction, changeId: string): Promise<ChangeRecord | null> {
    const { rows } = await tx.query<ChangeRow>(
      `UPDATE fleet.param_changes c SET state = 'done', outcome = 'cancelled', result = '[]', finished_at = now(), due_at = now()
       WHERE c.change_id = $1 AND c.state IN ('held', 'waiting') AND (c.leased_until IS NULL OR c.leased_until < now())
       RETURNING ${COLUMNS}`,
      [changeId],
    );
    return rows[0] === undefined ? null : toChange(rows[0]);
  }

  /** Ends that the world has not been told of, for `leaseMs`. */
  async claimUnannounced(tx: Transaction, leaseMs: number, limit: number): Promise<ChangeRecord[]> {
    const { rows } = await tx.query<ChangeRow>(
      `UPDATE fleet.param_changes c SET due_at = now() + $1 * interval '1 millisecond'
       WHERE c.change_id IN (SELECT change_id FROM fleet.param_changes
                             WHERE state = 'done' AND NOT announced AND due_at <= now()
                             ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED)
       RETURNING ${COLUMNS}`,
      [leaseMs, limit],
    );
    return rows.map(toChange);
  }
  async markAnnounced(tx: Transaction, changeId: string): Promise<void> {
    await tx.query('UPDATE fleet.param_changes SET announced = true WHERE change_id = $1', [changeId]);
  }
}

const toChange = (row: ChangeRow): ChangeRecord => ({
  changeId: row.change_id,
  tenantId: row.tenant_id,
  deviceId: row.device_id,
  state: row.state,
  resting: row.resting,
  requested: row.requested,
  mode: row.mode,
  backup: row.backup,
  source: row.source,
  actor: row.actor,
  note: row.note,
  jobId: row.job_id,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  finishedAt: row.finished_at,
  outcome: row.outcome,
  reason: row.reason,
  result: row.result,
  version: row.version,
});
