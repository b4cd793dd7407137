import { AppError, JobIncomplete } from '@chargebus/errors';
import { isTransient } from '@chargebus/messaging';
import type { Logger } from '@chargebus/observability';
import type { JobItemRecord, JobItemStep, JobRecord } from '@chargebus/persistence/fleet';
import { Bell } from './bell';
import { stepOfError, timedOut, toItemStep } from './item-steps';
import { toKindItem, toKindJob } from './job-kind';
import type { Job, JobKind, Standing, Steering, Step } from './job-kind';
import type { JobStore, Turn } from './job-store';
import type { JobWatch } from './job-watch';
import type { OrderWatch } from './order-watch';

/** Between two turns at most: so late is noticed what nobody announced. */
const IDLE_MS = 1_000;
const STEER_AGAIN_MS = 1_000;

/** Work of this process on one job, for as long as it holds the lease: turn after turn until it is over or lost. */
export class JobRun {
  private readonly bell = new Bell();
  private readonly underWay = new Map<number, AbortController>();
  private readonly looking = new Set<number>();
  private steps: JobItemStep[] = [];
  private steering: Steering | null = null;
  private steerAtMs = 0;
  private failedSeen = 0;
  /** Not null: begins nothing more; what is under way may end until then. */
  private stopByMs: number | null = null;

  constructor(
    private readonly kind: JobKind,
    private job: JobRecord,
    private readonly store: JobStore,
    private readonly orders: OrderWatch,
    private readonly watch: JobWatch,
    private readonly places: { take(wanted: number): number; giveBack(unused: number): void },
    private readonly logger: Logger,
  ) {}

  /** Resolves when the job is over, another process has it, or this one stops. Errors are tried again. */
  async work(): Promise<void> {
    const silence = this.watch.listen(this.job.jobId, () => {
      this.bell.ring();
    });
    let fresh = true;
    try {
      while (this.stopByMs === null) {
        try {
          if (fresh) await this.resume();
          fresh = false;
          if (this.job.state === 'preparing') {
            if (!(await this.findMore())) return;
            continue;
          }
          const turn = await this.takeTurn();
          if (turn === null || turn.finished) return;
          await this.steer(turn);
          await this.bell.sleep(this.pauseAfter(turn));
        } catch (error) {
          this.logger.warn({ err: error, jobId: this.job.jobId, kind: this.kind.kind }, 'work on a job interrupted');
          await this.bell.sleep(IDLE_MS);
        }
      }
      await this.handOver(this.stopByMs);
    } finally {
      silence();
      for (const controller of this.underWay.values()) controller.abort();
    }
  }

  /** `work` resolves soon after; then another process can have the job. */
  stop(drainMs: number): void {
    this.stopByMs = Date.now() + drainMs;
    this.bell.ring();
  }

  private async handOver(untilMs: number): Promise<void> {
    while (this.underWay.size > 0 && Date.now() < untilMs) await this.bell.sleep(untilMs - Date.now());
    try {
      await this.store.turn(this.job, { steps: this.steps.splice(0), steering: null, room: 0 });
      await this.store.release(this.job, 0);
    } catch (error) {
      this.logger.warn({ err: error, jobId: this.job.jobId }, 'a job stays leased for a while');
    }
  }

  private async resume(): Promise<void> {
    for (;;) {
      const leftOver = await this.store.leftOver(this.job, this.job.concurrency);
      for (const item of leftOver) this.begin(item);
      if (leftOver.length < this.job.concurrency) return;
    }
  }

  /** False: the job is no longer ours. */
  private async findMore(): Promise<boolean> {
    try {
      if (this.kind.find === undefined) throw new JobIncomplete();
      const found = await this.kind.find(this.kindJob(), this.job.position);
      const items = found.items.map(({ deviceId, input, stage = 1 }) => ({ deviceId, input, stage }));
      const held = await this.store.addFound(this.job, items, found.next);
      if (held === null) return false;
      this.job = held;
    } catch (error) {
      const passes = isTransient(error) || (error instanceof AppError && error.definition.status > 500);
      if (passes) throw error;
      this.logger.error({ err: error, jobId: this.job.jobId }, 'the items of a job cannot be found');
      const reason = error instanceof AppError ? error.message : 'internal error';
      await this.store.end(this.job.jobId, 'failed', reason);
      this.job = { ...this.job, state: 'ending' };
    }
    return true;
  }

