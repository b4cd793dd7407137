import { connect } from 'node:net';
import type { Socket } from 'node:net';
import type { Clock, Timer } from './clock';
import type { Faults } from './faults';
import { FaultyWriter } from './faulty-writer';
import type { Endpoint, Link } from './protocol';
import type { Random } from './random';
import type { Statistics } from './statistics';

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

/** One TCP connection of one endpoint: dials, dials again, injects faults, counts. */
export class Connection implements Link {
  private endpoint: Endpoint | null = null;
  private socket: Socket | null = null; // being dialled or up
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
    return this.socket === null || this.socket.writableLength > 0;
  }

  reconnect(): void {
    this.redial?.cancel();
    this.redial = null;
    if (this.closed || this.socket !== null) return;
    const { target, localAddress, readBuffer, statistics } = this.context;
    const socket = connect({
      ...target,
      ...(localAddress === undefined ? {} : { localAddress }),
      noDelay: true,
      onread: {
        buffer: readBuffer,
        callback: (length) => {
          if (this.socket !== socket) return false;
          statistics.bytesDown += length;
          this.endpoint?.received(readBuffer.subarray(0, length));
          return true;
        },
      },
    });
    this.socket = socket;
    socket.once('connect', () => {
      this.opened();
    });
    socket.once('error', (error) => {
      if (this.up) return;
      statistics.connectErrors += 1;
      statistics.lastConnectError = error.message;
    });
    socket.once('close', () => {
      if (this.socket === socket) this.lost(this.delayMs());
    });
  }

  send(bytes: Uint8Array, frames = 1): boolean {
    if (!this.up) return false;
    this.context.statistics.framesUp += frames;
    if (this.writer !== null || this.context.faults.armed)
      this.faultyWriter().send(bytes.slice()); // it may be held back
    else this.write(bytes);
    return true;
  }

  cut(offlineMs = this.delayMs()): void {
    if (this.socket !== null) this.lost(offlineMs);
  }

  /** For good. What was written is sent before. */
  close(): void {
    this.closed = true;
    this.redial?.cancel();
    this.writer?.flush();
    this.endpoint?.close();
    const socket = this.socket;
    if (this.up) socket?.destroySoon();
    else socket?.destroy();
    if (socket !== null) this.lost(Infinity, false);
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
    if (destroy) this.socket?.destroy();
    this.socket = null;
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
    this.socket?.write(bytes);
  }

  private faultyWriter(): FaultyWriter {
    const { faults, random, clock } = this.context;
    const socket = this.socket;
    this.writer ??= new FaultyWriter(
      (bytes) => {
        if (this.socket === socket) this.write(bytes);
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
