import { lookup } from 'node:dns/promises';
import { WheelClock } from './clock';
import type { Clock } from './clock';
import { Connection } from './connection';
import type { ReconnectDelay } from './connection';
import { Faults, FleetFaults } from './faults';
import type { FaultPlan } from './faults';
import type { Endpoint, SimulatedProtocol, VirtualDevice } from './protocol';
import { Random } from './random';
import { Statistics } from './statistics';

export interface FleetOptions<D extends VirtualDevice> {
  readonly protocol: SimulatedProtocol<D>;
  readonly host: string;
  readonly port: number;
  readonly devices: number;
  /** The same seed and the same orders make the same fleet do the same. */
  readonly seed?: number;
  /** Device time per real time; 60: an hour of charging in a minute. */
  readonly speed?: number;
  /** New connections per second of real time; 0: all at once. */
  readonly rampPerS?: number;
  readonly faults?: Partial<FaultPlan>;
  readonly reconnectDelay?: ReconnectDelay;
  /** Local addresses to dial from, taken in turn: for limits per address and more than 28,000 connections. */
  readonly localAddresses?: readonly string[];
}

const RAMP_STEP_MS = 20;
const DEFAULT_RECONNECT: ReconnectDelay = { firstMs: 1000, maxMs: 30_000 };

/** Virtual devices of one protocol against one target. */
export class Fleet<D extends VirtualDevice = VirtualDevice> {
  readonly statistics = new Statistics();
  readonly faults = new FleetFaults(this.statistics);
  readonly random: Random;
  readonly devices: readonly D[];
  private readonly wheel: WheelClock;
  private readonly connections: Connection[] = [];
  private readonly timers = new Set<NodeJS.Timeout>();

  private constructor(
    private readonly options: FleetOptions<D>,
    host: string,
  ) {
    this.wheel = new WheelClock(options.speed ?? 1);
    this.random = new Random(options.seed ?? 1);
    if (options.faults !== undefined) this.faults.set(options.faults);
    const readBuffer = Buffer.allocUnsafeSlow(64 * 1024);
    this.devices = options.protocol
      .plan(options.devices)
      .flatMap((create, index) => this.assemble(create, index, host, readBuffer).devices);
    this.statistics.devices = this.devices.length;
  }

  /** The devices exist and do nothing yet. Rejects when the host's name cannot be resolved. */
  static async create<D extends VirtualDevice>(options: FleetOptions<D>): Promise<Fleet<D>> {
    const { address } = await lookup(options.host);
    return new Fleet(options, address);
  }

  /** Creates a fleet, connects it, and resolves when the platform has answered every device's registration. */
  static async connect<D extends VirtualDevice>(options: FleetOptions<D>, timeoutMs = 30_000): Promise<Fleet<D>> {
    const fleet = await Fleet.create(options);
    fleet.start();
    try {
      await fleet.ready(timeoutMs);
    } catch (error) {
      fleet.close();
      throw error;
    }
    return fleet;
  }

  get clock(): Clock {
    return this.wheel;
  }

  /** Begins to dial, at the ramp's pace. */
  start(): void {
    const perStep = (this.options.rampPerS ?? 0) / (1000 / RAMP_STEP_MS);
    if (perStep === 0) {
      for (const connection of this.connections) connection.reconnect();
      return;
    }
    let dialled = 0;
    let allowance = 1; // the first at once
    const ramp = setInterval(() => {
      allowance += perStep;
      while (allowance >= 1 && dialled < this.connections.length) {
        this.connections[dialled++]?.reconnect();
        allowance -= 1;
      }
      if (dialled === this.connections.length) this.stopTimer(ramp);
    }, RAMP_STEP_MS);
    this.timers.add(ramp);
  }

  /** Resolves when every device is registered; rejects after `timeoutMs`, saying how far it came. */
  async ready(timeoutMs = 30_000): Promise<void> {
    await this.until(
      () => this.statistics.registered === this.devices.length,
      timeoutMs,
      () => `${this.statistics.registered} of ${this.devices.length} devices registered`,
    );
  }

  /** Resolves when no charge runs and the platform has answered every settlement. */
  async settled(timeoutMs = 30_000): Promise<void> {
    const open = (): number => this.devices.reduce((sum, device) => sum + device.ledger.unsettled.length, 0);
    await this.until(
      () => this.statistics.charging === 0 && open() === 0,
      timeoutMs,
      () => `${this.statistics.charging} ports charging, ${open()} settlements unanswered`,
    );
  }

  /** Cuts a share of all connections, 0 to 1, at the same moment; they all dial again at once. */
  reconnectStorm(share = 1): void {
    for (const connection of this.connections) if (share >= 1 || this.random.chance(share)) connection.cut(0);
  }

  /** Ends every connection and timer; what was written is still sent. */
  close(): void {
    for (const timer of this.timers) clearInterval(timer);
    for (const connection of this.connections) connection.close();
    this.wheel.close();
  }

  private assemble(
    create: ReturnType<SimulatedProtocol<D>['plan']>[number],
    index: number,
    host: string,
    readBuffer: Uint8Array,
  ): Endpoint<D> {
    const { port, localAddresses = [], reconnectDelay = DEFAULT_RECONNECT } = this.options;
    const random = this.random.fork(index);
    const faults = new Faults(this.faults, random.fork(1));
    const localAddress = localAddresses[index % Math.max(1, localAddresses.length)];
    const shared = { clock: this.wheel, statistics: this.statistics, faults };
    const connection = new Connection({
      ...shared,
      random: random.fork(2),
      target: { host, port },
      ...(localAddress === undefined ? {} : { localAddress }),
      reconnectDelay,
      readBuffer,
    });
    const endpoint = create({ ...shared, random: random.fork(3), link: connection });
    connection.serve(endpoint);
    this.connections.push(connection);
    return endpoint;
  }

  private async until(holds: () => boolean, timeoutMs: number, progress: () => string): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    while (!holds()) {
      if (performance.now() > deadline) throw new Error(`${progress()} after ${timeoutMs} ms`);
      await new Promise((resolve) => setTimeout(resolve, RAMP_STEP_MS));
    }
  }

  private stopTimer(timer: NodeJS.Timeout): void {
    clearInterval(timer);
    this.timers.delete(timer);
  }
}
