import type { CommandId, TenantId } from '@chargebus/domain';
import type { Transaction } from '../database';
import { page } from '../paging';
import type { PageRequest, PageResult } from '../paging';
import { ITEM_COLUMNS } from './job.record';
import type { JobItemRecord, JobItemStatus, JobItemStep, JobTally, NewJobItem } from './job.record';

/** How soon somebody asks how an awaited order stands; twice as long each time after that. */
const FIRST_LOOK_MS = 2_000;
const LONGEST_LOOK_MS = 60_000;
const MOVED = (status: JobItemStatus): string => `count(*) FILTER (WHERE status = '${status}')::int`;

/**
 * `fleet.job_items`, written by the app `fleet` alone, always with the row of the job held. Every statement takes many
 * items and says in its WHERE from which state it leads, so that a repeat finds nothing to do.
 */
export class JobItemRepository {
  /** Adds items behind those that are there. */
  async append(tx: Transaction, jobId: string, tenantId: TenantId, items: readonly NewJobItem[]): Promise<void> {
    if (items.length === 0) return;
    await tx.query(
      `WITH job AS (
         UPDATE fleet.jobs SET total = total + $6, pending = pending + $6 WHERE job_id = $1 RETURNING total - $6 AS before
       )
       INSERT INTO fleet.job_items (job_id, item_no, tenant_id, stage, device_id, input)
       SELECT $1, job.before + i.place, $2, i.stage, i.device_id, i.input
       FROM job, unnest($3::int[], $4::text[], $5::jsonb[]) WITH ORDINALITY AS i (stage, device_id, input, place)`,
      [
        jobId,
        tenantId,
        items.map(({ stage }) => stage),
        items.map(({ deviceId }) => deviceId),
        items.map(({ input }) => JSON.stringify(input)),
        items.length,
      ],
    );
  }

  /** Begins the next items of the stages that are open, in their order. */
  async begin(
    tx: Transaction,
    job: {
      readonly jobId: string;
      readonly leaseNo: number;
      readonly stage: number;
      readonly timeoutMs: number;
    },
    limit: number,
  ): Promise<JobItemRecord[]> {
    const { rows } = await tx.query<JobItemRecord>(
      `WITH next AS (
         SELECT item_no FROM fleet.job_items
         WHERE job_id = $1 AND status = 'pending' AND stage <= $2 AND due_at <= now()
         ORDER BY stage, item_no LIMIT $3
       ), begun AS (
         UPDATE fleet.job_items i SET status = 'running', lease_no = $4, times_begun = times_begun + 1, code = NULL,
           reason = NULL, command_id = NULL, wait_key = NULL, started_at = coalesce(started_at, now()),
           deadline_at = coalesce(deadline_at, now() + $5 * interval '1 millisecond')
         FROM next WHERE i.job_id = $1 AND i.item_no = next.item_no RETURNING i.*
       ), tally AS (
         UPDATE fleet.jobs j SET pending = pending - n, running = running + n, started_at = coalesce(started_at, now())
         FROM (SELECT count(*)::int AS n FROM begun) moved WHERE j.job_id = $1 AND n > 0
       )
       SELECT ${ITEM_COLUMNS} FROM begun ORDER BY stage, item_no`,
      [job.jobId, job.stage, limit, job.leaseNo, job.timeoutMs],
      'fleet-begin-items',
    );
    return rows;
  }

  /** Items that a process began which has lost the job since, and of which nothing is awaited: they are done again. */
  async resume(tx: Transaction, jobId: string, leaseNo: number, limit: number): Promise<JobItemRecord[]> {
    const { rows } = await tx.query<JobItemRecord>(
      `UPDATE fleet.job_items SET lease_no = $2, times_begun = times_begun + 1
       WHERE job_id = $1 AND item_no IN (
         SELECT item_no FROM fleet.job_items
         WHERE job_id = $1 AND status = 'running' AND lease_no <> $2 AND command_id IS NULL AND wait_key IS NULL
         ORDER BY item_no LIMIT $3)
       RETURNING ${ITEM_COLUMNS}`,
      [jobId, leaseNo, limit],
      'fleet-resume-items',
    );
    return rows;
  }

