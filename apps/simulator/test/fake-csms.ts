import { ocpp } from '../src';
import type { OcppOptions, OcppStation, OcppVersion } from '../src';
import { Faults, FleetFaults } from '../src/core/faults';
import { ManualClock } from '../src/core/manual-clock';
import type { Endpoint, Link } from '../src/core/protocol';
import { Random } from '../src/core/random';
import { Statistics } from '../src/core/statistics';

type Payload = Readonly<Record<string, unknown>>;
export interface Call {
  readonly action: string;
  readonly payload: Payload;
}
const PLATFORM_TIME_MS = Date.UTC(2026, 0, 2, 3, 4, 5);

/** A platform of OCPP-J in one process with a station, on a clock that the test moves. */
export class FakeCsms {
  readonly clock = new ManualClock(PLATFORM_TIME_MS / 1000);
  readonly statistics = new Statistics();
  readonly calls: Call[] = [];
  readonly station: OcppStation;
  /** Actions that stay unanswered. */
  readonly silentOn = new Set<string>();
  readonly replies = new Map<string, unknown>(); // to our own calls, by message id
  registration = 'Accepted';
  cards = 'Accepted'; // what it says of any card
  private readonly endpoint: Endpoint<OcppStation>;
  private up = false;
  private nextTransaction = 100;
  private nextId = 0;

  constructor(version: OcppVersion, options: OcppOptions = {}) {
    const random = new Random(1);
    const faults = new Faults(new FleetFaults(this.statistics), random.fork(1));
    const link: Link = {
      busy: false,
      send: (bytes) => {
        if (this.up) this.receive(JSON.parse(Buffer.from(bytes).toString()) as readonly unknown[]);
        return this.up;
      },
      cut: (offlineMs = 1_000) => {
        this.disconnect();
        this.clock.after(offlineMs, () => this.connect());
      },
      reconnect: () => {
        this.connect();
      },
    };
    const [create] = ocpp(version, options).plan(1);
    if (create === undefined) throw new Error('no endpoint');
    this.endpoint = create({ clock: this.clock, random, statistics: this.statistics, faults, link });
    const [station] = this.endpoint.devices;
    if (station === undefined) throw new Error('no station');
    this.station = station;
  }

  connect(): this {
    if (!this.up) {
      this.up = true;
      this.endpoint.connected();
      this.clock.advance(100);
    }
    return this;
  }
  disconnect(): void {
    if (!this.up) return;
    this.up = false;
    this.endpoint.disconnected();
  }
  advanceS(seconds: number): this {
    this.clock.advance(seconds * 1000);
    return this;
  }
  /** Gives an order; what the station answers. */
  order(action: string, payload: Payload): unknown {
    const id = `csms-${++this.nextId}`;
    this.tell([2, id, action, payload]);
    this.clock.advance(100);
    return this.replies.get(id);
  }
  of(action: string): Payload[] {
    return this.calls.filter((call) => call.action === action).map(({ payload }) => payload);
  }

  private tell(message: unknown): void {
    this.endpoint.received(Buffer.from(JSON.stringify(message)));
  }
  private receive([type, id, third, fourth]: readonly unknown[]): void {
    if (type !== 2) {
      this.replies.set(String(id), type === 3 ? third : { error: third });
      return;
    }
    const action = String(third);
    this.calls.push({ action, payload: fourth as Payload });
    // Later, as over a network: the station must be ready for what comes before.
    if (!this.silentOn.has(action))
      this.clock.after(1, () => {
        if (this.up) this.tell([3, id, this.answer(action)]);
      });
  }
  private answer(action: string): Payload {
    const currentTime = new Date(PLATFORM_TIME_MS + this.clock.nowMs()).toISOString();
    switch (action) {
      case 'BootNotification':
        return { status: this.registration, interval: 60, currentTime };
      case 'Heartbeat':
        return { currentTime };
      case 'Authorize':
        return { idTagInfo: { status: this.cards }, idTokenInfo: { status: this.cards } };
      case 'StartTransaction':
        return { transactionId: this.nextTransaction++, idTagInfo: { status: this.cards } };
      case 'TransactionEvent':
        return { idTokenInfo: { status: this.cards } };
      default:
        return {};
    }
  }
}
