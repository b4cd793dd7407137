import type { ClientId, CommandId, DeviceId, TenantId } from '@chargebus/domain';
import type { Transaction } from '../database';
import { page } from '../paging';
import type { PageRequest, PageResult } from '../paging';
import type { FirmwareTarget } from './firmware.repository';

/** ordered: a command is on its way or under way. verifying: the device took it, its new version is awaited. */
export type UpgradeState = 'scheduled' | 'waiting' | 'ordered' | 'verifying' | 'completed' | 'failed' | 'cancelled';
export const OPEN_UPGRADES: readonly UpgradeState[] = ['scheduled', 'waiting', 'ordered', 'verifying'];
export type UpgradePhase =
  | 'scheduled'
  | 'waiting'
  | 'downloading'
  | 'transferring'
  | 'verifying'
  | 'installing'
  | 'rebooting'
  | 'completed'
  | 'failed'
  | 'cancelled'
  | 'rolled_back';

export interface NewUpgrade {
  readonly upgradeId: string;
  readonly tenantId: TenantId;
  readonly deviceId: DeviceId;
  readonly firmwareId: string;
  readonly clientId: ClientId | null;
  readonly jobId: string | null; // the rollout
  readonly rollsBack: string | null; // the upgrade that this one undoes
  readonly version: string;
  readonly target: FirmwareTarget;
  readonly protocol: string | null;
  readonly previousVersion: string | null;
  readonly previousFirmwareId: string | null;
  readonly mode: 'immediate' | 'scheduled';
  readonly scheduledAt: Date | null;
  readonly rollbackEnabled: boolean;
  readonly notifyProgress: boolean;
  readonly deadlineAt: Date; // until when it must have been ordered
}
/** What changes while it runs. */
export interface UpgradeChange {
  readonly state: UpgradeState;
  readonly phase: UpgradePhase;
  readonly progressPct: number | null; // of the phase; null: nobody knows
  readonly packetsSent: number | null;
  readonly packetsTotal: number | null;
  readonly reason: string | null;
  readonly message: string | null;
  readonly attempts: number;
  readonly commandId: CommandId | null;
  readonly reportedVersion: string | null;
  readonly dueAt: Date;
  readonly deadlineAt: Date;
}
export interface UpgradeRecord extends NewUpgrade, UpgradeChange {
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

const COLUMNS = `upgrade_id AS "upgradeId", tenant_id AS "tenantId", device_id AS "deviceId", firmware_id AS "firmwareId",
  client_id AS "clientId", job_id AS "jobId", rolls_back AS "rollsBack", version, target, protocol, previous_version AS "previousVersion",
  previous_firmware_id AS "previousFirmwareId", mode, scheduled_at AS "scheduledAt", rollback_enabled AS "rollbackEnabled",
  notify_progress AS "notifyProgress", state, phase, progress_pct AS "progressPct", packets_sent AS "packetsSent",
  packets_total AS "packetsTotal", reason, message, attempts, command_id AS "commandId", reported_version AS "reportedVersion",
  due_at AS "dueAt", deadline_at AS "deadlineAt", created_at AS "createdAt", started_at AS "startedAt",
  finished_at AS "finishedAt"`;
/** Whoever takes an upgrade to look at it is alone with it for so long. */
const LOOK_LEASE_S = 30;

/** Table `fleet.upgrades`, written by the app `fleet` alone; every change says from which state it leads. */
export class UpgradeRepository {
  /** Null: the device has an upgrade that is not over, or it is this one. */
  async insert(tx: Transaction, upgrade: NewUpgrade): Promise<UpgradeRecord | null> {
    const { rows } = await tx.query<UpgradeRecord & Record<string, unknown>>(
      `INSERT INTO fleet.upgrades (upgrade_id, tenant_id, device_id, firmware_id, client_id, job_id, rolls_back, version, target,
         protocol, previous_version, previous_firmware_id, mode, scheduled_at, rollback_enabled, notify_progress,
         deadline_at, state, phase, due_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $18,
         coalesce($14, now()))
       ON CONFLICT DO NOTHING RETURNING ${COLUMNS}`,
      [
        upgrade.upgradeId,
        upgrade.tenantId,
        upgrade.deviceId,
        upgrade.firmwareId,
        upgrade.clientId,
        upgrade.jobId,
        upgrade.rollsBack,
        upgrade.version,
        upgrade.target,
        upgrade.protocol,
        upgrade.previousVersion,
        upgrade.previousFirmwareId,
        upgrade.mode,
        upgrade.scheduledAt,
        upgrade.rollbackEnabled,
        upgrade.notifyProgress,
        upgrade.deadlineAt,
        upgrade.scheduledAt === null ? 'waiting' : 'scheduled',
      ],
    );
    return rows[0] ?? null;
  }

