import { toInstant } from '@chargebus/domain';
import type { Instant } from '@chargebus/domain';
import type { Logger } from '@chargebus/observability';
import type { ClaimedCommand, DueCommand } from '@chargebus/persistence/command';
import type { CommandMetrics } from '../metrics';
import { within } from '../within';
import type { CommandQueue } from '../queue/command-queue';
import { ORDER_RULES } from '../commands/order-rules';
import type { StateWatch } from '../commands/state-watch';
import type { AttemptJournal } from './attempt-journal';
import type { AttemptLeases } from './attempt-leases';
import { decideNext } from './decide-next';
import type { AttemptEnd, Next, RetryPolicy } from './decide-next';
import type { DeviceLink } from './device-link';
import type { DevicePlaces } from './device-places';

/** When the device has enough of our attempts under way, and none of them ends before. */
const CROWDED_MS = 10_000;
/** When a command changed between two looks at it. */
const AT_ONCE_MS = 50;
/** When an attempt itself failed, as while Postgres is away. */
const AFTER_ERROR_MS = 2_000;
/** A device that answers sooner has `sent` written together with its answer; whoever waits hears of it at once. */
const SENT_IS_WRITTEN_AFTER_MS = 250;

/**
 * Attempts at commands: the first one at once where the command was accepted with its claim, every other when a worker
 * looks at it.
 *
 * Killed at any point, nothing is lost and nothing is done twice in effect. Before the claim nothing has happened.
 * From the claim on, the row says that the device may have the order (`exposed`) until it is known that it has not;
 * whoever finds the lease run out repeats only what may be repeated (`order-rules.ts`), a start under the same order
 * reference. Once the outcome is written, with its event in the same transaction, no claim succeeds any more. The
 * gateway refuses what reaches it after `sendBefore`, so a request that was stuck somewhere does no harm either.
 */
export class AttemptRunner {
  private readonly underWay = new Set<Promise<void>>();
  private stopped = false;

  constructor(
    private readonly journal: AttemptJournal,
    private readonly leases: AttemptLeases,
    private readonly places: DevicePlaces,
    private readonly queue: CommandQueue,
    private readonly link: DeviceLink,
    private readonly watch: StateWatch,
    private readonly policy: RetryPolicy & { readonly sendWindowMs: number },
    private readonly metrics: CommandMetrics,
    private readonly logger: Logger,
  ) {}

  /** Whether this command's first attempt may begin with its acceptance. After true, `begin` or `decline` must follow. */
  reserve(due: DueCommand): boolean {
    return !this.stopped && this.places.enterAtOnce(due);
  }
  decline({ deviceId }: DueCommand): void {
    this.leave(deviceId);
  }

  /** Makes the attempt that began with the row; what is left to do afterwards is the queue's. */
  begin(claimed: ClaimedCommand): void {
    const work = this.attempt(claimed)
      .catch((error: unknown) => {
        this.logger.warn({ err: error, commandId: claimed.commandId, deviceId: claimed.deviceId }, 'command put back');
        return AFTER_ERROR_MS;
      })
      .then((againMs) => {
        this.leave(claimed.deviceId);
        if (againMs !== null) void this.queue.add([claimed], againMs);
      })
      .finally(() => this.underWay.delete(work));
    this.underWay.add(work);
  }

  /** Begins nothing more at once, and waits so long for what has begun. */
  async stop(patienceMs: number): Promise<void> {
    this.stopped = true;
    await within(patienceMs, Promise.all(this.underWay));
  }

  /** A worker's look. Null: nothing is left to do. A number: look again after so many ms. */
  async look(due: DueCommand): Promise<number | null> {
    if (!this.places.enter(due)) return CROWDED_MS;
    try {
      const claimed = await this.journal.claim(due);
      return claimed === null ? await this.lookAgain(due) : await this.attempt(claimed);
    } finally {
      this.leave(due.deviceId);
    }
  }

  private leave(deviceId: ClaimedCommand['deviceId']): void {
    const next = this.places.leave(deviceId);
    if (next !== null) void this.queue.addOrWake([next]);
  }

  /** No attempt may be made: the command is over, ends now, or another worker has it. */
  private async lookAgain(due: DueCommand): Promise<number | null> {
    const command = await this.journal.closeIfSpent(due);
    const isOpen = command?.finishedAt === null;
    if (!isOpen) return null;
    return Math.max(AT_ONCE_MS, command.leasedUntil === null ? 0 : Date.parse(command.leasedUntil) - Date.now());
  }

  private async attempt(claimed: ClaimedCommand): Promise<number | null> {
    const attempt = { commandId: claimed.commandId, attemptNo: claimed.attempts, tenantId: claimed.tenantId };
    this.leases.hold(attempt);
    try {
      const { end, sentAt } = await this.ask(claimed, attempt);
      const next = decideNext(claimed, end, this.policy, Math.random());
      this.report(claimed, end, next);
      const ending = { ...attempt, outcome: end.outcome.status, outcomeReason: reasonOf(end), sentAt };
      if (next.kind === 'finish') {
        await this.journal.finish({ ...ending, ...next });
        return null;
      }
      const waiting = await this.journal.postpone({ ...ending, ...next, wakes: claimed.wakes });
      if (waiting === null) return null; // over, or in other hands
      return waiting.calledOff === null ? Math.max(0, Date.parse(waiting.dueAt) - Date.now()) : 0;
    } finally {
      this.leases.drop(attempt);
    }
  }

  private async ask(
    claimed: ClaimedCommand,
    attempt: {
      readonly commandId: ClaimedCommand['commandId'];
      readonly attemptNo: number;
      readonly tenantId: ClaimedCommand['tenantId'];
    },
  ): Promise<{ readonly end: AttemptEnd; readonly sentAt: Instant | null }> {
    const { commandId, deviceId, command } = claimed;
    const sendBefore = toInstant(Math.min(Date.parse(claimed.expiresAt), Date.now() + this.policy.sendWindowMs));
    if (claimed.attempts === 1) this.metrics.hopSeconds.observe((Date.now() - Date.parse(claimed.createdAt)) / 1000);
    let sentAt: Instant | null = null;
    let written: Promise<void> = Promise.resolve();
    let timer: NodeJS.Timeout | undefined;
    const end = await this.link.ask(
      { commandId, deviceId, command, sendBefore, reissued: claimed.exposedBefore },
      ORDER_RULES[claimed.kind],
      (at) => {
        sentAt = at;
        this.watch.announce([{ ...claimed, status: 'sent', sentAt: claimed.sentAt ?? at }]);
        timer = setTimeout(() => {
          sentAt = null;
          written = this.journal.sent({ ...attempt, at });
          written.catch(() => undefined); // awaited below
        }, SENT_IS_WRITTEN_AFTER_MS);
      },
    );
    clearTimeout(timer);
    await written;
    return { end, sentAt };
  }

  private report(claimed: ClaimedCommand, { outcome, sends }: AttemptEnd, next: Next): void {
    this.metrics.attempts.inc({ outcome: outcome.status });
    this.logger.info(
      {
        commandId: claimed.commandId,
        deviceId: claimed.deviceId,
        sessionId: claimed.sessionId,
        kind: claimed.kind,
        attempt: claimed.attempts,
        outcome: outcome.status,
        sends,
        ...(next.kind === 'finish' ? { status: next.status, reason: next.reason } : { again_ms: next.delayMs }),
      },
      'command.attempted',
    );
  }
}

const reasonOf = ({ outcome }: AttemptEnd): string | null => ('reason' in outcome ? outcome.reason : null);
