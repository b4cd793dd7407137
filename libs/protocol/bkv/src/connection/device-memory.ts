import { OrderMemory } from './order-memory';
import { RepeatWindow } from './repeat-window';

const SERIALS = 0xffff_ffff;

/** What one connection remembers of one gateway. All of it may be lost with the connection. */
export class DeviceMemory {
  readonly repeats = new RepeatWindow();
  readonly orders = new OrderMemory();
  identity: string | null = null; // ICCID and firmware of the last heartbeat
  /** Status byte of each port, as last reported; an end report makes it unknown. */
  readonly statuses = new Map<number, number>();
  readonly openFaults = new Map<number, Set<string>>(); // by socket: tokens of vendor faults
  /** The last acknowledgement of a status group: they all have serial 0 and request id 0, so it is the same each time. */
  statusAck: { readonly serial: number; readonly requestId: string | undefined; readonly bytes: Uint8Array } | null =
    null;
  private lastSerial: number;

  constructor(seed: number) {
    this.lastSerial = (Math.imul(seed, 0x9e37_79b1) >>> 0) % SERIALS;
  }

  /** 1…4294967295: the device echoes it, 0 is what it uses itself. */
  nextSerial(): number {
    this.lastSerial = (this.lastSerial % SERIALS) + 1;
    return this.lastSerial;
  }
  /** Sockets that reported on this connection, ascending. */
  get socketNos(): readonly number[] {
    return [...new Set([...this.statuses.keys()].map((portNo) => Math.floor((portNo + 1) / 2)))].sort((a, b) => a - b);
  }
}