  async find(tx: Transaction, tenantId: TenantId, upgradeId: string): Promise<UpgradeRecord | null> {
    const { rows } = await tx.query<UpgradeRecord & Record<string, unknown>>(
      `SELECT ${COLUMNS} FROM fleet.upgrades WHERE tenant_id = $1 AND upgrade_id = $2`,
      [tenantId, upgradeId],
    );
    return rows[0] ?? null;
  }
  /** The one of each device that is not over, of whichever tenant. */
  async openOf(tx: Transaction, deviceIds: readonly string[]): Promise<UpgradeRecord[]> {
    const { rows } = await tx.query<UpgradeRecord & Record<string, unknown>>(
      `SELECT ${COLUMNS} FROM fleet.upgrades WHERE device_id = ANY ($1) AND finished_at IS NULL`,
      [deviceIds],
    );
    return rows;
  }

  page(
    tx: Transaction,
    tenantId: TenantId,
    filter: { readonly deviceId: string | null; readonly jobId: string | null },
    request: PageRequest,
  ): Promise<PageResult<UpgradeRecord>> {
    return page(tx, {
      request,
      from: 'fleet.upgrades',
      select: COLUMNS,
      conditions: ['tenant_id = $1', '($2::text IS NULL OR device_id = $2)', '($3::text IS NULL OR job_id = $3)'],
      params: [tenantId, filter.deviceId, filter.jobId],
      tieBreak: 'upgrade_id',
      read: (row: UpgradeRecord) => row,
    });
  }

  /** Those that are due, for one process at a time; a process that dies with them gives them up in half a minute. */
  async claimDue(tx: Transaction, limit: number): Promise<UpgradeRecord[]> {
    const { rows } = await tx.query<UpgradeRecord & Record<string, unknown>>(
      `UPDATE fleet.upgrades SET due_at = now() + interval '${LOOK_LEASE_S.toString()} seconds'
       WHERE upgrade_id IN (
         SELECT upgrade_id FROM fleet.upgrades WHERE finished_at IS NULL AND due_at <= now()
         ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED)
       RETURNING ${COLUMNS}`,
      [limit],
    );
    return rows;
  }
  /** Somebody should look at what these devices wait for. */
  async wake(tx: Transaction, deviceIds: readonly string[]): Promise<number> {
    const { count } = await tx.query(
      `UPDATE fleet.upgrades SET due_at = now()
       WHERE device_id = ANY ($1) AND finished_at IS NULL AND state <> 'scheduled' AND due_at > now()`,
      [deviceIds],
    );
    return count;
  }

  /**
   * Goes on from the state in which it was seen; what is not told stays. Whoever woke it since then is not overruled: it
   * stays due. Null: it has moved meanwhile.
   */
  async change(
    tx: Transaction,
    seen: Pick<UpgradeRecord, 'tenantId' | 'upgradeId' | 'state' | 'attempts' | 'dueAt'>,
    change: Partial<UpgradeChange>,
  ): Promise<UpgradeRecord | null> {
    const told = Object.entries(change) as [keyof UpgradeChange, unknown][];
    const { rows } = await tx.query<UpgradeRecord & Record<string, unknown>>(
      `UPDATE fleet.upgrades SET ${told.map(([name], at) => setting(name, `$${(at + 6).toString()}`)).join(', ')}
         ${change.state === 'ordered' ? ', started_at = coalesce(started_at, now())' : ''}
         ${change.state !== undefined && !OPEN_UPGRADES.includes(change.state) ? ', finished_at = coalesce(finished_at, now())' : ''}
       WHERE tenant_id = $1 AND upgrade_id = $2 AND state = $3 AND attempts = $4 AND $5::timestamptz IS NOT NULL
       RETURNING ${COLUMNS}`,
      [seen.tenantId, seen.upgradeId, seen.state, seen.attempts, seen.dueAt, ...told.map(([, value]) => value)],
    );
    return rows[0] ?? null;
  }
}

const COLUMN_OF: Readonly<Record<keyof UpgradeChange, string>> = {
  state: 'state',
  phase: 'phase',
  progressPct: 'progress_pct',
  packetsSent: 'packets_sent',
  packetsTotal: 'packets_total',
  reason: 'reason',
  message: 'message',
  attempts: 'attempts',
  commandId: 'command_id',
  reportedVersion: 'reported_version',
  dueAt: 'due_at',
  deadlineAt: 'deadline_at',
};

const setting = (name: keyof UpgradeChange, value: string): string =>
  name === 'dueAt'
    ? `due_at = CASE WHEN date_trunc('milliseconds', due_at) = $5 THEN ${value}::timestamptz ELSE due_at END`
    : `${COLUMN_OF[name]} = ${value}`;
