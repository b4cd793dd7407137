import type { TenantId } from '@chargebus/domain';
import type { Transaction } from '../database';

export interface RolloutRecord {
  readonly rolloutId: string; // of its job, too
  readonly firmwareId: string | null; // null: each device gets back what it had
  readonly haltedAt: Date | null;
  readonly haltReason: string | null;
  readonly forgiven: number; // failures that were known when it was resumed
}

const COLUMNS = `rollout_id AS "rolloutId", firmware_id AS "firmwareId", halted_at AS "haltedAt", halt_reason AS "haltReason",
  forgiven`;

/** Table `fleet.rollouts`, written by the app `fleet` alone. */
export class RolloutRepository {
  /** The row of a job whose first items may be under way already. */
  async put(tx: Transaction, tenantId: TenantId, rolloutId: string, firmwareId: string | null): Promise<void> {
    await tx.query(
      `INSERT INTO fleet.rollouts (rollout_id, tenant_id, firmware_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
      [rolloutId, tenantId, firmwareId],
    );
  }
  async find(tx: Transaction, rolloutId: string): Promise<RolloutRecord | null> {
    const { rows } = await tx.query<RolloutRecord & Record<string, unknown>>(
      `SELECT ${COLUMNS} FROM fleet.rollouts WHERE rollout_id = $1`,
      [rolloutId],
    );
    return rows[0] ?? null;
  }
  /** A rollout that is halted stays so, for its first reason. */
  async halt(tx: Transaction, rolloutId: string, reason: string): Promise<void> {
    await tx.query(
      `UPDATE fleet.rollouts SET halted_at = now(), halt_reason = $2 WHERE rollout_id = $1 AND halted_at IS NULL`,
      [rolloutId, reason],
    );
  }
  /** False: it was not halted. */
  async resume(tx: Transaction, rolloutId: string): Promise<boolean> {
    const { count } = await tx.query(
      `UPDATE fleet.rollouts r SET halted_at = NULL, halt_reason = NULL, forgiven = j.failed
       FROM fleet.jobs j WHERE r.rollout_id = $1 AND j.job_id = r.rollout_id AND r.halted_at IS NOT NULL`,
      [rolloutId],
    );
    return count === 1;
  }
  /** How long a wave has been over, ms; it counts from the first time that this is asked. */
  async overFor(tx: Transaction, rolloutId: string, wave: number): Promise<number> {
    const { rows } = await tx.query<{ ms: number }>(
      `UPDATE fleet.rollouts SET wave_over = $2,
         wave_over_at = CASE WHEN wave_over = $2 THEN wave_over_at ELSE now() END
       WHERE rollout_id = $1 RETURNING (extract(epoch FROM now() - wave_over_at) * 1000)::float8 AS ms`,
      [rolloutId, wave],
    );
    return rows[0]?.ms ?? 0;
  }
  /** Upgrades of rollouts that are over while their item still waits: whoever ended them died before it said so. */
  async untold(tx: Transaction, limit: number): Promise<readonly { tenantId: TenantId; upgradeId: string }[]> {
    const { rows } = await tx.query<{ tenantId: TenantId; upgradeId: string }>(
      `SELECT u.tenant_id AS "tenantId", u.upgrade_id AS "upgradeId" FROM fleet.job_items i
       JOIN fleet.upgrades u ON u.upgrade_id = i.wait_key
       WHERE i.status = 'running' AND i.wait_key IS NOT NULL AND u.finished_at < now() - interval '5 seconds' LIMIT $1`,
      [limit],
    );
    return rows;
  }
}
