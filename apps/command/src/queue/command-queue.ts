import type { Logger } from '@chargebus/observability';
import type { DueCommand } from '@chargebus/persistence/command';
import { Job, Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { within } from '../within';
import { laneOf, LANES, QUEUE_PREFIX, toJob } from './lanes';
import type { JobData, Lane } from './lanes';

/** Redis that is slower than this is treated as away: Postgres knows what to queue again. */
const PATIENCE_MS = 1_000;

/**
 * The fast side of the schedule: when a worker looks at a command. It may lose anything at any time, because every
 * open command is also a row with its `due_at` in Postgres. So nothing here throws (false: Redis is away, the sweeper will
 * come back to it), and everything may be repeated: a job has the command's id, adding it twice adds it once.
 */
export class CommandQueue {
  private readonly queues: Readonly<Record<Lane, Queue<JobData>>>;

  constructor(
    redis: Redis,
    private readonly logger: Logger,
  ) {
    const open = (lane: Lane): Queue<JobData> => {
      const queue = new Queue<JobData>(lane, {
        connection: redis,
        prefix: QUEUE_PREFIX,
        streams: { events: { maxLen: 100 } },
      });
      queue.on('error', (error) => {
        logger.debug({ err: error, lane }, 'queue connection');
      });
      return queue;
    };
    this.queues = { stops: open('stops'), orders: open('orders') };
  }

  /** Has a worker look at these commands after so many ms, as soon as their priority allows. */
  add(commands: readonly DueCommand[], delayMs = 0): Promise<boolean> {
    if (commands.length === 0) return Promise.resolve(true);
    return this.inEachLane(commands, async (queue, some) => {
      await queue.addBulk(some.map((due) => toJob(due, delayMs)));
    });
  }

  /** The same for commands that may have a job that sleeps. */
  addOrWake(commands: readonly DueCommand[]): Promise<boolean> {
    return this.inEachLane(commands, async (queue, some) => {
      await queue.addBulk(some.map((due) => toJob(due)));
      await Promise.all(
        some.map(async ({ commandId }) => {
          const job = await Job.fromId(queue, commandId);
          if (job !== undefined && (await job.isDelayed())) await job.promote().catch(() => undefined); // just began
        }),
      );
    });
  }

  /** Nobody needs to look at these any more. A worker that does finds them over. */
  remove(commands: readonly DueCommand[]): Promise<boolean> {
    return this.inEachLane(commands, async (queue, some) => {
      await Promise.all(some.map(({ commandId }) => queue.remove(commandId)));
    });
  }

  async close(): Promise<void> {
    await within(PATIENCE_MS, Promise.all(LANES.map((lane) => this.queues[lane].close())));
  }

  private async inEachLane(
    commands: readonly DueCommand[],
    work: (queue: Queue<JobData>, some: readonly DueCommand[]) => Promise<void>,
  ): Promise<boolean> {
    const tasks = LANES.map(async (lane) => {
      const some = commands.filter(({ kind }) => laneOf(kind) === lane);
      if (some.length > 0) await work(this.queues[lane], some);
    });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new Error(`Redis did not answer within ${PATIENCE_MS.toString()} ms`));
      }, PATIENCE_MS);
    });
    try {
      await Promise.race([Promise.all(tasks), late]);
      return true;
    } catch (error) {
      this.logger.warn({ err: error, commands: commands.length }, 'queue not reached, left to the sweeper');
      return false;
    } finally {
      clearTimeout(timer);
    }
  }
}
