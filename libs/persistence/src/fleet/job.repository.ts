import type { ClientId, TenantId } from '@chargebus/domain';
import type { Transaction } from '../database';
import { page } from '../paging';
import type { PageRequest, PageResult } from '../paging';
import { JOB_COLUMNS, toJob } from './job.record';
import type { JobRecord, JobRow, JobState, NewJob } from './job.record';

export interface JobFilter {
  readonly clientId: ClientId | null; // who made them
  readonly kind: string | null;
  readonly state: JobState | null;
  readonly createdFrom: string | null;
  readonly createdTo: string | null;
}

/**
 * `fleet.jobs`, written by the app `fleet` alone. A process works on a job while it holds the lease; whoever changes
 * items of a job holds its row, so that the tally is exact and nobody waits for each other in a circle.
 */
export class JobRepository {
  /** Null: the client has used the idempotency key before. */
  async insert(tx: Transaction, job: NewJob, state: 'preparing' | 'running'): Promise<JobRecord | null> {
    const { rows } = await tx.query<JobRow>(
      `INSERT INTO fleet.jobs (job_id, tenant_id, client_id, within, kind, parameters, concurrency, timeout_ms,
                               continue_on_error, idempotency_key, request_hash, state, due_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, coalesce($13, now()))
       ON CONFLICT (tenant_id, client_id, idempotency_key) WHERE idempotency_key IS NOT NULL DO NOTHING
       RETURNING ${JOB_COLUMNS}`,
      [
        job.jobId,
        job.tenantId,
        job.clientId,
        job.within === null ? null : JSON.stringify(job.within),
        job.kind,
        JSON.stringify(job.parameters),
        job.concurrency,
        job.timeoutMs,
        job.continueOnError,
        job.idempotencyKey,
        job.requestHash,
        state,
        job.dueAt,
      ],
    );
    return rows[0] === undefined ? null : toJob(rows[0]);
  }

  async find(tx: Transaction, jobId: string): Promise<JobRecord | null> {
    const { rows } = await tx.query<JobRow>(`SELECT ${JOB_COLUMNS} FROM fleet.jobs WHERE job_id = $1`, [jobId]);
    return rows[0] === undefined ? null : toJob(rows[0]);
  }

  async findMany(tx: Transaction, jobIds: readonly string[]): Promise<JobRecord[]> {
    const { rows } = await tx.query<JobRow>(`SELECT ${JOB_COLUMNS} FROM fleet.jobs WHERE job_id = ANY ($1)`, [jobIds]);
    return rows.map(toJob);
  }

  async findByKey(tx: Transaction, tenantId: TenantId, clientId: ClientId, key: string): Promise<JobRecord | null> {
    const { rows } = await tx.query<JobRow>(
      `SELECT ${JOB_COLUMNS} FROM fleet.jobs WHERE tenant_id = $1 AND client_id = $2 AND idempotency_key = $3`,
      [tenantId, clientId, key],
    );
    return rows[0] === undefined ? null : toJob(rows[0]);
  }

  page(tx: Transaction, tenantId: TenantId, filter: JobFilter, request: PageRequest): Promise<PageResult<JobRecord>> {
    return page(tx, {
      request,
      from: 'fleet.jobs',
      select: JOB_COLUMNS,
      conditions: [
        'tenant_id = $1',
        '($2::text IS NULL OR kind = $2)',
        '($3::text IS NULL OR state = $3)',
        '($4::timestamptz IS NULL OR created_at >= $4)',
        '($5::timestamptz IS NULL OR created_at < $5)',
        '($6::uuid IS NULL OR client_id = $6)',
      ],
      params: [tenantId, filter.kind, filter.state, filter.createdFrom, filter.createdTo, filter.clientId],
      tieBreak: 'job_id',
      read: toJob,
    });
  }

  /**
   * Takes jobs that are due and that nobody works on, those of tenants with the fewest under way first, so that one
   * tenant's hundred jobs do not stand before another's first.
   */
  async claim(tx: Transaction, max: number, leaseMs: number): Promise<JobRecord[]> {
    const { rows } = await tx.query<JobRow>(
      `WITH due AS (
         SELECT job_id FROM fleet.jobs j
         WHERE finished_at IS NULL AND due_at <= now() AND (leased_until IS NULL OR leased_until < now())
         ORDER BY (SELECT count(*) FROM fleet.jobs other
                   WHERE other.tenant_id = j.tenant_id AND other.finished_at IS NULL AND other.leased_until >= now()), due_at
         LIMIT $1 FOR UPDATE SKIP LOCKED
       )
       UPDATE fleet.jobs SET leased_until = now() + $2 * interval '1 millisecond', lease_no = lease_no + 1
       WHERE job_id IN (SELECT job_id FROM due) RETURNING ${JOB_COLUMNS}`,
      [max, leaseMs],
      'fleet-claim-jobs',
    );
    return rows.map(toJob);
  }

