import { partitionOf } from '@chargebus/domain';
import type { ChargingSession, DeviceId, DeviceRecord, DeviceState, TenantId } from '@chargebus/domain';
import type { EventEnvelope, ProtocolEvent } from '@chargebus/events';
import type { Logger } from '@chargebus/observability';
import { forTenants } from '@chargebus/persistence';
import type { Database, Outbox } from '@chargebus/persistence';
import { DeviceConflict } from '@chargebus/persistence/session';
import type { DeviceRepository, RejectedFrameRepository } from '@chargebus/persistence/session';
import { nextCheckMs } from '../devices/deadlines';
import { DeviceWork } from '../devices/device-work';
import type { Order } from '../devices/device-work';
import type { Oddity } from '../devices/fold-context';
import { concludePresence } from '../devices/presence.fold';
import type { Rules } from '../devices/rules';
import type { SessionMetrics } from '../metrics';
import type { DeviceShadow } from '../shadow/device-shadow';
import { DeviceCache } from './device-cache';
import { Lane } from './lane';
import type { OrderDesk } from './order-desk';
import { shadowChange, trimmed } from './aftermath';
import type { Strangers } from '../quarantine/strangers';
import { markSubmitted } from '../sessions/transitions';

/** Something to be decided about one device. Runs again from scratch when the commit has to be repeated. */
export interface Task {
  readonly deviceId: DeviceId;
  /** Names events that follow from nothing more specific. */
  readonly causeId: string;
  /** A session that the decision may need although it is closed long since. */
  readonly refersTo?: {
    readonly orderRef: string | null;
    readonly settlementKey: string | null;
    readonly transactionRef?: string | null;
  };
  /** What the device said, where the task comes from that: kept when nobody owns the device. */
  readonly fact?: ProtocolEvent;
  /** Not called when the device is in nobody's registry. */
  decide(work: DeviceWork): void;
}

export interface EngineDependencies {
  readonly database: Database;
  readonly devices: DeviceRepository;
  readonly frames: RejectedFrameRepository;
  readonly outbox: Outbox;
  readonly shadow: DeviceShadow;
  readonly desk: OrderDesk;
  readonly strangers: Strangers;
  readonly metrics: SessionMetrics;
  readonly logger: Logger;
  readonly rules: Rules;
  readonly now: () => number;
}
export interface EngineOptions {
  readonly lanes: number;
  readonly maxBatch: number;
  readonly cacheSize: number;
}

const MAX_ATTEMPTS = 5;
/** How long a task without hurry waits for another one of its device, to share its commit. */
const LATER_MS = 250;
/** Events published in one go, and how many may wait for it before commits wait too. */
const MAX_PUBLISH = 1_000;
const MAX_UNPUBLISHED = 10_000;
const UNIQUE_VIOLATION = '23505';

/**
 * The one way in which a device's state changes: facts, finished commands, requests and deadlines are all tasks. Tasks
 * that meet are decided in memory and committed together; a state that was outdated is read again and everything is
 * decided anew. After the commit: shadow, events, orders.
 */
export class Engine {
  private readonly lanes: readonly Lane<Task>[];
  private readonly cache: DeviceCache;
  private readonly besides = new Set<Promise<void>>();
  /** Events leave in the order of their commits, beside the next commits: the outbox has them already. */
  private readonly announcer: Lane<EventEnvelope>;
  private unpublished = 0;
  private readonly later = new Map<DeviceId, Task[]>();

  constructor(
    private readonly deps: EngineDependencies,
    options: EngineOptions,
  ) {
    this.cache = new DeviceCache(options.cacheSize);
    this.announcer = new Lane<EventEnvelope>(MAX_PUBLISH, (events) => this.publish(events));
    this.lanes = Array.from(
      { length: options.lanes },
      () => new Lane<Task>(options.maxBatch, (tasks) => this.commit(tasks)),
    );
  }

  /** Resolves when what was decided is committed, its events with it, and visible in the shadow. */
  async run(tasks: readonly Task[]): Promise<void> {
    const shares = new Map<Lane<Task>, Task[]>();
    for (const task of tasks) {
      const lane = this.laneOf(task.deviceId);
      const share = shares.get(lane) ?? [];
      shares.set(lane, share);
      share.push(...this.takeWaiting(task.deviceId), task);
    }
    await Promise.all([...shares].map(([lane, share]) => lane.run(share)));
  }

  /** The device as last committed or read here; undefined: not in memory. */
  stateOf(deviceId: DeviceId): DeviceState | undefined {
    return this.cache.get(deviceId);
  }

