import { IdempotencyKeyReused, QueueFull } from '@chargebus/errors';
import type { AppError } from '@chargebus/errors';
import { asSystem, Batcher, forTenants } from '@chargebus/persistence';
import type { Database, Transaction } from '@chargebus/persistence';
import type {
  AttemptRepository,
  CommandRecord,
  CommandRepository,
  DueCommand,
  NewCommand,
} from '@chargebus/persistence/command';
import type { CommandView, RequestOf, SubmitCommand } from '@chargebus/requests';
import type { CommandMetrics } from '../metrics';
import type { AttemptRunner } from '../attempts/attempt-runner';
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

type Arrival = Omit<NewCommand, 'atOnce'>;

/**
 * Takes orders in. An order is accepted when its row is committed. Its first attempt begins with the row where the
 * device has a free place here; otherwise a job follows, and where neither comes to an end (this process is killed, Redis
 * is away) the sweeper makes the job from the row. The same command id again inserts nothing and is answered with the
 * command as it stands.
 */
export class SubmissionService {
  private readonly arrivals: Batcher<Arrival, Accepted>;

  constructor(
    private readonly database: Database,
    private readonly commands: CommandRepository,
    private readonly attempts: AttemptRepository,
    private readonly endings: Endings,
    private readonly queue: CommandQueue,
    private readonly runner: AttemptRunner,
    private readonly level: QueueLevel,
    private readonly watch: StateWatch,
    private readonly metrics: CommandMetrics,
    private readonly limits: { readonly perDevice: number; readonly leaseMs: number },
  ) {
    this.arrivals = new Batcher((arrived) => this.acceptAll(arrived), { maxBatches: 1 }); // one at a time: each counts what is open
  }

  /** Errors: QUEUE_FULL, IDEMPOTENCY_KEY_REUSED where the id is another tenant's. */
  async submit({ wait, ...order }: RequestOf<typeof SubmitCommand>): Promise<CommandView> {
    const watcher = wait === null ? null : this.watch.watch(order.commandId);
    try {
      const accepted = await this.accept({ ...order, repeatable: ORDER_RULES[order.command.kind].repeatable });
      if (watcher === null || wait === null || reached(accepted.status, wait.until)) return toView(accepted);
      return await this.afterWaiting(accepted, watcher, wait);
    } finally {
      watcher?.close();
    }
  }

  private async accept(order: Arrival): Promise<CommandRecord> {
    const { command, queued } = await this.arrivals.push(order);
    if (command?.tenantId !== order.tenantId) throw await this.refusal(order);
    await queued;
    return command;
  }

  /** The row cannot be seen for want of room, or because it is another tenant's. */
  private async refusal({ commandId, command }: Arrival): Promise<AppError> {
    const taken = await this.database.transaction(asSystem('whether any tenant has the id'), (tx) =>
      this.commands.findMany(tx, [commandId]),
    );
    if (taken.length > 0) return new IdempotencyKeyReused({ key: commandId });
    this.metrics.refused.inc({ kind: command.kind });
    return new QueueFull();
  }

  private async afterWaiting(
    accepted: CommandRecord,
    watcher: CommandWatcher,
    wait: NonNullable<RequestOf<typeof SubmitCommand>['wait']>,
  ): Promise<CommandView> {
    const news = await watcher.until(wait.until, wait.timeoutMs);
    if (news !== null) return { ...toView(accepted), ...news };
    const { commandId, tenantId } = accepted;
    const [now] = await this.database.transaction(forTenants([tenantId]), (tx) =>
      this.commands.findMany(tx, [commandId]),
    );
    if (now === undefined) throw new Error(`command ${commandId} is gone`);
    return toView(now);
  }

  private async acceptAll(arrived: readonly Arrival[]): Promise<Accepted[]> {
    const room = this.level.take(arrived.length);
    const orders = this.reserve(arrived);
    const begun = new Set<string>();
    let used = 0;
    try {
      const { inserted, ended, standing } = await this.write(orders, room);
      used = inserted.length;
      for (const { kind } of inserted) this.metrics.accepted.inc({ kind });
      this.endings.publish(ended);
      const open = inserted.filter(({ commandId }) => standing.get(commandId)?.finishedAt === null);
      for (const command of open.filter(isClaimed)) {
        begun.add(command.commandId);
        this.runner.begin({ ...command, exposedBefore: false });
      }
      const queued = this.queue.add(open.filter((command) => !isClaimed(command)));
      void this.queue.remove(ended);
      return arrived.map(({ commandId }) => ({ command: standing.get(commandId) ?? null, queued }));
    } finally {
      for (const order of orders) if (order.atOnce && !begun.has(order.commandId)) this.runner.decline(dueOf(order));
      this.level.giveBack(room - used); // stops take more than there was
    }
  }

  /** Which of them can go at once. Not where several meet for one device: one of them may call another off. */
  private reserve(arrived: readonly Arrival[]): NewCommand[] {
    const perDevice = new Map<string, number>();
    for (const { deviceId } of arrived) perDevice.set(deviceId, (perDevice.get(deviceId) ?? 0) + 1);
    return arrived.map((order) => ({
      ...order,
      atOnce: perDevice.get(order.deviceId) === 1 && this.runner.reserve(dueOf(order)),
    }));
  }

  /** `standing`: all that arrived as they are now; what there was no room for is missing. */
  private write(
    arrived: readonly NewCommand[],
    room: number,
  ): Promise<{ inserted: CommandRecord[]; ended: CommandRecord[]; standing: Map<string, CommandRecord> }> {
    const tenants = [...new Set(arrived.map(({ tenantId }) => tenantId))];
    return this.database.transaction(forTenants(tenants), async (tx) => {
      const inserted = await this.commands.insert(tx, arrived, { ...this.limits, room });
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

/** The row began with an attempt of this process. */
const isClaimed = ({ attempts }: CommandRecord): boolean => attempts > 0;
const dueOf = ({ commandId, tenantId, deviceId, command: { kind } }: Arrival): DueCommand => ({
  commandId,
  tenantId,
  deviceId,
  kind,
});