  /** Items of which somebody should ask how what they await stands. They are not given out again before the next time. */
  async toLookAt(tx: Transaction, jobId: string, limit: number): Promise<JobItemRecord[]> {
    const { rows } = await tx.query<JobItemRecord>(
      `UPDATE fleet.job_items SET looks = looks + 1, look_at = least(
         now() + least(${LONGEST_LOOK_MS.toString()}, ${FIRST_LOOK_MS.toString()} * 2 ^ least(looks, 10)) * interval '1 millisecond',
         greatest(deadline_at, now() + interval '${FIRST_LOOK_MS.toString()} milliseconds'))
       WHERE job_id = $1 AND item_no IN (
         SELECT item_no FROM fleet.job_items
         WHERE job_id = $1 AND status = 'running' AND look_at <= now() ORDER BY look_at LIMIT $2)
       RETURNING ${ITEM_COLUMNS}`,
      [jobId, limit],
      'fleet-items-to-look-at',
    );
    return rows;
  }
  /** All that await something are to be looked at now. */
  async lookAtAll(tx: Transaction, jobId: string): Promise<void> {
    await tx.query(
      `UPDATE fleet.job_items SET look_at = now() WHERE job_id = $1 AND status = 'running' AND look_at IS NOT NULL`,
      [jobId],
    );
  }

  /** Which items await these orders, of whichever job and tenant. */
  async awaiting(tx: Transaction, commandIds: readonly CommandId[]): Promise<JobItemRecord[]> {
    const { rows } = await tx.query<JobItemRecord>(
      `SELECT ${ITEM_COLUMNS} FROM fleet.job_items WHERE command_id = ANY ($1) AND status = 'running'`,
      [commandIds],
      'fleet-items-awaiting',
    );
    return rows;
  }
  /** Which items await what a kind has named so. */
  async awaitingKeys(tx: Transaction, keys: readonly string[]): Promise<JobItemRecord[]> {
    const { rows } = await tx.query<JobItemRecord>(
      `SELECT ${ITEM_COLUMNS} FROM fleet.job_items WHERE wait_key = ANY ($1) AND status = 'running'`,
      [keys],
    );
    return rows;
  }

  /** Takes the steps that are still possible. */
  async move(tx: Transaction, steps: readonly JobItemStep[]): Promise<void> {
    if (steps.length === 0) return;
    await tx.query(
      `WITH moved AS (
         UPDATE fleet.job_items i SET status = s.status, command_id = s.command_id, wait_key = s.wait_key,
           code = s.code, reason = s.reason,
           result = CASE WHEN s.result IS NULL THEN i.result ELSE coalesce(i.result, '{}') || s.result END,
           due_at = now() + s.due_in_ms * interval '1 millisecond',
           deadline_at = CASE WHEN s.deadline_in_ms IS NOT NULL THEN now() + s.deadline_in_ms * interval '1 millisecond'
                              WHEN s.status = 'pending' AND NOT s.keeps_deadline THEN NULL ELSE i.deadline_at END,
           look_at = CASE s.status WHEN 'running' THEN least(now() + interval '${FIRST_LOOK_MS.toString()} milliseconds',
             CASE WHEN s.deadline_in_ms IS NULL THEN i.deadline_at ELSE now() + s.deadline_in_ms * interval '1 millisecond' END) END,
           looks = 0,
           finished_at = CASE WHEN s.status IN ('succeeded', 'failed', 'skipped') THEN now() END
         FROM unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::uuid[], $6::text[], $7::text[], $8::text[],
                     $9::jsonb[], $10::float8[], $11::float8[], $12::bool[])
           AS s (job_id, item_no, awaited, status, command_id, wait_key, code, reason, result, due_in_ms, deadline_in_ms,
                 keeps_deadline)
         WHERE i.job_id = s.job_id AND i.item_no = s.item_no AND i.status = 'running'
           AND coalesce(i.command_id::text, i.wait_key, '') = s.awaited
         RETURNING i.job_id, i.status
       ), tally AS (
         SELECT job_id, ${MOVED('pending')} AS pending, ${MOVED('succeeded')} AS succeeded, ${MOVED('failed')} AS failed,
           ${MOVED('skipped')} AS skipped, count(*) FILTER (WHERE status <> 'running')::int AS gone
         FROM moved GROUP BY job_id
       )
       UPDATE fleet.jobs j SET running = j.running - t.gone, pending = j.pending + t.pending,
         succeeded = j.succeeded + t.succeeded, failed = j.failed + t.failed, skipped = j.skipped + t.skipped
       FROM tally t WHERE j.job_id = t.job_id`,
      [
        steps.map((s) => s.jobId),
        steps.map((s) => s.itemNo),
        steps.map((s) => s.awaited),
        steps.map((s) => s.status),
        steps.map((s) => s.commandId),
        steps.map((s) => s.waitKey),
        steps.map((s) => s.code),
        steps.map((s) => s.reason),
        steps.map((s) => (s.result === null ? null : JSON.stringify(s.result))),
        steps.map((s) => s.dueInMs),
        steps.map((s) => s.deadlineInMs),
        steps.map((s) => s.keepsDeadline),
      ],
      'fleet-move-items',
    );
  }

