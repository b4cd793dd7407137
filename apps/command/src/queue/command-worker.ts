import type { Logger } from '@chargebus/observability';
import type { DueCommand } from '@chargebus/persistence/command';
import { DelayedError, Worker } from 'bullmq';
import type { Job } from 'bullmq';
import type { Redis } from 'ioredis';
import { within } from '../within';
import { fromJob, LANES, QUEUE_PREFIX } from './lanes';
import type { JobData, Lane } from './lanes';

/** Looks at one command. Null: nothing is left to do; a number: look again after so many ms. */
export type Look = (due: DueCommand) => Promise<number | null>;

/** When a look itself failed, as while Postgres is away. */
const AFTER_ERROR_MS = 2_000;

/**
 * BullMQ takes jobs one after the other, each for a round trip to Redis. Several takers side by side keep up with
 * hundreds of orders a second also when a round trip takes 10 ms, as on a busy machine.
 */
const FETCHERS = 4;
const REDIS_PATIENCE_MS = 2_000;

/** Takes jobs from both lanes. That a job runs twice, or in two places, is ruled out by the claim in Postgres, not here. */
export class CommandWorker {
  private readonly workers: readonly Worker<JobData>[];
  private readonly underWay = new Set<Promise<unknown>>();

  constructor(
    redis: Redis,
    private readonly logger: Logger,
    private readonly look: Look,
    private readonly settings: { readonly concurrency: number; readonly leaseMs: number },
  ) {
    const fetchers = Math.min(FETCHERS, settings.concurrency);
    const each = Math.ceil(settings.concurrency / fetchers);
    this.workers = LANES.flatMap((lane) => Array.from({ length: fetchers }, () => this.open(lane, redis, each)));
  }

  start(): void {
    for (const worker of this.workers)
      void worker.run().catch((error: unknown) => {
        this.logger.error({ err: error, lane: worker.name }, 'worker ended');
      });
  }

  /** Takes no new jobs, waits so long for those under way, then leaves them to whoever finds their leases free. */
  async stop(patienceMs: number): Promise<void> {
    await within(REDIS_PATIENCE_MS, Promise.all(this.workers.map((worker) => worker.pause(true))));
    await within(patienceMs, Promise.all(this.underWay));
    const closed = Promise.all(this.workers.map((worker) => worker.close(this.underWay.size > 0)));
    await within(REDIS_PATIENCE_MS, closed); // BullMQ waits for Redis, which may be away for good
  }

  private open(lane: Lane, redis: Redis, concurrency: number): Worker<JobData> {
    const worker = new Worker<JobData>(lane, (job, token) => this.track(this.process(job, token)), {
      connection: redis,
      prefix: QUEUE_PREFIX,
      autorun: false,
      concurrency,
      lockDuration: this.settings.leaseMs, // a dead worker's jobs are free as soon as its attempts are
      stalledInterval: Math.ceil(this.settings.leaseMs / 3),
      maxStalledCount: Number.MAX_SAFE_INTEGER, // a job outlives any number of processes
      runRetryDelay: 500,
    });
    worker.on('error', (error) => {
      this.logger.debug({ err: error, lane }, 'worker connection');
    });
    return worker;
  }

  private track(work: Promise<void>): Promise<void> {
    const tracked = work.finally(() => this.underWay.delete(settled));
    const settled = tracked.catch(() => undefined);
    this.underWay.add(settled);
    return tracked;
  }

  private async process(job: Job<JobData>, token: string | undefined): Promise<void> {
    const againMs = await this.look(fromJob(job)).catch((error: unknown) => {
      this.logger.warn({ err: error, commandId: job.id, deviceId: job.data.deviceId }, 'command put back');
      return AFTER_ERROR_MS;
    });
    if (againMs === null) return;
    // Fails when Redis lost the job meanwhile; then the sweeper makes it again from the row.
    await job.moveToDelayed(Date.now() + againMs, token);
    throw new DelayedError();
  }
}
