import type { Instant, TenantId } from '@chargebus/domain';
import { isTransient } from '@chargebus/messaging';
import { Batcher, forTenants } from '@chargebus/persistence';
import type { Database, Scope } from '@chargebus/persistence';
import type {
  AttemptKey,
  AttemptRepository,
  ClaimedCommand,
  CommandRecord,
  CommandRepository,
  DueCommand,
  FinishedAttempt,
  PostponedAttempt,
} from '@chargebus/persistence/command';
import type { Endings } from '../commands/endings';
import type { StateWatch } from '../commands/state-watch';

interface OfTenant {
  readonly tenantId: TenantId;
}
const scopeOf = (items: readonly OfTenant[]): Scope => forTenants([...new Set(items.map((item) => item.tenantId))]);
const DATABASE_RETRY_MS = 250;
const CLOSE_BATCH = 500;

/**
 * Writes down what happens to commands, many in one transaction. A claim fails at once when Postgres is away, because
 * nothing has happened yet; what a device did is written as soon as Postgres is back.
 */
export class AttemptJournal {
  private readonly claims: Batcher<DueCommand, ClaimedCommand | null>;
  private readonly sends: Batcher<AttemptKey & OfTenant & { readonly at: Instant }, null>;
  private readonly finishes: Batcher<FinishedAttempt & OfTenant, CommandRecord | null>;
  private readonly postponements: Batcher<PostponedAttempt & OfTenant, CommandRecord | null>;

  constructor(
    private readonly database: Database,
    private readonly commands: CommandRepository,
    private readonly attempts: AttemptRepository,
    private readonly endings: Endings,
    private readonly watch: StateWatch,
    leaseMs: number,
  ) {
    this.claims = new Batcher((due) => this.claimAll(due, leaseMs));
    this.sends = new Batcher((sends) => this.markAllSent(sends));
    this.finishes = new Batcher((ends) => this.finishAll(ends));
    this.postponements = new Batcher((ends) => this.postponeAll(ends));
  }

  /** Null: no attempt may begin now. */
  claim(due: DueCommand): Promise<ClaimedCommand | null> {
    return this.claims.push(due);
  }
  async sent(send: AttemptKey & OfTenant & { readonly at: Instant }): Promise<void> {
    await untilDatabaseIsBack(() => this.sends.push(send));
  }
  /** Null: it had ended before, or another attempt went on. */
  finish(end: FinishedAttempt & OfTenant): Promise<CommandRecord | null> {
    return untilDatabaseIsBack(() => this.finishes.push(end));
  }
  /** The command as it waits. Null: it had ended, or another attempt went on. */
  postpone(end: PostponedAttempt & OfTenant): Promise<CommandRecord | null> {
    return untilDatabaseIsBack(() => this.postponements.push(end));
  }

  /** Ends the command if it must not be tried (again), and answers with it as it stands. Null: there is none. */
  async closeIfSpent(due: Pick<DueCommand, 'commandId' | 'tenantId'>): Promise<CommandRecord | null> {
    const closed = await this.database.transaction(scopeOf([due]), async (tx) => {
      const ended = await this.attempts.closeSpent(tx, [due.commandId], CLOSE_BATCH);
      await this.endings.record(tx, ended);
      return { ended, now: ended.length > 0 ? ended : await this.commands.findMany(tx, [due.commandId]) };
    });
    this.endings.publish(closed.ended);
    return closed.now[0] ?? null;
  }

  private async claimAll(due: readonly DueCommand[], leaseMs: number): Promise<(ClaimedCommand | null)[]> {
    const claimed = await this.database.transaction(scopeOf(due), (tx) =>
      this.attempts.claim(
        tx,
        due.map(({ commandId }) => commandId),
        leaseMs,
      ),
    );
    return inOrderOf(due, claimed);
  }

  private async markAllSent(sends: readonly (AttemptKey & OfTenant & { readonly at: Instant })[]): Promise<null[]> {
    this.watch.announce(await this.database.transaction(scopeOf(sends), (tx) => this.attempts.markSent(tx, sends)));
    return sends.map(() => null);
  }

  private async finishAll(ends: readonly (FinishedAttempt & OfTenant)[]): Promise<(CommandRecord | null)[]> {
    const ended = await this.database.transaction(scopeOf(ends), async (tx) => {
      const finished = await this.attempts.finish(tx, ends);
      await this.endings.record(tx, finished);
      return finished;
    });
    this.endings.publish(ended);
    return inOrderOf(ends, ended);
  }

  private async postponeAll(ends: readonly (PostponedAttempt & OfTenant)[]): Promise<(CommandRecord | null)[]> {
    const waiting = await this.database.transaction(scopeOf(ends), (tx) => this.attempts.postpone(tx, ends));
    this.watch.announce(waiting);
    return inOrderOf(ends, waiting);
  }
}

function inOrderOf<R extends { readonly commandId: string }>(
  asked: readonly { readonly commandId: string }[],
  answers: readonly R[],
): (R | null)[] {
  const byId = new Map(answers.map((answer) => [answer.commandId, answer]));
  return asked.map(({ commandId }) => {
    const answer = byId.get(commandId) ?? null;
    byId.delete(commandId); // asked twice in one batch, as by two jobs for one command: only one of them gets it
    return answer;
  });
}

async function untilDatabaseIsBack<T>(write: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (!isTransient(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, DATABASE_RETRY_MS));
    }
  }
}
