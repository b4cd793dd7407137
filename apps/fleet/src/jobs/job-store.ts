import type { Outbox, Transaction } from '@chargebus/persistence';
import { asSystem } from '@chargebus/persistence';
import type { Database } from '@chargebus/persistence';
import type {
  JobItemRecord,
  JobItemRepository,
  JobItemStep,
  JobRecord,
  JobRepository,
} from '@chargebus/persistence/fleet';
import { jobFinished, jobProgress } from './job-events';
import type { Steering } from './job-kind';

const PAGE = 200;

export interface StoreSettings {
  readonly leaseMs: number;
  readonly progressEveryMs: number;
}
/** What a process has done since its last turn, and how much it can begin now. */
export interface Done {
  readonly steps: readonly JobItemStep[];
  readonly steering: Steering | null;
  readonly room: number;
}
/** How a job stands after a turn. */
export interface Turn {
  readonly job: JobRecord;
  readonly begun: readonly JobItemRecord[];
  readonly toLookAt: readonly JobItemRecord[];
  /** The open stages are over, and there are others. */
  readonly stageOver: boolean;
  readonly finished: boolean;
  /** Until the next item is due; null: none waits for its time. */
  readonly dueInMs: number | null;
}

/**
 * One turn of work on a job, one transaction: what was done is written, what must end ends, the next items begin. It
 * holds the job's row throughout, so no turn overlaps another or a result that comes from elsewhere.
 */
export class JobStore {
  constructor(
    private readonly database: Database,
    private readonly jobs: JobRepository,
    private readonly items: JobItemRepository,
    private readonly outbox: Outbox,
    private readonly settings: StoreSettings,
  ) {}

  claim(max: number): Promise<JobRecord[]> {
    return this.write((tx) => this.jobs.claim(tx, max, this.settings.leaseMs));
  }
  release({ jobId, leaseNo }: JobRecord, dueInMs: number): Promise<void> {
    return this.write((tx) => this.jobs.release(tx, jobId, leaseNo, dueInMs));
  }

  /** Items of which another process began to do something and could not end it. Null: the job is no longer ours. */
  async leftOver({ jobId, leaseNo }: JobRecord, limit: number): Promise<JobItemRecord[]> {
    return this.write(async (tx) => {
      const held = await this.jobs.hold(tx, jobId, leaseNo, this.settings.leaseMs);
      return held === null ? [] : this.items.resume(tx, jobId, leaseNo, limit);
    });
  }

  /** Adds a page of items. Null: the job is no longer ours. */
  async addFound(
    { jobId, leaseNo, tenantId }: JobRecord,
    found: readonly { stage: number; deviceId: string | null; input: unknown }[],
    next: string | null,
  ): Promise<JobRecord | null> {
    return this.write(async (tx) => {
      const held = await this.jobs.hold(tx, jobId, leaseNo, this.settings.leaseMs);
      if (held?.state !== 'preparing') return held;
      await this.items.append(tx, jobId, tenantId, found);
      await this.jobs.found(tx, jobId, next);
      return this.jobs.find(tx, jobId);
    });
  }

  async end(jobId: string, as: 'failed' | 'cancelled', reason: string): Promise<void> {
    await this.write((tx) => this.jobs.beginEnding(tx, jobId, as, reason));
  }

  /** Null: another process has the job now, or it is over. */
  async turn(job: JobRecord, done: Done): Promise<Turn | null> {
    const events: Parameters<Outbox['flush']>[0][number][] = [];
    const turn = await this.write(async (tx) => {
      const held = await this.jobs.hold(tx, job.jobId, job.leaseNo, this.settings.leaseMs);
      if (held === null) return null;
      await this.items.move(tx, done.steps);
      await this.obey(tx, held, done.steering);
      const begun = await this.beginNext(tx, held, done.room);
      const toLookAt = await this.items.toLookAt(tx, job.jobId, PAGE);
      const now = await this.reread(tx, job.jobId);
      const ended = await this.endIfOver(tx, now, begun.length);
      if (ended.finished) events.push(jobFinished(ended.job));
      else if (this.mayTell(now) && (await this.jobs.told(tx, job.jobId))) events.push(jobProgress(now, Date.now()));
      await this.outbox.append(tx, events);
      return { begun, toLookAt, ...ended };
    });
    await this.outbox.flush(events);
    return turn;
  }

  private mayTell({ tally, toldAt }: JobRecord): boolean {
    return tally.total > 0 && toldAt.getTime() + this.settings.progressEveryMs <= Date.now();
  }

  /** Ends what must end and opens the stage that may open. */
  private async obey(tx: Transaction, held: JobRecord, steering: Steering | null): Promise<void> {
    const { jobId, stage, continueOnError } = held;
    const { tally, state, reason } = await this.reread(tx, jobId);
    if (state === 'running' && steering !== null && typeof steering === 'object' && 'halt' in steering)
      await this.endNow(tx, jobId, steering.halt);
    else if (state === 'running' && !continueOnError && tally.failed > 0) await this.endNow(tx, jobId, 'item_failed');
    else if (state === 'ending' && tally.pending > 0) await this.items.skipPending(tx, jobId, reason ?? 'cancelled');
    else if (state === 'running' && steering === 'go_on' && tally.running === 0) {
      const { nextStage, dueInMs } = await this.items.waiting(tx, jobId, stage);
      if (nextStage !== null && dueInMs === null) await this.jobs.openStage(tx, jobId, nextStage);
    }
  }

  private async endNow(tx: Transaction, jobId: string, reason: string): Promise<void> {
    await this.jobs.beginEnding(tx, jobId, 'failed', reason);
    await this.items.skipPending(tx, jobId, reason);
  }

  private async beginNext(tx: Transaction, held: JobRecord, room: number): Promise<JobItemRecord[]> {
    const job = await this.reread(tx, held.jobId);
    if (job.state !== 'running' || job.tally.pending === 0) return [];
    const limit = Math.min(room, PAGE, job.concurrency - job.tally.running);
    return limit <= 0 ? [] : this.items.begin(tx, job, limit);
  }

  private async endIfOver(tx: Transaction, job: JobRecord, begun: number): Promise<Omit<Turn, 'begun' | 'toLookAt'>> {
    const { tally, state, jobId } = job;
    const idle = tally.running === 0 && begun === 0 && state !== 'preparing';
    if (idle && tally.pending === 0)
      return { job: await this.jobs.finish(tx, jobId), finished: true, stageOver: false, dueInMs: null };
    if (tally.pending === 0 || state !== 'running') return { job, finished: false, stageOver: false, dueInMs: null };
    const { nextStage, dueInMs } = await this.items.waiting(tx, jobId, job.stage);
    return { job, finished: false, stageOver: idle && nextStage !== null && dueInMs === null, dueInMs };
  }

  /** As this transaction has left it. */
  private async reread(tx: Transaction, jobId: string): Promise<JobRecord> {
    const job = await this.jobs.find(tx, jobId);
    if (job === null) throw new Error(`job ${jobId} is gone`);
    return job;
  }

  /** Results that come from elsewhere than the process that works on the job. */
  async settle(steps: readonly JobItemStep[]): Promise<void> {
    await this.write(async (tx) => {
      await this.jobs.lock(tx, [...new Set(steps.map(({ jobId }) => jobId))]);
      await this.items.move(tx, steps);
    });
  }

  tallyOfStage(jobId: string, stage: number) {
    return this.write((tx) => this.items.tallyOfStage(tx, jobId, stage));
  }

  private write<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.database.transaction(asSystem('jobs of all tenants'), work);
  }
}
