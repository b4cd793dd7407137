import type { CommandId, DeviceId, TenantId } from '@chargebus/domain';
import type { Transaction } from '../../database';
import { page } from '../../paging';
import type { PageRequest, PageResult } from '../../paging';
import type { Actor } from '../params/param.record';

export type ControlAction = 'reboot' | 'reset' | 'maintenance_mode' | 'normal_mode';
export type ControlState = 'scheduled' | 'running' | 'done';
export type ControlOutcome = 'done' | 'rejected' | 'refused' | 'no_reply' | 'expired' | 'cancelled' | 'failed';

export interface NewControl {
  readonly controlId: string;
  readonly tenantId: TenantId;
  readonly deviceId: DeviceId;
  readonly action: ControlAction;
  readonly reason: string | null;
  readonly force: boolean;
  readonly notify: boolean;
  readonly delayS: number;
  readonly actor: Actor;
}
export interface ControlRecord extends NewControl {
  readonly notified: boolean;
  readonly state: ControlState;
  readonly outcome: ControlOutcome | null;
  readonly why: string | null;
  readonly commandId: CommandId | null;
  readonly createdAt: Date;
  readonly scheduledAt: Date;
  readonly finishedAt: Date | null;
}

interface ControlRow {
  readonly control_id: string;
  readonly tenant_id: TenantId;
  readonly device_id: DeviceId;
  readonly action: ControlAction;
  readonly reason: string | null;
  readonly force: boolean;
  readonly notify: boolean;
  readonly notified: boolean;
  readonly delay_s: number;
  readonly actor: Actor;
  readonly state: ControlState;
  readonly outcome: ControlOutcome | null;
  readonly why: string | null;
  readonly command_id: CommandId | null;
  readonly created_at: Date;
  readonly scheduled_at: Date;
  readonly finished_at: Date | null;
}
const COLUMNS = `c.control_id, c.tenant_id, c.device_id, c.action, c.reason, c.force, c.notify, c.notified, c.delay_s,
  c.actor, c.state, c.outcome, c.why, c.command_id, c.created_at, c.scheduled_at, c.finished_at`;

/** `fleet.controls`, written by the app `fleet` alone. A process works on an action while it holds the lease. */
export class ControlRepository {
  async insert(tx: Transaction, control: NewControl): Promise<ControlRecord> {
    const { rows } = await tx.query<ControlRow>(
      `INSERT INTO fleet.controls AS c (control_id, tenant_id, device_id, action, reason, force, notify, delay_s, actor,
                                        scheduled_at, due_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8::integer, $9, now() + $8 * interval '1 second',
               CASE WHEN $7 THEN now() ELSE now() + $8 * interval '1 second' END)
       RETURNING ${COLUMNS}`,
      [
        control.controlId,
        control.tenantId,
        control.deviceId,
        control.action,
        control.reason,
        control.force,
        control.notify,
        control.delayS,
        JSON.stringify(control.actor),
      ],
    );
    const [row] = rows;
    if (row === undefined) throw new Error('an inserted row came back as nothing');
    return toControl(row);
  }

  async find(tx: Transaction, controlId: string): Promise<ControlRecord | null> {
    const { rows } = await tx.query<ControlRow>(`SELECT ${COLUMNS} FROM fleet.controls c WHERE c.control_id = $1`, [
      controlId,
    ]);
    return rows[0] === undefined ? null : toControl(rows[0]);
  }

  list(
    tx: Transaction,
    deviceId: DeviceId,
    state: ControlState | null,
    request: PageRequest,
  ): Promise<PageResult<ControlRecord>> {
    return page(tx, {
      request,
      from: 'fleet.controls c',
      select: COLUMNS,
      conditions: ['c.device_id = $1', ...(state === null ? [] : ['c.state = $2'])],
      params: state === null ? [deviceId] : [deviceId, state],
      sorts: { created_at: 'c.created_at' },
      defaultSort: 'c.created_at',
      tieBreak: 'c.control_id',
      read: toControl,
    });
  }

  /** Takes due actions for `leaseMs`; `controlId`: this one, if it can be taken now. */
  async claim(
    tx: Transaction,
    leaseMs: number,
    limit: number,
    controlId: string | null = null,
  ): Promise<ControlRecord[]> {
    const { rows } = await tx.query<ControlRow>(
      `UPDATE fleet.controls c SET leased_until = now() + $1 * interval '1 millisecond'
       WHERE c.control_id IN (
         SELECT control_id FROM fleet.controls
         WHERE state <> 'done' AND due_at <= now() AND (leased_until IS NULL OR leased_until < now())
           AND ($3::text IS NULL OR control_id = $3)
         ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED)
       RETURNING ${COLUMNS}`,
      [leaseMs, limit, controlId],
    );
    return rows.map(toControl);
  }

  /** It was told; it is due at its time. */
  async told(tx: Transaction, controlId: string): Promise<void> {
    await tx.query(
      `UPDATE fleet.controls SET notified = true, due_at = scheduled_at, leased_until = NULL
       WHERE control_id = $1 AND state = 'scheduled'`,
      [controlId],
    );
  }

  /**
   * From here on it cannot be taken back. `commandId`: the order that carries it out; null: there is none. False: it was
   * taken back, or another process has it.
   */
  async begin(tx: Transaction, controlId: string, commandId: CommandId | null): Promise<boolean> {
    const { count } = await tx.query(
      `UPDATE fleet.controls SET state = 'running', command_id = $2
       WHERE control_id = $1 AND state <> 'done' AND leased_until >= now()`,
      [controlId, commandId],
    );
    return count === 1;
  }

  async release(tx: Transaction, controlId: string, inMs: number): Promise<void> {
    await tx.query(
      `UPDATE fleet.controls SET leased_until = NULL, due_at = now() + $2 * interval '1 millisecond'
       WHERE control_id = $1 AND state <> 'done'`,
      [controlId, inMs],
    );
  }

  async finish(
    tx: Transaction,
    controlId: string,
    end: { readonly outcome: ControlOutcome; readonly why: string | null },
  ): Promise<void> {
    await tx.query(
      `UPDATE fleet.controls SET state = 'done', outcome = $2, why = $3, finished_at = now(), leased_until = NULL
       WHERE control_id = $1 AND state <> 'done'`,
      [controlId, end.outcome, end.why],
    );
  }

  /** Null: it is under way or over. */
  async cancel(tx: Transaction, controlId: string): Promise<ControlRecord | null> {
    const { rows } = await tx.query<ControlRow>(
      `UPDATE fleet.controls c SET state = 'done', outcome = 'cancelled', finished_at = now(), leased_until = NULL
       WHERE c.control_id = $1 AND c.state = 'scheduled' RETURNING ${COLUMNS}`,
      [controlId],
    );
    return rows[0] === undefined ? null : toControl(rows[0]);
  }
}

const toControl = (row: ControlRow): ControlRecord => ({
  controlId: row.control_id,
  tenantId: row.tenant_id,
  deviceId: row.device_id,
  action: row.action,
  reason: row.reason,
  force: row.force,
  notify: row.notify,
  notified: row.notified,
  delayS: row.delay_s,
  actor: row.actor,
  state: row.state,
  outcome: row.outcome,
  why: row.why,
  commandId: row.command_id,
  createdAt: row.created_at,
  scheduledAt: row.scheduled_at,
  finishedAt: row.finished_at,
});
