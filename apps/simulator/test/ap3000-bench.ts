import type { Ap3000Device, Ap3000Options } from '../src';
import { ap3000 } from '../src';
import { Faults, FleetFaults } from '../src/core/faults';
import { ManualClock } from '../src/core/manual-clock';
import type { Endpoint, Link } from '../src/core/protocol';
import { Random } from '../src/core/random';
import { Statistics } from '../src/core/statistics';
import { FakePlatform } from './fake-platform';

/** One endpoint against a fake platform, in one process, on a clock that the test moves. */
export class Ap3000Bench {
  readonly clock = new ManualClock();
  readonly statistics = new Statistics();
  readonly faults: Faults;
  readonly platform: FakePlatform;
  readonly endpoint: Endpoint<Ap3000Device>;
  readonly cuts: number[] = []; // how long the endpoint asked to stay away, real ms
  private up = false;

  constructor(options: Ap3000Options = {}, { devices = 1, seed = 1 } = {}) {
    const random = new Random(seed);
    this.faults = new Faults(new FleetFaults(this.statistics), random.fork(1));
    this.platform = new FakePlatform((bytes) => {
      this.endpoint.received(bytes);
    });
    const link: Link = {
      busy: false,
      send: (bytes) => {
        if (this.up) this.platform.receive(bytes);
        return this.up;
      },
      cut: (offlineMs = 1000) => {
        this.disconnect();
        this.cuts.push(offlineMs);
      },
      reconnect: () => {
        this.connect();
      },
    };
    const [create] = ap3000({ replyDelayMs: [0, 0], ...options }).plan(devices);
    if (create === undefined) throw new Error('no endpoint');
    this.endpoint = create({ clock: this.clock, random, statistics: this.statistics, faults: this.faults, link });
  }

  get device(): Ap3000Device {
    const [device] = this.endpoint.devices;
    if (device === undefined) throw new Error('no device');
    return device;
  }

  connect(): this {
    if (!this.up) {
      this.up = true;
      this.endpoint.connected();
    }
    return this;
  }

  disconnect(): void {
    if (!this.up) return;
    this.up = false;
    this.endpoint.disconnected();
  }

  advanceS(seconds: number): void {
    this.clock.advance(seconds * 1000);
  }
}
