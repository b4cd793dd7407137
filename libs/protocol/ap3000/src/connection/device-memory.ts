import { ChargeMemory } from './charge-memory';
import { DuplicateWindow } from './duplicate-window';

const LAST_MESSAGE_ID = 0xffff;
const MAX_IN_FLIGHT = 64; // far more than one outstanding command: ids of exchanges that were dropped go in time

/** What the device said about itself; null: not yet, on this connection. */
export interface DeviceModel {
  readonly deviceType: number | null; // §7.7
  readonly firmwareVersion: number | null; // raw, 640 is 6.40
}
export interface FskConfiguration {
  readonly frequencyMHz: number;
  readonly slaves: readonly string[];
}

/** What one connection remembers of one physical id. All of it may be lost with the connection. */
export class DeviceMemory {
  readonly duplicates = new DuplicateWindow();
  readonly charges = new ChargeMemory();
  model: DeviceModel = { deviceType: null, firmwareVersion: null };
  host: { readonly hostType: number | null } | null = null; // §7.10; null: no 0x11 yet
  hostIdentity: string | null = null; // content of the last 0x11 that makes a host new
  smoke: boolean | null = null; // of 0x17
  fsk: FskConfiguration | null = null;
  saysHeartbeat = false; // has sent 0x21
  saysRegistration = false; // has sent 0x20
  oldHeartbeats = 0; // 0x01 so far
  factoryIdReported = false;
  private lastId: number;
  private readonly inFlight = new Set<number>();

  constructor(seed: number) {
    this.lastId = Math.abs(Math.trunc(seed)) % LAST_MESSAGE_ID; // one before the first, 0…65534
  }

  /** Message ids of our requests: 1…65535, then 1 again, leaving out those that wait for an answer. Page §5.1. */
  nextMessageId(): number {
    do {
      this.lastId = (this.lastId % LAST_MESSAGE_ID) + 1;
    } while (this.inFlight.has(this.lastId));
    return this.lastId;
  }
  holdMessageId(id: number): void {
    this.inFlight.add(id);
    const [oldest = id] = this.inFlight;
    if (this.inFlight.size > MAX_IN_FLIGHT) this.inFlight.delete(oldest);
  }
  releaseMessageId(id: number): void {
    this.inFlight.delete(id);
  }
  isInFlight(id: number): boolean {
    return this.inFlight.has(id);
  }
}
