import type { ClientId, CommandId, DeviceCommand, DeviceId, TenantId } from '@chargebus/domain';
import type { Page, PageQuery } from '@chargebus/requests';
import type { Database } from '../database';
import { asSystem, forTenant } from '../scope';
import { page as onePage } from '../paging';

/** A dangerous order that waits for a second person, or what became of it. */
export interface Approval {
  readonly approvalId: string; // UUID
  readonly tenantId: TenantId;
  readonly deviceId: DeviceId;
  readonly command: DeviceCommand;
  readonly reason: string;
  readonly expiresInS: number; // of the command, from the moment of its approval
  readonly status: 'pending' | 'approved' | 'rejected' | 'expired';
  readonly requestedBy: ClientId;
  readonly requestedByName: string;
  readonly requestedByHand: ClientId; // the person behind the key; the key itself where that is nobody in particular
  readonly requestedAt: string; // RFC 3339
  readonly expiresAt: string; // a decision after that does not count
  readonly decidedBy: ClientId | null;
  readonly decidedByName: string | null;
  readonly decidedAt: string | null;
  readonly comment: string | null;
  readonly commandId: CommandId | null; // null: not given to the device
  readonly told: Approval['status'] | null; // the last state that an event told; null: none
}
export type NewApproval = Pick<
  Approval,
  'approvalId' | 'tenantId' | 'deviceId' | 'command' | 'reason' | 'expiresInS' | 'requestedBy' | 'expiresAt'
>;
/** Null: any. */
export interface ApprovalFilter {
  readonly status: Approval['status'] | null;
  readonly deviceId: string | null;
  readonly deviceIds: readonly DeviceId[] | null;
}
export interface Decision {
  readonly status: 'approved' | 'rejected';
  readonly decidedBy: ClientId;
  readonly comment: string | null;
}

interface Row {
  approval_id: string;
  tenant_id: TenantId;
  device_id: DeviceId;
  command: DeviceCommand;
  reason: string;
  expires_in_s: number;
  shown_status: Approval['status'];
  requested_by: ClientId;
  requested_by_name: string;
  requested_by_hand: ClientId;
  requested_at: Date;
  expires_at: Date;
  decided_by: ClientId | null;
  decided_by_name: string | null;
  decided_at: Date | null;
  comment: string | null;
  command_id: CommandId | null;
  told: Approval['told'];
}
const toApproval = (row: Row): Approval => ({
  approvalId: row.approval_id,
  tenantId: row.tenant_id,
  deviceId: row.device_id,
  command: row.command,
  reason: row.reason,
  expiresInS: row.expires_in_s,
  status: row.shown_status,
  requestedBy: row.requested_by,
  requestedByName: row.requested_by_name,
  requestedByHand: row.requested_by_hand,
  requestedAt: row.requested_at.toISOString(),
  expiresAt: row.expires_at.toISOString(),
  decidedBy: row.decided_by,
  decidedByName: row.decided_by_name,
  decidedAt: row.decided_at?.toISOString() ?? null,
  comment: row.comment,
  commandId: row.command_id,
  told: row.told,
});
const STATUS = "CASE WHEN a.status = 'pending' AND a.expires_at <= now() THEN 'expired' ELSE a.status END";
const SELECT = `a.*, ${STATUS} AS shown_status, r.name AS requested_by_name,
  coalesce(r.owner_id, r.client_id) AS requested_by_hand, d.name AS decided_by_name`;
const FROM = `iam.approvals a JOIN iam.clients r ON r.client_id = a.requested_by
  LEFT JOIN iam.clients d ON d.client_id = a.decided_by`;

/** Written by `api` only. */
export class ApprovalRepository {
  constructor(private readonly database: Database) {}

