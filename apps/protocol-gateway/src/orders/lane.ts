import type { CommandOutcome, DeviceId, Instant } from '@chargebus/domain';
import { COMMAND_PRIORITY } from '@chargebus/domain';
import type { Decoded, Exchange, ExchangeStep, ProtocolConnection, ProtocolProfile } from '@chargebus/protocol-core';
import type { Clock } from '../clock';
import type { FactPublisher } from '../facts/fact-publisher';
import type { Order } from './order';
import { OrderQueue, undoes } from './order-queue';

/** The connection as a lane sees it. */
export interface LaneLink {
  readonly protocolDriver: { readonly profile: ProtocolProfile } | null;
  readonly protocolConnection: Pick<ProtocolConnection<unknown>, 'begin'> | null;
  lastOrderMs: number;
  write(bytes: Uint8Array, to: DeviceId): boolean;
}
export interface LaneRoute {
  readonly deviceId: DeviceId;
  readonly part: number;
  readonly link: LaneLink;
  lastSentMs: number;
}
export interface LaneHost {
  readonly clock: Clock;
  readonly facts: Pick<FactPublisher, 'publish'>;
  readonly maxQueue: number;
  firstWrite(order: Order): void;
  finished(order: Order, outcome: CommandOutcome): void;
  driverFailed(error: unknown): void;
  /** Nothing waits and nothing is under way. */
  idle(): void;
}

/** An order that has begun. */
interface Running {
  readonly order: Order;
  readonly exchange: Exchange<unknown>;
  readonly unsent: Uint8Array[];
  lastWriteMs: number;
  waitMs: number | null; // from the last write
  outcome: CommandOutcome | null; // takes effect once `unsent` is written
}

const STOP = COMMAND_PRIORITY['charge.stop'];

/**
 * The orders of one device: one exchange at a time, the most urgent next, the protocol's gaps between frames. Whatever
 * happens (an order, a frame, a timer), `advance` does what can be done now and sets the one timer for the rest.
 */
export class Lane {
  private readonly queue = new OrderQueue();
  private current: Running | null = null;
  /** Gave way to a stop between two of its frames (a firmware image takes minutes). */
  private suspended: Running | null = null;
  private cancelTimer: (() => void) | null = null;
  private timerAtMs = Infinity;
  private lastWriteMs = -Infinity; // of an order's frame
  private heldSinceMs: number | null = null; // a frame could be written but for the gaps

  constructor(
    private readonly route: LaneRoute,
    private readonly host: LaneHost,
  ) {}

  get waiting(): number {
    return this.queue.length;
  }
  get isBusy(): boolean {
    return this.current !== null || this.suspended !== null;
  }

  /** The order under this id that is not finished yet. */
  find(commandId: string): Order | undefined {
    const begun = [this.current, this.suspended].find((run) => run?.order.request.commandId === commandId);
    return begun?.order ?? this.queue.find(commandId);
  }

  submit(order: Order): void {
    if (this.queue.length >= this.host.maxQueue) {
      this.host.finished(order, { status: 'withdrawn', reason: 'queue_full' });
      return;
    }
    for (const start of this.queue.withdraw(({ command }) => undoes(order.command, command)))
      this.host.finished(start, { status: 'withdrawn', reason: 'stopped' });
    this.queue.add(order);
    this.advance();
  }

  /** Every whole frame of the device is shown to the exchange under way. */
  onFrame(frame: Decoded<unknown>, at: Instant): void {
    for (const run of [this.current, this.suspended]) {
      const step = run?.exchange.onFrame(frame, at, this.host.clock.epochMs()) ?? null;
      if (run === null || step === null) continue;
      this.apply(run, step);
      this.advance();
      return;
    }
  }

  /**
   * The connection is another one: what was on the wire may have been carried out, what waits goes on. Errands belong
   * to the connection that wanted them.
   */
  linkChanged(): void {
    this.abandon();
    for (const errand of this.queue.withdraw(({ isErrand }) => isErrand))
      this.host.finished(errand, { status: 'offline' });
    this.advance();
  }

  /** The device cannot be reached any more. */
  end(): void {
    this.abandon();
    for (const order of this.queue.withdraw(() => true)) this.host.finished(order, { status: 'offline' });
    this.arm(Infinity);
  }

  /** No new exchange begins; the one under way may finish. */
  dropQueue(): void {
    for (const order of this.queue.withdraw(() => true)) this.host.finished(order, { status: 'offline' });
  }

  private abandon(): void {
    for (const run of [this.current, this.suspended]) if (run !== null) this.host.finished(run.order, this.lossOf(run));
    this.current = this.suspended = null;
  }

  /** How often it was written tells whether it may have been carried out; a driver may know that it was. */
  private lossOf(run: Running): CommandOutcome {
    try {
      const known = run.order.sends === 0 ? undefined : run.exchange.onClosed?.();
      if (known !== undefined && known.status !== 'no_reply') return known;
    } catch (error) {
      this.host.driverFailed(error);
    }
    return { status: 'offline' };
  }

  private advance(): void {
    let next: 'again' | number;
    do {
      this.expire();
      try {
        next = this.current === null ? this.beginNext() : this.proceed(this.current);
      } catch (error) {
        this.host.driverFailed(error);
        this.abandon();
        next = 'again';
      }
    } while (next === 'again');
    const { clock } = this.host;
    const untilExpiryMs = this.queue.earliestExpiryMs - clock.epochMs();
    this.arm(Math.min(next, clock.nowMs() + untilExpiryMs));
    if (this.isBusy || this.queue.length > 0) return;
    this.heldSinceMs = null;
    this.host.idle();
  }

