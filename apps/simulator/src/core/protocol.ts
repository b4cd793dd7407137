import type { DeviceId, PortState } from '@chargebus/domain';
import type { Clock } from './clock';
import type { Faults } from './faults';
import type { Ledger } from './ledger';
import type { Random } from './random';
import type { Statistics } from './statistics';
import type { Vehicle } from './vehicle';
import type { WebSocketIdentity } from './wire';

/** The way to the platform, as an endpoint sees it. */
export interface Link {
  /** False: not connected, the bytes are gone. `frames` is what the statistics count. */
  send(bytes: Uint8Array, frames?: number): boolean;
  /** Bytes still wait in this process: a load generator skips its turn. */
  readonly busy: boolean;
  /** Breaks the connection; back after `offlineMs` of real time (default: the fleet's reconnect delay; Infinity: never by itself). */
  cut(offlineMs?: number): void;
  /** Connects again now, if it is not connected. */
  reconnect(): void;
}

/** What an endpoint is given when it is made. */
export interface EndpointContext {
  readonly clock: Clock;
  readonly random: Random;
  readonly statistics: Statistics;
  readonly faults: Faults;
  readonly link: Link;
}

/** What one connection carries: a direct device, or a host with its slaves. */
export interface Endpoint<D extends VirtualDevice = VirtualDevice> {
  readonly devices: readonly D[];
  /** Absent: bytes over TCP. Present: whole messages over a WebSocket. */
  readonly webSocket?: WebSocketIdentity;
  connected(): void;
  /** `chunk` is only valid during the call. */
  received(chunk: Uint8Array): void;
  disconnected(): void;
  /** The fleet closes: no more timers. */
  close(): void;
}

/** What a protocol gives to the fleet; the only door between the two. */
export interface SimulatedProtocol<D extends VirtualDevice = VirtualDevice> {
  readonly name: string;
  /** One factory per connection, for `devices` charging devices altogether. */
  plan(devices: number): readonly ((context: EndpointContext) => Endpoint<D>)[];
}

export type DeviceCondition =
  'connected' | 'disconnected' | 'registered' | 'idle' | 'plugged' | 'charging' | 'finished' | 'fault' | 'settled';

export interface LocalStart {
  readonly by: 'card' | 'code';
  /** Card number or verification code, 8 hex digits; drawn at random when absent. */
  readonly cardOrCodeHex?: string;
  /** Bought time; absent: until full. */
  readonly durationS?: number;
}

/** What scenarios and tests do with a device of any protocol. Ports count from 1 and default to 1. */
export interface VirtualDevice {
  readonly deviceId: DeviceId;
  readonly portCount: number;
  readonly connected: boolean;
  /** Its registration was answered on the present connection. */
  readonly registered: boolean;
  readonly ledger: Ledger;
  readonly faults: Faults;
  portState(portNo?: number): PortState;

  /** A vehicle arrives; a random one by default. Replaces the one that is there. */
  plugIn(portNo?: number, vehicle?: Vehicle): void;
  /** The vehicle leaves; a running charge ends as the protocol says. */
  unplug(portNo?: number): void;
  /** Someone presents a card: the platform is asked and may order a start; offline, the device starts by itself. */
  swipeCard(portNo?: number, cardHex?: string): void;
  /** The device starts a charge that nobody ordered; the vehicle must be there. False: the port cannot. */
  startLocally(portNo: number, start: LocalStart): boolean;
  /** Breaks the port with the protocol's own status code; null repairs it. */
  setFault(portNo: number, code: number | null): void;
  /** Sends a heartbeat now. */
  heartbeat(): void;
  cut(offlineMs?: number): void;
  reconnect(): void;

  /** `portNo` absent: any port (`settled`: all). Rejects after `timeoutMs` of real time, 10 s by default. */
  waitFor(
    condition: DeviceCondition,
    options?: { readonly portNo?: number; readonly timeoutMs?: number },
  ): Promise<void>;
  /** Reports every running charge now, in one write; how many frames. 0: nothing runs, no connection, or it is busy. */
  sendProgress(): number;
}
