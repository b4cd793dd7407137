import type { ProtocolEventOf } from '@chargebus/events';
import { RepeatWindow } from '@chargebus/protocol-core';
import { OrderMemory } from './order-memory';

const SERIALS = 0xffff_ffff;
/** Below the heartbeat's 60 s and a status report's 5 min, whose bytes are the same each time. */
const REPEATED_WITHIN_MS = 30_000;

type Network = ProtocolEventOf<'device.network'>;
/** A change of the socket list as it was sent. */
export interface SentChange extends Pick<Network, 'change' | 'channel' | 'sockets'> {
  readonly command: '0005/08' | '0005/09' | '0005/0A';
}

/** What one connection remembers of one gateway. All of it may be lost with the connection. */
export class DeviceMemory {
  /** Frames carry no number of their own (serial 0): the same bytes again within half a minute are a retransmission. */
  readonly repeats = new RepeatWindow(REPEATED_WITHIN_MS);
  readonly orders = new OrderMemory();
  identity: string | null = null; // ICCID and firmware of the last heartbeat
  /** Status byte of each port, as last reported; an end report makes it unknown. */
  readonly statuses = new Map<number, number>();
  readonly openFaults = new Map<number, Set<string>>(); // by socket: tokens of vendor faults
  /** The last acknowledgement of a status group: they all have serial 0 and request id 0, so it is the same each time. */
  statusAck: { readonly serial: number; readonly requestId: string | undefined; readonly bytes: Uint8Array } | null =
    null;
  private network: { readonly sent: SentChange; readonly serials: Set<number> } | null = null; // the latest
  private lastSerial: number;

  constructor(seed: number) {
    this.lastSerial = (Math.imul(seed, 0x9e37_79b1) >>> 0) % SERIALS;
  }

  /** 1…4294967295: the device echoes it, 0 is what it uses itself. */
  nextSerial(): number {
    this.lastSerial = (this.lastSerial % SERIALS) + 1;
    return this.lastSerial;
  }
  noteNetwork(serial: number, sent: SentChange): void {
    if (this.network?.sent !== sent) this.network = { sent, serials: new Set() };
    this.network.serials.add(serial);
  }
  /** The latest change, once, if this is an answer to it. */
  takeNetwork(serial: number, command: string): SentChange | null {
    const { network } = this;
    if (network?.serials.has(serial) !== true || network.sent.command !== command) return null;
    this.network = null;
    return network.sent;
  }
  /** Sockets that reported on this connection, ascending. */
  get socketNos(): readonly number[] {
    return [...new Set([...this.statuses.keys()].map((portNo) => Math.floor((portNo + 1) / 2)))].sort((a, b) => a - b);
  }
}
