import { toInstant } from '@chargebus/domain';
import type { CommandOutcome, DeviceCommand, OrderRef } from '@chargebus/domain';
import type { ProtocolEvent, ProtocolEventOf } from '@chargebus/events';
import type {
  Answer,
  Decoded,
  Exchange,
  ExchangeStep,
  ProtocolConnection,
  ProtocolDriver,
  QuestionReply,
} from '@chargebus/protocol-core';
import type { Timer } from '../src/core/clock';
import { Faults, FleetFaults } from '../src/core/faults';
import { ManualClock } from '../src/core/manual-clock';
import type { Endpoint, Link, SimulatedProtocol, VirtualDevice } from '../src/core/protocol';
import { Random } from '../src/core/random';
import { Statistics } from '../src/core/statistics';

export const ACCEPTED: QuestionReply = { decision: 'accepted', rateMode: 'time', balanceFen: 5_000, expiresAt: null };

/** A simulated device against the real driver, without gateway and sockets, on a clock that the test moves. */
export class DriverBench<D extends VirtualDevice> {
  readonly clock = new ManualClock(Date.UTC(2026, 0, 2) / 1000);
  readonly statistics = new Statistics();
  readonly faults: Faults;
  readonly endpoint: Endpoint<D>;
  readonly facts: ProtocolEvent[] = [];
  readonly heard: string[] = []; // commands of the device, in order
  /** Commands whose answers get lost. */
  readonly silentOn = new Set<string>();
  decision: QuestionReply = ACCEPTED;
  connections = 0;
  private line: ProtocolConnection<unknown> | null = null;
  private readonly running = new Set<RunningOrder>();

  constructor(
    private readonly driver: ProtocolDriver,
    protocol: SimulatedProtocol<D>,
    { devices = 1, seed = 1 } = {},
  ) {
    const random = new Random(seed);
    this.faults = new Faults(new FleetFaults(this.statistics), random.fork(1));
    const link: Link = {
      busy: false,
      send: (bytes) => {
        if (this.line !== null) this.receive(this.line.push(Uint8Array.from(bytes)));
        return this.line !== null;
      },
      cut: (offlineMs = 1_000) => {
        this.disconnect();
        if (offlineMs !== Infinity) this.clock.after(offlineMs, () => this.connect());
      },
      reconnect: () => {
        this.connect();
      },
    };
    const [create] = protocol.plan(devices);
    if (create === undefined) throw new Error('no endpoint');
    this.endpoint = create({ clock: this.clock, random, statistics: this.statistics, faults: this.faults, link });
  }

  get device(): D {
    const [device] = this.endpoint.devices;
    if (device === undefined) throw new Error('no device');
    return device;
  }
  connect(): this {
    if (this.line !== null) return this;
    this.line = this.driver.open(++this.connections);
    this.endpoint.connected();
    return this;
  }
  disconnect(): void {
    if (this.line === null) return;
    this.line = null;
    for (const order of [...this.running]) order.closes();
    this.endpoint.disconnected();
  }
  advanceS(seconds: number): this {
    this.clock.advance(seconds * 1000);
    return this;
  }

  /** What the platform orders; the outcome is there once the device has replied, or has not. */
  order(command: DeviceCommand): RunningOrder {
    if (this.line === null) throw new Error('not connected');
    const begun = this.line.begin(this.device.deviceId, command, false);
    const order = new RunningOrder(this.clock, (bytes) => {
      this.endpoint.received(bytes);
    });
    if ('status' in begun) order.outcome = begun;
    else {
      this.running.add(order);
      order.run(begun, this.nowMs);
    }
    return order;
  }
  factsOf<T extends ProtocolEvent['type']>(type: T): ProtocolEventOf<T>[] {
    return this.facts.filter((fact): fact is ProtocolEventOf<T> => fact.type === type);
  }
  lastOf<T extends ProtocolEvent['type']>(type: T): ProtocolEventOf<T> {
    const fact = this.factsOf(type).at(-1);
    if (fact === undefined) throw new Error(`no ${type} among ${this.facts.map((one) => one.type).join(' ')}`);
    return fact;
  }

  private get nowMs(): number {
    return this.clock.epochS() * 1000;
  }
  private receive(frames: readonly Decoded<unknown>[]): void {
    for (const decoded of frames) {
      this.heard.push(decoded.command);
      const { facts, answer } = this.line?.receive(decoded, toInstant(this.nowMs), this.nowMs) ?? NOTHING;
      this.facts.push(...facts);
      if (!this.silentOn.has(decoded.command)) this.answer(answer);
      for (const order of [...this.running]) order.hears(decoded, this.nowMs);
    }
  }
  private answer(answer: Answer): void {
    if (answer.when === 'never' || answer.when === 'certified') return;
    const bytes = answer.when === 'asked' ? answer.encode(this.decision) : answer.bytes;
    if (bytes !== null) this.endpoint.received(bytes);
  }
}
const NOTHING = { facts: [], answer: { when: 'never' } } as const;

/** An order as the gateway carries it out. */
class RunningOrder {
  outcome: CommandOutcome | null = null;
  private exchange: Exchange<unknown> | null = null;
  private timer: Timer | null = null;

  constructor(
    private readonly clock: ManualClock,
    private readonly write: (bytes: Uint8Array) => void,
  ) {}
  run(exchange: Exchange<unknown>, nowMs: number): void {
    this.exchange = exchange;
    this.take(exchange.start(nowMs));
  }
  hears(decoded: Decoded<unknown>, nowMs: number): void {
    if (this.outcome !== null) return;
    const step = this.exchange?.onFrame(decoded, toInstant(nowMs), nowMs) ?? null;
    if (step !== null) this.take(step);
  }
  closes(): void {
    this.timer?.cancel();
    this.outcome ??= this.exchange?.onClosed?.() ?? { status: 'offline' };
  }
  private take(step: ExchangeStep): void {
    this.timer?.cancel();
    if (step.waitMs !== undefined)
      this.timer = this.clock.after(step.waitMs, () => {
        if (this.exchange !== null && this.outcome === null)
          this.take(this.exchange.onTimeout(this.clock.epochS() * 1000));
      });
    if (step.finish !== undefined) this.outcome = step.finish;
    for (const bytes of step.send ?? []) this.write(bytes);
  }
}

export const startOf = (
  portNo: number,
  orderRef: string,
  fields: Partial<Extract<DeviceCommand, { kind: 'charge.start' }>> = {},
): DeviceCommand => ({
  kind: 'charge.start',
  portNo,
  orderRef: orderRef as OrderRef,
  durationLimitS: null,
  energyLimitWh: null,
  powerLimitW: null,
  primaryLimit: 'full',
  stopWhenFull: true,
  maxDurationS: null,
  balanceFen: null,
  ...fields,
});
export const stopOf = (portNo: number, orderRef: string): DeviceCommand => ({
  kind: 'charge.stop',
  portNo,
  orderRef: orderRef as OrderRef,
  keepLocked: false,
});