  /**
   * With the next commit of the device, or alone a moment later. For what may fail without harm, because something
   * else will do it again.
   */
  runLater(task: Task): void {
    const waiting = this.later.get(task.deviceId);
    if (waiting !== undefined) {
      waiting.push(task);
      return;
    }
    this.later.set(task.deviceId, [task]);
    setTimeout(() => {
      this.runWaiting(task.deviceId);
    }, LATER_MS);
  }

  private runWaiting(deviceId: DeviceId): void {
    const waiting = this.takeWaiting(deviceId);
    if (waiting.length > 0) this.aside(this.run(waiting), { deviceId });
  }
  private takeWaiting(deviceId: DeviceId): readonly Task[] {
    const waiting = this.later.get(deviceId) ?? [];
    this.later.delete(deviceId);
    return waiting;
  }

  /** Resolves when nothing is under way; for a clean stop. */
  async idle(): Promise<void> {
    for (const deviceId of [...this.later.keys()]) this.runWaiting(deviceId);
    await Promise.all(this.lanes.map((lane) => lane.idle()));
    await Promise.all(this.besides);
    await Promise.all(this.lanes.map((lane) => lane.idle()));
    await this.announcer.idle();
  }

  private laneOf(deviceId: DeviceId): Lane<Task> {
    const lane = this.lanes[partitionOf(deviceId) % this.lanes.length];
    if (lane === undefined) throw new Error('an engine has at least one lane');
    return lane;
  }

  private async commit(tasks: readonly Task[]): Promise<void> {
    const finish = this.deps.metrics.commitSeconds.startTimer();
    for (let attempt = 1; ; attempt++) {
      try {
        await this.attempt(tasks);
        break;
      } catch (error) {
        // A unique index or the version says that somebody was quicker: what they wrote must be seen first.
        if (error instanceof DeviceConflict) this.cache.drop(error.deviceIds);
        else this.cache.drop(tasks.map(({ deviceId }) => deviceId));
        const raced = error instanceof DeviceConflict || (error as { code?: unknown }).code === UNIQUE_VIOLATION;
        if (!raced || attempt === MAX_ATTEMPTS) throw error;
        this.deps.metrics.conflicts.inc();
      }
    }
    finish();
    this.deps.metrics.batchFacts.observe(tasks.length);
  }

  private async attempt(tasks: readonly Task[]): Promise<void> {
    const { states, fresh } = await this.load(tasks);
    const oddities: Oddity[] = [];
    const works = this.decide(tasks, states, oddities);
    const saved = await this.save(works);
    for (const state of saved.values()) this.cache.put(trimmed(state));
    await this.deps.shadow.write(works.map((work) => shadowChange(work, saved, fresh)));
    await this.announce(works.flatMap(({ events }) => events));
    for (const work of works) for (const order of work.orders) this.giveOrder(work.device, order);
    for (const kind of oddities) this.deps.metrics.oddities.inc({ kind });
  }

  private decide(tasks: readonly Task[], states: ReadonlyMap<DeviceId, DeviceState>, oddities: Oddity[]): DeviceWork[] {
    const { rules, now } = this.deps;
    const context = { nowMs: now(), rules, note: (oddity: Oddity) => oddities.push(oddity) };
    const works = new Map<DeviceId, { work: DeviceWork; causeId: string }>();
    for (const task of tasks) {
      const state = states.get(task.deviceId);
      if (state === undefined) continue;
      let entry = works.get(task.deviceId);
      if (entry === undefined) {
        entry = { work: new DeviceWork(state, context), causeId: task.causeId };
        works.set(task.deviceId, entry);
      }
      task.decide(entry.work);
    }
    for (const { work, causeId } of works.values()) conclude(work, causeId);
    return [...works.values()].map(({ work }) => work);
  }

  /** States from memory where they are there, with the sessions that tasks refer to. `fresh`: read just now. */
  private async load(tasks: readonly Task[]): Promise<{ states: Map<DeviceId, DeviceState>; fresh: Set<DeviceId> }> {
    const states = new Map<DeviceId, DeviceState>();
    const missing = new Set<DeviceId>();
    for (const { deviceId } of tasks) {
      const cached = this.cache.get(deviceId);
      if (cached === undefined) missing.add(deviceId);
      else states.set(deviceId, cached);
    }
    if (missing.size > 0) await this.read([...missing], states);
    const strange = tasks.flatMap(({ deviceId, fact }) => (fact === undefined || states.has(deviceId) ? [] : [fact]));
    const adopted = strange.length === 0 ? [] : await this.deps.strangers.receive(strange);
    if (adopted.length > 0) await this.read(adopted, states);
    await this.addReferred(tasks, states);
    return { states, fresh: missing };
  }

