import { IdempotencyKeyReused, QueueFull } from '@chargebus/errors';
import type { AppError } from '@chargebus/errors';
import { asSystem, forTenants } from '@chargebus/persistence';
import type { Database, Transaction } from '@chargebus/persistence';
import type { AttemptRepository, CommandRecord, CommandRepository, NewCommand } from '@chargebus/persistence/command';
import type { CommandView, RequestOf, SubmitCommand } from '@chargebus/requests';
import { Batcher } from '../batcher';
import type { CommandMetrics } from '../metrics';
import type { CommandQueue } from '../queue/command-queue';
import type { QueueLevel } from '../queue/queue-level';
import { reached, toView } from './command-view';
import type { Endings } from './endings';
import { ORDER_RULES } from './order-rules';
import type { CommandWatcher, StateWatch } from './state-watch';

interface Accepted {
  /** Null: no room. */
  readonly command: CommandRecord | null;
  /** Resolves when a worker can see what is new, or will have to be told of it by the sweeper. */
  readonly queued: Promise<boolean>;
}

/**
 * Takes orders in. An order is accepted when its row is committed; the job follows, and where it does not (this
 * process is killed, Redis is away) the sweeper makes it from the row. The same command id again inserts nothing and
 * is answered with the command as it stands.
 */
export class SubmissionService {
  private readonly arrivals: Batcher<NewCommand, Accepted>;

  constructor(
    private readonly database: Database,
    private readonly commands: CommandRepository,
    private readonly attempts: AttemptRepository,
    private readonly endings: Endings,
    private readonly queue: CommandQueue,
    private readonly level: QueueLevel,
    private readonly watch: StateWatch,
    private readonly metrics: CommandMetrics,
    private readonly maxPerDevice: number,
  ) {
    this.arrivals = new Batcher((arrived) => this.acceptAll(arrived));
  }

  /** Errors: QUEUE_FULL, IDEMPOTENCY_KEY_REUSED where the id is another tenant's. */
  async submit({ wait, ...order }: RequestOf<typeof SubmitCommand>): Promise<CommandView> {
    const watcher = wait === null ? null : await this.watch.watch(order.commandId);
    try {
      const accepted = await this.accept({ ...order, repeatable: ORDER_RULES[order.command.kind].repeatable });
      if (watcher === null || wait === null || reached(accepted.status, wait.until)) return toView(accepted);
      return await this.afterWaiting(accepted, watcher, wait);
    } finally {
      watcher?.close();
    }
  }

  private async accept(order: NewCommand): Promise<CommandRecord> {
    const { command, queued } = await this.arrivals.push(order);
    if (command?.tenantId !== order.tenantId) throw await this.refusal(order);
    await queued;
    return command;
  }

  /** The row cannot be seen for want of room, or because it is another tenant's. */
  private async refusal({ commandId, command }: NewCommand): Promise<AppError> {
    const taken = await this.database.transaction(asSystem('whether any tenant has the id'), (tx) =>
      this.commands.findMany(tx, [commandId]),
    );
    if (taken.length > 0) return new IdempotencyKeyReused({ key: commandId });
    this.metrics.refused.inc({ kind: command.kind });
    return new QueueFull();
  }

  private async afterWaiting(
    { commandId, tenantId }: CommandRecord,
    watcher: CommandWatcher,
    wait: NonNullable<RequestOf<typeof SubmitCommand>['wait']>,
  ): Promise<CommandView> {
    await watcher.until(wait.until, wait.timeoutMs);
    const [now] = await this.database.transaction(forTenants([tenantId]), (tx) =>
      this.commands.findMany(tx, [commandId]),
    );
    if (now === undefined) throw new Error(`command ${commandId} is gone`);
    return toView(now);
  }

  private async acceptAll(arrived: readonly NewCommand[]): Promise<Accepted[]> {
    const room = this.level.take(arrived.length);
    let used = 0;
    try {
      const { inserted, ended, standing } = await this.write(arrived, room);
      used = inserted.length;
      for (const { kind } of inserted) this.metrics.accepted.inc({ kind });
      this.endings.publish(ended);
      const queued = this.queue.add(inserted.filter(({ commandId }) => standing.get(commandId)?.finishedAt === null));
      void this.queue.remove(ended);
      return arrived.map(({ commandId }) => ({ command: standing.get(commandId) ?? null, queued }));
    } finally {
      this.level.giveBack(room - used); // stops take more than there was
    }
  }

  /** `standing`: all that arrived as they are now; what there was no room for is missing. */
  private write(
    arrived: readonly NewCommand[],
    room: number,
  ): Promise<{ inserted: CommandRecord[]; ended: CommandRecord[]; standing: Map<string, CommandRecord> }> {
    const tenants = [...new Set(arrived.map(({ tenantId }) => tenantId))];
    return this.database.transaction(forTenants(tenants), async (tx) => {
      const inserted = await this.commands.insert(tx, arrived, { perDevice: this.maxPerDevice, room });
      const ended = await this.callOff(tx, inserted);
      const fresh = new Set<string>(inserted.map(({ commandId }) => commandId));
      const known = arrived.map(({ commandId }) => commandId).filter((id) => !fresh.has(id));
      const repeated = known.length === 0 ? [] : await this.commands.findMany(tx, known);
      const all = [...inserted, ...repeated, ...ended].map((command) => [command.commandId, command] as const);
      return { inserted, ended, standing: new Map<string, CommandRecord>(all) };
    });
  }

  /** What the stops among the new ones make pointless ends here, before anything of it is sent; so does a start that comes after its stop. */
  private async callOff(tx: Transaction, fresh: readonly CommandRecord[]): Promise<CommandRecord[]> {
    const stops = fresh.filter(({ kind }) => kind === 'charge.stop').map(({ commandId }) => commandId);
    const bornCalledOff = fresh.filter(({ calledOff }) => calledOff !== null).map(({ commandId }) => commandId);
    const calledOff = [...bornCalledOff, ...(await this.commands.callOffStarts(tx, stops))];
    if (calledOff.length === 0) return [];
    const ended = await this.attempts.closeSpent(tx, calledOff, calledOff.length);
    await this.endings.record(tx, ended);
    return ended;
  }
}