  private expire(): void {
    const epochMs = this.host.clock.epochMs();
    for (const order of this.queue.withdraw(({ sendBeforeMs }) => sendBeforeMs <= epochMs))
      this.host.finished(order, { status: 'withdrawn', reason: 'expired' });
  }

  /** Begins the most urgent order, or goes on with what was suspended. A number: when to look again. */
  private beginNext(): 'again' | number {
    const first = this.queue.first;
    if (this.suspended !== null && first?.priority !== STOP) {
      this.current = this.suspended;
      this.suspended = null;
      return 'again';
    }
    if (first === undefined) return Infinity;
    const dueMs = this.writeDueMs();
    if (dueMs > this.host.clock.nowMs()) return dueMs; // the choice is made when it can be sent
    this.queue.take();
    this.begin(first);
    return 'again';
  }

  private begin(order: Order): void {
    const begun = this.beginExchange(order);
    if ('status' in begun) {
      this.host.finished(order, begun);
      return;
    }
    const nowMs = this.host.clock.nowMs();
    this.current = { order, exchange: begun, unsent: [], lastWriteMs: nowMs, waitMs: null, outcome: null };
    this.apply(this.current, begun.start(this.host.clock.epochMs()));
  }

  private beginExchange(order: Order): Exchange<unknown> | CommandOutcome {
    try {
      const { protocolConnection } = this.route.link;
      return (
        protocolConnection?.begin(this.route.deviceId, order.command, order.request.reissued) ?? { status: 'offline' }
      );
    } catch (error) {
      this.host.driverFailed(error);
      return { status: 'invalid', reason: 'driver_error' };
    }
  }

  /** One move of the order under way: write, finish, give way, time out. A number: when to look again. */
  private proceed(run: Running): 'again' | number {
    const { clock } = this.host;
    const nowMs = clock.nowMs();
    const frame = run.unsent[0];
    if (frame !== undefined) {
      if (run.order.sends > 0 && this.givesWay(run)) return 'again';
      const dueMs = this.writeDueMs();
      if (dueMs > nowMs) return dueMs;
      run.unsent.shift();
      this.write(run, frame, nowMs);
      return 'again';
    }
    if (run.outcome !== null) {
      this.current = null;
      this.host.finished(run.order, run.outcome);
      return 'again';
    }
    if (this.yields(run)) return 'again';
    const deadlineMs = run.waitMs === null ? Infinity : run.lastWriteMs + run.waitMs;
    if (nowMs < deadlineMs) return deadlineMs;
    run.lastWriteMs = nowMs; // a step that sends nothing waits from here
    this.apply(run, run.exchange.onTimeout(clock.epochMs()));
    return 'again';
  }

  /**
   * What the platform orders does not wait for the answer to an errand, where the protocol can tell them apart; one that
   * was not sent yet is still to be done.
   */
  private yields({ order }: Running): boolean {
    const isWaited = this.queue.first?.isErrand === false;
    if (!order.isErrand || !isWaited || this.route.link.protocolDriver?.profile.errandsGiveWay !== true) return false;
    this.current = null;
    if (order.sends === 0) this.queue.add(order);
    else this.host.finished(order, { status: 'no_reply' });
    return true;
  }

  /**
   * A stop does not wait for the rest of a long exchange: it goes between two frames. A start of the same charge is
   * not sent again after it.
   */
  private givesWay(run: Running): boolean {
    const stop = this.queue.first;
    if (stop?.priority !== STOP || run.order.priority === STOP) return false;
    if (undoes(stop.command, run.order.command)) this.host.finished(run.order, { status: 'no_reply' });
    else this.suspended = run;
    this.current = null;
    return true;
  }

  private write(run: Running, frame: Uint8Array, nowMs: number): void {
    const { deviceId, link } = this.route;
    if (!link.write(frame, deviceId)) return; // the link is ending, which ends the lane
    this.route.lastSentMs = link.lastOrderMs = this.lastWriteMs = run.lastWriteMs = nowMs;
    this.heldSinceMs = null;
    run.order.written(this.host.clock.epochMs());
    if (run.order.sends === 1) this.host.firstWrite(run.order);
  }

  private apply(run: Running, step: ExchangeStep): void {
    if (step.facts !== undefined) this.host.facts.publish(this.route.part, step.facts, null);
    if (step.send !== undefined) run.unsent.push(...step.send);
    if (step.waitMs !== undefined) run.waitMs = step.waitMs;
    if (step.finish !== undefined) run.outcome = step.finish;
  }

  /**
   * The gap is kept behind answers, too, but only once: a gateway whose sockets all report has an answer in every gap,
   * and a stop must not wait for its silence.
   */
  private writeDueMs(): number {
    const { link, lastSentMs } = this.route;
    const profile = link.protocolDriver?.profile;
    if (profile === undefined) return Infinity;
    const { commandGapMs, connectionGapMs } = profile;
    this.heldSinceMs ??= this.host.clock.nowMs();
    const behindAnswersMs = Math.min(lastSentMs, this.heldSinceMs) + commandGapMs;
    return Math.max(this.lastWriteMs + commandGapMs, behindAnswersMs, link.lastOrderMs + connectionGapMs);
  }

  private arm(atMs: number): void {
    if (atMs === this.timerAtMs) return;
    this.cancelTimer?.();
    this.cancelTimer = null;
    this.timerAtMs = atMs;
    if (atMs === Infinity) return;
    this.cancelTimer = this.host.clock.after(Math.max(0, atMs - this.host.clock.nowMs()), () => {
      this.cancelTimer = null;
      this.timerAtMs = Infinity;
      this.advance();
    });
  }
}