  private async takeTurn(): Promise<Turn | null> {
    const steps = this.steps.splice(0);
    const { steering } = this;
    this.steering = null;
    const room = this.places.take(this.job.concurrency);
    let used = 0;
    try {
      const turn = await this.store.turn(this.job, { steps, steering, room });
      if (turn === null) return null;
      this.job = turn.job;
      used = turn.begun.length;
      for (const item of turn.begun) this.begin(item, true);
      for (const item of turn.toLookAt) this.lookAt(item);
      if (turn.job.endsAs === 'cancelled') for (const controller of this.underWay.values()) controller.abort();
      if (turn.finished || steps.some(({ status }) => status !== 'running')) this.watch.announce([this.job.jobId]);
      return turn;
    } catch (error) {
      this.steps = [...steps, ...this.steps]; // a step that was taken after all is not taken again
      this.steering ??= steering;
      throw error;
    } finally {
      this.places.giveBack(room - used);
    }
  }

  /** Asks the kind where it wants to be asked: a stage is over, or something more has failed. */
  private async steer(turn: Turn): Promise<void> {
    const { tally, stage, state } = turn.job;
    const moreFailed = tally.failed > this.failedSeen;
    this.failedSeen = tally.failed;
    if (state !== 'running' || (!turn.stageOver && !moreFailed) || Date.now() < this.steerAtMs) return;
    const standing = async (): Promise<Standing> => ({
      stage,
      ofStage: await this.store.tallyOfStage(this.job.jobId, stage),
      over: turn.stageOver,
    });
    const steering = (await this.kind.steer?.(this.kindJob(), await standing())) ?? 'go_on';
    if (typeof steering === 'object' && 'waitMs' in steering)
      this.steerAtMs = Date.now() + Math.max(steering.waitMs, STEER_AGAIN_MS);
    else if (turn.stageOver || steering !== 'go_on') {
      this.steering = steering;
      this.bell.ring();
    }
  }

  private pauseAfter(turn: Turn): number {
    const full = turn.begun.length > 0 && turn.job.tally.pending > 0 && this.underWay.size < this.job.concurrency;
    return full ? 0 : Math.min(IDLE_MS, turn.dueInMs === null ? IDLE_MS : Math.max(turn.dueInMs, 10));
  }

  private begin(item: JobItemRecord, holdsPlace = false): void {
    const controller = new AbortController();
    this.underWay.set(item.itemNo, controller);
    void this.carryOut(item, controller).then((step) => {
      this.underWay.delete(item.itemNo);
      if (holdsPlace) this.places.giveBack(1);
      this.steps.push(step);
      this.bell.ring();
    });
  }

  private async carryOut(item: JobItemRecord, controller: AbortController): Promise<JobItemStep> {
    const leftMs = Math.max(0, (item.deadlineAt?.getTime() ?? 0) - Date.now());
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<Step>((resolve) => {
      timer = setTimeout(() => {
        controller.abort();
        resolve(timedOut(this.job.timeoutMs));
      }, leftMs);
    });
    try {
      const work = this.kind.run(toKindItem(this.kind, this.kindJob(), item), controller.signal);
      return toItemStep(item, await Promise.race([work, late]));
    } catch (error) {
      return this.afterError(item, error);
    } finally {
      clearTimeout(timer);
    }
  }

  private lookAt(item: JobItemRecord): void {
    if (this.looking.has(item.itemNo)) return;
    this.looking.add(item.itemNo);
    const job = { cancelled: this.job.endsAs === 'cancelled', timeoutMs: this.job.timeoutMs };
    const asked = async (): Promise<Step | null> =>
      this.orders.look(this.kind, toKindItem(this.kind, this.kindJob(), item), item, job);
    void asked()
      .then((step) => (step === null ? null : toItemStep(item, step)))
      .catch((error: unknown) => {
        if (error instanceof AppError && error.definition.status > 500) return null; // asked again later
        return this.afterError(item, error);
      })
      .then((step) => {
        this.looking.delete(item.itemNo);
        if (step === null) return;
        this.steps.push(step);
        this.bell.ring();
      });
  }

  private afterError(item: JobItemRecord, error: unknown): JobItemStep {
    if (!(error instanceof AppError))
      this.logger.error({ err: error, jobId: item.jobId, itemNo: item.itemNo }, 'an item of a job failed');
    return stepOfError(item, error, Date.now());
  }

  private kindJob(): Job<unknown> {
    return toKindJob(this.kind, this.job);
  }
}
