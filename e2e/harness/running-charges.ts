import { eventually } from '@chargebus/testing';
import { ap3000, Fleet } from '@chargebus/simulator';
import type { LedgerCharge, VirtualDevice } from '@chargebus/simulator';
import type { PlatformClient } from './platform-client';
import type { Story } from './story';

const TERMINAL = ['charging.completed', 'charging.failed'];
const ORDERS_AT_ONCE = 20;
const TIME_LIMIT_MIN = 1000; // more than eight minutes of ours at this speed, and no battery is full before
const SPEED = 120; // a settlement that was not answered is repeated after 15 s of ours
/** A report every 10 s of ours, and every 5 s a heartbeat, or another try to register. */
const PACE = { reportIntervalS: 1200, heartbeatIntervalS: 600 };
const CONNECT_WITHIN_MS = 60_000;
const VEHICLE = { powerW: 300, needWh: 20_000 };

export interface RunningCharge {
  readonly device: VirtualDevice;
  readonly portNo: number;
  readonly orderNo: string; // the third party's
}
export interface Account {
  readonly charges: number; // that really ran, by the devices' own ledgers
  readonly sessions: number;
  readonly terminalEvents: number;
  readonly energyWhLedger: number;
  readonly energyWhEvents: number;
  readonly energyWhSessions: number;
}
export interface ChargesOptions {
  readonly devices: number;
  readonly seed: number;
  readonly port?: number; // of the gateway to connect to
  readonly platform?: PlatformClient; // that orders and stops
  /** What happens when the first of them charges and the rest is ordered, or on its way to its device. */
  readonly disturb?: () => Promise<void>;
}

/** Many charges ordered by a third party and running on virtual devices, and what the two sides say of them at the end. */
export class RunningCharges {
  readonly all: readonly RunningCharge[];
  private taken = 0;

  private constructor(
    private readonly story: Story,
    private readonly fleet: Fleet,
    private readonly platform: PlatformClient,
    seed: number,
  ) {
    this.all = fleet.devices.flatMap((device: VirtualDevice) =>
      [1, 2].map((portNo) => ({ device, portNo, orderNo: `F${seed}-${device.deviceId}-${portNo}` })),
    );
  }

  /** Connects `devices` dual sockets and orders a charge on both ports of each. Resolves when every one is charging. */
  static async begin(story: Story, options: ChargesOptions): Promise<RunningCharges> {
    const { devices, seed, port, platform, disturb } = options;
    const fleet = await Fleet.connect(
      {
        protocol: ap3000({ ...PACE, firstDeviceNo: seed * 10_000 }),
        host: '127.0.0.1',
        port: port ?? story.installation.devicePort,
        devices,
        seed,
        speed: SPEED,
        reconnectDelay: { firstMs: 200, maxMs: 1000 },
      },
      CONNECT_WITHIN_MS,
    );
    const running = new RunningCharges(story, fleet, platform ?? story.platform, seed);
    try {
      const charging = () =>
        running.all.map(({ device, portNo }) => device.waitFor('charging', { portNo, timeoutMs: 60_000 }));
      const disturbed = disturb === undefined ? null : Promise.any(charging()).then(disturb);
      await Promise.all([running.orderAll(), disturbed]);
      await Promise.all(charging());
    } catch (error) {
      fleet.close();
      throw error;
    }
    return running;
  }

  /** The next ones that nobody has taken yet; all that are left by default. */
  take(count = this.all.length): readonly RunningCharge[] {
    const from = this.taken;
    this.taken = Math.min(from + count, this.all.length);
    return this.all.slice(from, this.taken);
  }

  /** Those that nobody has taken. */
  get left(): readonly RunningCharge[] {
    return this.all.slice(this.taken);
  }

  /** Asks for the end of these, again and again until the device has ended them: a platform whose calls may fail. */
  async stop(charges: readonly RunningCharge[]): Promise<void> {
    await Promise.all(
      charges.map(({ device, portNo }) =>
        eventually(async () => {
          if (device.portState(portNo) !== 'charging') return;
          await this.platform
            .post(`/api/third/devices/${device.deviceId}/charge/stop`, { port_no: portNo, reason: 'user_stop' })
            .catch(() => undefined);
          await device.waitFor('finished', { portNo, timeoutMs: 3000 });
        }, 90_000),
      ),
    );
    await Promise.all(charges.map(({ device, portNo }) => device.waitFor('settled', { portNo, timeoutMs: 90_000 })));
  }

  /** Waits until there is a terminal event for every session of these, then counts both sides. */
  async account(charges: readonly RunningCharge[]): Promise<Account> {
    const orders = new Set(charges.map(({ orderNo }) => orderNo));
    const terminal = await eventually(() => {
      const events = TERMINAL.flatMap((type) => this.story.receiver.distinct(type)).filter(({ data }) =>
        orders.has(String(data.third_party_order_no)),
      );
      if (events.length < orders.size) throw new Error(`${events.length} of ${orders.size} terminal events arrived`);
      return events;
    }, 60_000);
    const sessions = await this.story.installation.database.query<{ energy_wh: string }>(
      "SELECT energy_wh FROM session.charging_sessions WHERE third_party_order_no = ANY ($1) AND status IN ('settled', 'failed')",
      [[...orders]],
    );
    const ledger = charges.flatMap(({ device, portNo }) =>
      device.ledger.charges.filter((charge: LedgerCharge) => charge.portNo === portNo),
    );
    return {
      charges: ledger.length,
      sessions: sessions.length,
      terminalEvents: terminal.length,
      energyWhLedger: total(ledger.map((charge: LedgerCharge) => charge.energyWh ?? 0)),
      energyWhEvents: Math.round(total(terminal.map((event) => Number(event.data.total_energy ?? 0) * 1000))),
      energyWhSessions: total(sessions.map((row) => Number(row.energy_wh))),
    };
  }

  close(): void {
    this.fleet.close();
  }

  private async orderAll(): Promise<void> {
    for (let at = 0; at < this.all.length; at += ORDERS_AT_ONCE)
      await Promise.all(this.all.slice(at, at + ORDERS_AT_ONCE).map((charge) => this.order(charge)));
  }
  /** A platform that repeats an order, with the same number, until it is accepted. */
  private async order({ device, portNo, orderNo }: RunningCharge): Promise<void> {
    device.plugIn(portNo, VEHICLE);
    await eventually(async () => {
      const { body } = await this.platform.post(`/api/third/devices/${device.deviceId}/charge/start`, {
        port_no: portNo,
        mode: 1,
        time_limit: TIME_LIMIT_MIN,
        third_party_order_no: orderNo,
        notify_interval: 5,
      });
      if (body.code !== 0) throw new Error(`start was refused: ${JSON.stringify(body)}`);
    }, 30_000);
  }
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