  private async read(deviceIds: readonly DeviceId[], states: Map<DeviceId, DeviceState>): Promise<void> {
    for (const [deviceId, state] of await this.deps.devices.load(deviceIds)) states.set(deviceId, state);
  }

  private async addReferred(tasks: readonly Task[], states: Map<DeviceId, DeviceState>): Promise<void> {
    const wanted = tasks.flatMap(({ deviceId, refersTo }) => {
      const state = states.get(deviceId);
      if (refersTo === undefined || state === undefined || state.sessions.some((s) => isReferred(s, refersTo)))
        return [];
      return [{ deviceId, ...refersTo }];
    });
    for (const session of await this.deps.devices.findSessions(wanted)) {
      const state = states.get(session.deviceId);
      if (state === undefined || state.sessions.some(({ sessionId }) => sessionId === session.sessionId)) continue;
      states.set(session.deviceId, { ...state, sessions: [session, ...state.sessions] });
    }
  }

  private async save(works: readonly DeviceWork[]): Promise<Map<DeviceId, DeviceState>> {
    if (works.length === 0) return new Map();
    const { database, devices, frames, outbox, now } = this.deps;
    const tenants = new Set<TenantId>(works.map(({ device }) => device.tenantId));
    return database.transaction(forTenants([...tenants]), async (tx) => {
      const changes = works.map((work) => work.change);
      const rejected = works.flatMap((work) =>
        work.rejectedFrames.map((frame) => ({ ...frame, tenantId: work.device.tenantId })),
      );
      const events = works.flatMap((work) => work.events);
      const [saved] = await Promise.all([
        devices.save(tx, changes, now()),
        frames.add(tx, rejected),
        outbox.append(tx, events),
      ]);
      return saved;
    });
  }

  /** Without waiting for `command`: the order is in the row, and the sweeper gives it again until it is taken. */
  private giveOrder(device: DeviceRecord, order: Order): void {
    this.aside(
      this.deps.desk.submit(device, order).then(() => {
        this.runLater(submittedTask(device.deviceId, order));
      }),
      { sessionId: order.sessionId, commandId: order.commandId },
    );
  }

  private aside(work: Promise<void>, about: Readonly<Record<string, unknown>>): void {
    const done = work
      .catch((error: unknown) => {
        this.deps.logger.warn({ err: error, ...about }, 'not done now, the sweeper does it again');
      })
      .finally(() => this.besides.delete(done));
    this.besides.add(done);
  }

  private async announce(events: readonly EventEnvelope[]): Promise<void> {
    if (events.length === 0) return;
    this.unpublished += events.length;
    const published = this.announcer.run(events).finally(() => (this.unpublished -= events.length));
    if (this.unpublished > MAX_UNPUBLISHED) await published;
  }

  /** What cannot be published now stays in the outbox, and the relay publishes it: the cause is safe either way. */
  private async publish(events: readonly EventEnvelope[]): Promise<void> {
    for (const { type } of events) this.deps.metrics.events.inc({ type });
    try {
      await this.deps.outbox.flush(events);
    } catch (error) {
      this.deps.logger.warn({ err: error, events: events.length }, 'events wait in the outbox');
    }
  }
}

const isReferred = (session: ChargingSession, to: NonNullable<Task['refersTo']>): boolean =>
  (to.orderRef !== null && session.orderRef === to.orderRef) ||
  (to.settlementKey !== null && session.settlementKey === to.settlementKey) ||
  (to.transactionRef != null && session.transactionRef === to.transactionRef);

/** After the last task of a device: presence, closed sessions that nobody needs in memory, the next deadline. */
function conclude(work: DeviceWork, causeId: string): void {
  concludePresence(work, causeId);
  const changed =
    work.device !== work.before.device ||
    work.sessions !== work.before.sessions ||
    work.faults !== work.before.faults ||
    work.ports !== work.before.ports;
  if (!changed) return;
  const nextCheckAtMs = nextCheckMs(work);
  if (nextCheckAtMs !== work.device.nextCheckAtMs) work.setDevice({ nextCheckAtMs });
}

/** `command` has taken the order: it need not be given again. */
export const submittedTask = (deviceId: DeviceId, { sessionId, commandId }: Order): Task => ({
  deviceId,
  causeId: commandId,
  decide: (work) => {
    markSubmitted(work, sessionId, commandId);
  },
});