  /** Leaves out everything that was not begun. */
  async skipPending(tx: Transaction, jobId: string, reason: string): Promise<void> {
    await tx.query(
      `WITH skipped AS (
         UPDATE fleet.job_items SET status = 'skipped', reason = $2, finished_at = now()
         WHERE job_id = $1 AND status = 'pending' RETURNING 1
       )
       UPDATE fleet.jobs SET pending = pending - n, skipped = skipped + n
       FROM (SELECT count(*)::int AS n FROM skipped) moved WHERE job_id = $1`,
      [jobId, reason],
    );
  }

  /** The next stage that has items which wait, and when the next item of the open stages is due; null: there is none. */
  async waiting(
    tx: Transaction,
    jobId: string,
    openStage: number,
  ): Promise<{ readonly nextStage: number | null; readonly dueInMs: number | null }> {
    const { rows } = await tx.query<{ nextStage: number | null; dueInMs: number | null }>(
      `SELECT min(stage) FILTER (WHERE stage > $2) AS "nextStage",
         (extract(epoch FROM min(due_at) FILTER (WHERE stage <= $2) - now()) * 1000)::float8 AS "dueInMs"
       FROM fleet.job_items WHERE job_id = $1 AND status = 'pending'`,
      [jobId, openStage],
    );
    return rows[0] ?? { nextStage: null, dueInMs: null };
  }

  async tallyOfStage(tx: Transaction, jobId: string, stage: number): Promise<JobTally> {
    const { rows } = await tx.query<JobTally & Record<string, unknown>>(
      `SELECT count(*)::int AS total, ${MOVED('pending')} AS pending, ${MOVED('running')} AS running,
         ${MOVED('succeeded')} AS succeeded, ${MOVED('failed')} AS failed, ${MOVED('skipped')} AS skipped
       FROM fleet.job_items WHERE job_id = $1 AND stage = $2`,
      [jobId, stage],
    );
    return rows[0] ?? { total: 0, pending: 0, running: 0, succeeded: 0, failed: 0, skipped: 0 };
  }

  /** What failed or was left out, in order. */
  async unsuccessful(tx: Transaction, jobId: string): Promise<NewJobItem[]> {
    const { rows } = await tx.query<NewJobItem & Record<string, unknown>>(
      `SELECT stage, device_id AS "deviceId", input FROM fleet.job_items
       WHERE job_id = $1 AND status IN ('failed', 'skipped') ORDER BY item_no`,
      [jobId],
    );
    return rows;
  }

  page(
    tx: Transaction,
    jobId: string,
    status: JobItemStatus | null,
    request: PageRequest,
  ): Promise<PageResult<JobItemRecord>> {
    return page(tx, {
      request,
      from: 'fleet.job_items',
      select: ITEM_COLUMNS,
      conditions: ['job_id = $1', '($2::text IS NULL OR status = $2)'],
      params: [jobId, status],
      tieBreak: 'item_no',
      read: (row: JobItemRecord) => row,
    });
  }
}
