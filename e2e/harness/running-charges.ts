import { eventually } from '@chargebus/testing';
import { ap3000, Fleet } from '@chargebus/simulator';
import type { LedgerCharge, VirtualDevice } from '@chargebus/simulator';
import type { Story } from './story';

const TERMINAL = ['charging.completed', 'charging.failed'];

export interface Account {
  readonly charges: number; // that really ran, by the devices' own ledgers
  readonly sessions: number;
  readonly terminalEvents: number;
  readonly energyWhLedger: number;
  readonly energyWhEvents: number;
  readonly energyWhSessions: number;
}

/** Many charges ordered by a third party and running on virtual devices, and what the two sides say of them at the end. */
export class RunningCharges {
  private readonly orderOf = new Map<string, string>(); // session id → order number

  private constructor(
    private readonly story: Story,
    readonly fleet: Fleet,
    private readonly prefix: string,
  ) {}

  /** Connects `devices` dual sockets and orders a charge on both ports of each. Resolves when every one is charging. */
  static async begin(
    story: Story,
    options: { readonly devices: number; readonly seed: number; readonly speed?: number; readonly port?: number },
  ): Promise<RunningCharges> {
    const fleet = await Fleet.connect({
      protocol: ap3000({ firstDeviceNo: options.seed * 10_000 }),
      host: '127.0.0.1',
      port: options.port ?? story.installation.devicePort,
      devices: options.devices,
      seed: options.seed,
      speed: options.speed ?? 60,
      reconnectDelay: { firstMs: 200, maxMs: 1000 },
    });
    const running = new RunningCharges(story, fleet, `F${options.seed}`);
    try {
      await running.orderAll();
    } catch (error) {
      fleet.close();
      throw error;
    }
    await Promise.all(
      running.ports().map(({ device, portNo }) => device.waitFor('charging', { portNo, timeoutMs: 30_000 })),
    );
    return running;
  }

  /** Asks for the end of every charge, again and again until the device has ended it: a platform whose calls may fail. */
  async stopAll(): Promise<void> {
    await Promise.all(
      this.ports().map(({ device, portNo }) =>
        eventually(async () => {
          if (device.portState(portNo) !== 'charging') return;
          await this.story.platform
            .post(`/api/third/devices/${device.deviceId}/charge/stop`, { port_no: portNo, reason: 'user_stop' })
            .catch(() => undefined);
          await device.waitFor('finished', { portNo, timeoutMs: 3000 });
        }, 90_000),
      ),
    );
    await this.fleet.settled(90_000);
  }

  /** Waits until there is a terminal event for every session, then counts both sides. */
  async account(): Promise<Account> {
    const ledger = this.fleet.devices.flatMap((device: VirtualDevice) => [...device.ledger.charges]);
    const mine = new Set(this.orderOf.values());
    const terminal = await eventually(() => {
      const events = TERMINAL.flatMap((type) => this.story.receiver.distinct(type)).filter((event) =>
        mine.has(String(event.data.third_party_order_no)),
      );
      if (events.length < mine.size) throw new Error(`${events.length} of ${mine.size} terminal events arrived`);
      return events;
    }, 60_000);
    const sessions = await this.story.installation.database.query<{ energy_wh: string }>(
      "SELECT energy_wh FROM session.charging_sessions WHERE third_party_order_no LIKE $1 AND status IN ('settled', 'failed')",
      [`${this.prefix}-%`],
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

  private ports(): { device: VirtualDevice; portNo: number }[] {
    return this.fleet.devices.flatMap((device: VirtualDevice) => [1, 2].map((portNo) => ({ device, portNo })));
  }

  /** A platform that repeats an order, with the same number, until it is accepted. */
  private async orderAll(): Promise<void> {
    const ports = this.ports();
    for (let at = 0; at < ports.length; at += 20)
      await Promise.all(ports.slice(at, at + 20).map((port) => this.order(port)));
  }
  private async order({ device, portNo }: { device: VirtualDevice; portNo: number }): Promise<void> {
    device.plugIn(portNo);
    const orderNo = `${this.prefix}-${device.deviceId}-${portNo}`;
    await eventually(async () => {
      const { body } = await this.story.platform.post<{ session_id: string }>(
        `/api/third/devices/${device.deviceId}/charge/start`,
        {
          port_no: portNo,
          mode: 1,
          time_limit: 600,
          third_party_order_no: orderNo,
          notify_interval: 5,
        },
      );
      if (body.code !== 0) throw new Error(`start was refused: ${JSON.stringify(body)}`);
      this.orderOf.set(body.data.session_id, orderNo);
    }, 20_000);
  }
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