  /** Goes on working on it, with its row held until the end of the transaction. Null: another process has it now. */
  async hold(tx: Transaction, jobId: string, leaseNo: number, leaseMs: number): Promise<JobRecord | null> {
    const { rows } = await tx.query<JobRow>(
      `UPDATE fleet.jobs SET leased_until = now() + $3 * interval '1 millisecond'
       WHERE job_id = $1 AND lease_no = $2 AND finished_at IS NULL RETURNING ${JOB_COLUMNS}`,
      [jobId, leaseNo, leaseMs],
      'fleet-hold-job',
    );
    return rows[0] === undefined ? null : toJob(rows[0]);
  }

  /** Lets another process have it, `dueInMs` from now. */
  async release(tx: Transaction, jobId: string, leaseNo: number, dueInMs: number): Promise<void> {
    await tx.query(
      `UPDATE fleet.jobs SET leased_until = NULL, due_at = now() + $3 * interval '1 millisecond'
       WHERE job_id = $1 AND lease_no = $2`,
      [jobId, leaseNo, dueInMs],
    );
  }

  /** Holds the rows of jobs until the end of the transaction. */
  async lock(tx: Transaction, jobIds: readonly string[]): Promise<void> {
    await tx.query('SELECT FROM fleet.jobs WHERE job_id = ANY ($1) ORDER BY job_id FOR UPDATE', [jobIds]);
  }

  /** Null: it ends already, or is over. */
  async beginEnding(
    tx: Transaction,
    jobId: string,
    endsAs: 'failed' | 'cancelled',
    reason: string,
  ): Promise<JobRecord | null> {
    const { rows } = await tx.query<JobRow>(
      `UPDATE fleet.jobs SET state = 'ending', ends_as = $2, reason = $3, due_at = now()
       WHERE job_id = $1 AND state IN ('preparing', 'running') RETURNING ${JOB_COLUMNS}`,
      [jobId, endsAs, reason],
    );
    return rows[0] === undefined ? null : toJob(rows[0]);
  }

  /** `position` null: all of its items are there, it runs. */
  async found(tx: Transaction, jobId: string, position: string | null): Promise<void> {
    await tx.query(
      `UPDATE fleet.jobs SET position = $2, due_at = now(), state = CASE WHEN $2::text IS NULL THEN 'running' ELSE state END
       WHERE job_id = $1 AND state = 'preparing'`,
      [jobId, position],
    );
  }

  async openStage(tx: Transaction, jobId: string, stage: number): Promise<void> {
    await tx.query('UPDATE fleet.jobs SET stage = $2 WHERE job_id = $1', [jobId, stage]);
  }

  /** Its items are all over. */
  async finish(tx: Transaction, jobId: string): Promise<JobRecord> {
    const { rows } = await tx.query<JobRow>(
      `UPDATE fleet.jobs SET state = coalesce(ends_as, 'completed'), finished_at = now(), leased_until = NULL,
         events = events + 1, told_at = now()
       WHERE job_id = $1 RETURNING ${JOB_COLUMNS}`,
      [jobId],
    );
    if (rows[0] === undefined) throw new Error(`job ${jobId} is gone`);
    return toJob(rows[0]);
  }

  /** Its progress is being told. False: it stands as it was told before. */
  async told(tx: Transaction, jobId: string): Promise<boolean> {
    const standing = 'jsonb_build_array(state, total, pending, running, succeeded, failed, skipped)';
    const { count } = await tx.query(
      `UPDATE fleet.jobs SET events = events + 1, told_at = now(), told_of = ${standing}
       WHERE job_id = $1 AND told_of IS DISTINCT FROM ${standing}`,
      [jobId],
    );
    return count > 0;
  }

  /** Deletes at most `limit` jobs, with their items, that were over longer than `days` ago. */
  async forget(tx: Transaction, days: number, limit: number): Promise<number> {
    const { count } = await tx.query(
      `DELETE FROM fleet.jobs WHERE job_id IN (
         SELECT job_id FROM fleet.jobs WHERE finished_at < now() - $1 * interval '1 day' LIMIT $2 FOR UPDATE SKIP LOCKED)`,
      [days, limit],
    );
    return count;
  }
}