  /** The same id again changes nothing: a repeated request is one request. */
  async insert(approval: NewApproval): Promise<void> {
    await this.database.query(
      forTenant(approval.tenantId),
      `INSERT INTO iam.approvals (approval_id, tenant_id, device_id, command, reason, expires_in_s, requested_by, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
      [
        approval.approvalId,
        approval.tenantId,
        approval.deviceId,
        approval.command,
        approval.reason,
        approval.expiresInS,
        approval.requestedBy,
        approval.expiresAt,
      ],
    );
  }

  async find(tenantId: TenantId, approvalId: string): Promise<Approval | null> {
    const { rows } = await this.database.query<Row>(
      forTenant(tenantId),
      `SELECT ${SELECT} FROM ${FROM} WHERE a.tenant_id = $1 AND a.approval_id = $2`,
      [tenantId, approvalId],
    );
    return rows[0] === undefined ? null : toApproval(rows[0]);
  }

  list(tenantId: TenantId, filter: ApprovalFilter, page: PageQuery): Promise<Page<Approval>> {
    return this.database.transaction(forTenant(tenantId), (tx) =>
      onePage(tx, {
        request: page,
        from: FROM,
        select: SELECT,
        conditions: [
          'a.tenant_id = $1',
          `($2::text IS NULL OR ${STATUS} = $2)`,
          '($3::text IS NULL OR a.device_id = $3)',
          '($4::text[] IS NULL OR a.device_id = ANY ($4))',
        ],
        params: [tenantId, filter.status, filter.deviceId, filter.deviceIds],
        sorts: { requested_at: 'a.requested_at' },
        defaultSort: 'a.requested_at',
        tieBreak: 'a.approval_id',
        read: toApproval,
      }),
    );
  }

  /** Devices that something dangerous was ever asked for. */
  async deviceIds(tenantId: TenantId): Promise<readonly DeviceId[]> {
    const { rows } = await this.database.query<{ device_id: DeviceId }>(
      forTenant(tenantId),
      'SELECT DISTINCT device_id FROM iam.approvals WHERE tenant_id = $1 ORDER BY 1 LIMIT 10000',
      [tenantId],
    );
    return rows.map((row) => row.device_id);
  }

  /** The one decision that counts: of a request that is pending, in time, by somebody else. False: it was not that. */
  async decide(tenantId: TenantId, approvalId: string, decision: Decision): Promise<boolean> {
    const { count } = await this.database.query(
      forTenant(tenantId),
      `UPDATE iam.approvals SET status = $3, decided_by = $4, decided_at = now(), comment = $5
       WHERE tenant_id = $1 AND approval_id = $2 AND status = 'pending' AND expires_at > now() AND requested_by <> $4`,
      [tenantId, approvalId, decision.status, decision.decidedBy, decision.comment],
    );
    return count === 1;
  }

  async setCommand(tenantId: TenantId, approvalId: string, commandId: CommandId): Promise<void> {
    await this.database.query(
      forTenant(tenantId),
      'UPDATE iam.approvals SET command_id = $3 WHERE tenant_id = $1 AND approval_id = $2',
      [tenantId, approvalId, commandId],
    );
  }

  /** Their events are out; one that is behind does not take back what a later one says. */
  async markTold({ tenantId, approvalId, status }: Approval): Promise<void> {
    await this.database.query(
      forTenant(tenantId),
      `UPDATE iam.approvals SET told = $3
       WHERE tenant_id = $1 AND approval_id = $2 AND (told IS NULL OR told = 'pending')`,
      [tenantId, approvalId, status],
    );
  }

  /** Asked for, decided or expired some seconds ago, and no event has told it. */
  async findUntold(olderThanS: number): Promise<readonly Approval[]> {
    const { rows } = await this.database.query<Row>(
      asSystem('approvals of every tenant'),
      `SELECT ${SELECT} FROM ${FROM}
       WHERE (a.told IS NULL OR a.told = 'pending') AND a.told IS DISTINCT FROM ${STATUS}
         AND coalesce(a.decided_at, a.requested_at) < now() - make_interval(secs => $1)
         AND a.expires_at > now() - interval '1 day'
       ORDER BY a.expires_at LIMIT 100`,
      [olderThanS],
    );
    return rows.map(toApproval);
  }

  /** Approved some seconds ago and still not given to the device: whoever approved it died, or `command` was away. */
  async findStranded(olderThanS: number): Promise<readonly Approval[]> {
    const { rows } = await this.database.query<Row>(
      asSystem('approved orders of every tenant'),
      `SELECT ${SELECT} FROM ${FROM} WHERE a.status = 'approved' AND a.command_id IS NULL
         AND a.decided_at < now() - make_interval(secs => $1) AND a.decided_at > now() - interval '1 day'
       ORDER BY a.decided_at LIMIT 100`,
      [olderThanS],
    );
    return rows.map(toApproval);
  }
}
