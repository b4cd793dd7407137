import type { Clock, Timer } from './clock';
import type { Faults } from './faults';
import { FaultyWriter } from './faulty-writer';
import type { Endpoint, Link } from './protocol';
import type { Random } from './random';
import type { Statistics } from './statistics';
import { dialTcp, dialWebSocket } from './wire';
import type { Wire } from './wire';

/** Real milliseconds: a network does not hurry because devices do. */
export interface ReconnectDelay {
  readonly firstMs: number; // doubled after every failure
  readonly maxMs: number;
}

export interface ConnectionContext {
  readonly target: { readonly host: string; readonly port: number };
  readonly localAddress?: string;
  readonly reconnectDelay: ReconnectDelay;
  /** One buffer for all sockets of the process: reads are handled before the next one begins. */
  readonly readBuffer: Uint8Array;
  readonly clock: Clock;
  readonly random: Random;
  readonly faults: Faults;
  readonly statistics: Statistics;
}

/** The connection of one endpoint, TCP or WebSocket: dials, dials again, injects faults, counts. */
export class Connection implements Link {
  private endpoint: Endpoint | null = null;
  private wire: Wire | null = null; // being dialled or up
  private up = false;
  private failures = 0;
  private writer: FaultyWriter | null = null;
  private redial: Timer | null = null;
  private closed = false;

  constructor(private readonly context: ConnectionContext) {}

  serve(endpoint: Endpoint): void {
    this.endpoint = endpoint;
  }

  get busy(): boolean {
    return this.wire === null || this.wire.pendingBytes > 0;
  }

  reconnect(): void {
    this.redial?.cancel();
    this.redial = null;
    if (this.closed || this.wire !== null) return;
    const { endpoint } = this;
    if (endpoint === null) return;
    const { statistics } = this.context;
    const wire: Wire = (endpoint.webSocket === undefined ? dialTcp : dialWebSocket(endpoint.webSocket))(this.context, {
      opened: () => {
        if (this.wire === wire) this.opened();
      },
      received: (chunk) => {
        if (this.wire !== wire) return;
        statistics.bytesDown += chunk.length;
        endpoint.received(chunk);
      },
      failed: (message) => {
        if (this.wire !== wire || this.up) return;
        statistics.connectErrors += 1;
        statistics.lastConnectError = message;
      },
      closed: () => {
        if (this.wire === wire) this.lost(this.delayMs());
      },
    });
    this.wire = wire;
  }

  send(bytes: Uint8Array, frames = 1): boolean {
    if (!this.up) return false;
    this.context.statistics.framesUp += frames;
    const isHealthy = this.writer === null && !this.context.faults.armed;
    if (isHealthy) this.write(bytes);
    else if (this.endpoint?.webSocket === undefined)
      this.faultyWriter().send(bytes.slice()); // it may be held back
    else this.sendMessage(bytes);
    return true;
  }

  cut(offlineMs = this.delayMs()): void {
    if (this.wire !== null) this.lost(offlineMs);
  }

  /** For good. What was written is sent before. */
  close(): void {
    this.closed = true;
    this.redial?.cancel();
    this.writer?.flush();
    this.endpoint?.close();
    const { wire } = this;
    if (this.up) wire?.end();
    else wire?.destroy();
    if (wire !== null) this.lost(Infinity, false);
  }

  private opened(): void {
    this.up = true;
    this.failures = 0;
    const { statistics } = this.context;
    statistics.connects += 1;
    statistics.connected += this.endpoint?.devices.length ?? 0;
    this.endpoint?.connected();
  }

  private lost(redialAfterMs: number, destroy = true): void {
    const { clock, statistics } = this.context;
    if (destroy) this.wire?.destroy();
    this.wire = null;
    this.writer = null;
    if (this.up) {
      this.up = false;
      statistics.disconnects += 1;
      statistics.connected -= this.endpoint?.devices.length ?? 0;
      this.endpoint?.disconnected();
    } else this.failures += 1;
    if (this.closed || redialAfterMs === Infinity) return;
    this.redial = clock.after(clock.fromReal(redialAfterMs), () => {
      this.reconnect();
    });
  }

  private delayMs(): number {
    const { firstMs, maxMs } = this.context.reconnectDelay;
    return Math.min(maxMs, firstMs * 2 ** Math.min(this.failures, 20)) * this.context.random.between(0.5, 1.5);
  }

  private write(bytes: Uint8Array): void {
    this.context.statistics.bytesUp += bytes.length;
    this.wire?.write(bytes);
  }

  /** Whole messages can get lost with their connection or arrive damaged, not in pieces. */
  private sendMessage(bytes: Uint8Array): void {
    const { faults, random } = this.context;
    if (faults.strikes('cut')) this.cut();
    else if (faults.strikes('corrupt')) this.write(bytes.subarray(0, random.integer(0, bytes.length - 1)));
    else this.write(bytes);
  }

  private faultyWriter(): FaultyWriter {
    const { faults, random, clock } = this.context;
    const { wire } = this;
    this.writer ??= new FaultyWriter(
      (bytes) => {
        if (this.wire === wire) this.write(bytes);
      },
      () => {
        this.cut();
      },
      faults,
      random,
      clock,
    );
    return this.writer;
  }
}
