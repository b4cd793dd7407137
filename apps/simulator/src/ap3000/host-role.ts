import type { FieldsOf } from '@chargebus/protocol-ap3000';
import type { Clock } from '../core/clock';
import type { Random } from '../core/random';
import { Timers } from '../core/timers';
import { FirmwareReceiver } from './firmware-receiver';
import type { RequestDesk } from './request-desk';

const STATUS_EVERY_MS = 30 * 60_000;
const TIME_AGAIN_MS = 3 * 60_000;
const TIME_EVERY_MS = 12 * 3_600_000;
const FSK_AFTER_MS = 30_000;
const FSK_EVERY_MS = 2 * 3_600_000;
const BETWEEN_ROLE_FRAMES_MS = 10_000; // captured
const HOST_TYPE = { host: 0x04, combined: 0x55 } as const;

export interface Slave {
  readonly deviceId: string;
  readonly deviceType: number;
  readonly firmwareVersion: number;
}
export interface HostContext {
  readonly clock: Clock;
  readonly random: Random;
  readonly desk: RequestDesk;
  readonly combined: boolean;
  readonly iccid: string;
  readonly slaves: readonly Slave[];
  /** The modem drops the connection and comes back. */
  restart(): void;
}

export interface HostReply {
  readonly result: number;
  readonly packet?: number;
}

/** What the owner of the modem says for itself: 12, 11, 35, 17, 3B. A combined host does it under a socket's id. */
export class HostRole {
  private readonly timers: Timers;
  private firmwareVersion = 616;
  private frequencyMHz = 0;
  private firmware: FirmwareReceiver | null = null;

  constructor(private readonly context: HostContext) {
    this.timers = new Timers(context.clock);
  }

  boot(): void {
    const { combined, desk } = this.context;
    this.askTime();
    this.timers.every(BETWEEN_ROLE_FRAMES_MS, STATUS_EVERY_MS, () => {
      this.sendStatus();
    });
    this.timers.after(2 * BETWEEN_ROLE_FRAMES_MS, () => {
      this.sendSlaves();
    });
    if (combined) return;
    this.timers.every(2 * BETWEEN_ROLE_FRAMES_MS, STATUS_EVERY_MS, () => {
      this.sendBreaker();
    });
    this.timers.every(FSK_AFTER_MS, FSK_EVERY_MS, () => {
      desk.ask('3B', { frequencyMHz: this.frequencyMHz }, { retransmissions: 0 });
    });
  }

  /** The connection is gone. */
  close(): void {
    this.context.desk.abandon(); // may plan to ask again
    this.timers.cancelAll();
  }

  /** The reply to an order; null: the command is none of a host's. */
  order(command: string, fields: unknown): HostReply | null {
    switch (command) {
      case '31':
      case '32':
        this.timers.after(1000, () => {
          this.context.restart();
        });
        return { result: 0 };
      case '33':
      case '34':
        return { result: 0 };
      case '3A':
        this.frequencyMHz = (fields as FieldsOf<'down', '3A'>).frequencyMHz;
        return { result: 0 };
      case 'E2':
      case 'F9':
        return this.receiveFirmware(fields as FieldsOf<'down', 'E2'>);
      case 'FA':
        return this.receiveHostPacket(fields as FieldsOf<'down', 'FA'>);
      default:
        return null;
    }
  }

  /** An empty FA announces an upgrade and is answered with packet 0: "start from packet 1". */
  private receiveHostPacket(fields: FieldsOf<'down', 'FA'>): HostReply {
    const { totalPackets, packet, chunkHex } = fields;
    if (totalPackets === undefined || packet === undefined || chunkHex === undefined) return { result: 0, packet: 0 };
    return this.receiveFirmware({ totalPackets, packet, chunkHex });
  }

  private receiveFirmware(chunk: FieldsOf<'down', 'E2'>): HostReply {
    this.firmware ??= new FirmwareReceiver(0, false);
    const { result, packet, installed } = this.firmware.receive(chunk.totalPackets, chunk.packet, chunk.chunkHex);
    if (installed !== undefined) {
      this.firmwareVersion += 1;
      this.timers.after(BETWEEN_ROLE_FRAMES_MS, () => {
        this.sendStatus();
        this.sendSlaves();
      });
    }
    return { result, packet };
  }

  private askTime(): void {
    const again = (delayMs: number) => (): void => {
      this.timers.after(delayMs, () => {
        this.askTime();
      });
    };
    this.context.desk.ask('12', {}, { onAnswer: again(TIME_EVERY_MS), onSilence: again(TIME_AGAIN_MS) });
  }

  private sendStatus(): void {
    const { clock, combined, desk, iccid, random } = this.context;
    desk.tell('11', {
      firmwareVersion: this.firmwareVersion,
      rtcModule: 2,
      hostTimestamp: clock.epochS(),
      signal: random.integer(18, 31),
      moduleType: 7,
      iccid,
      hostType: combined ? HOST_TYPE.combined : HOST_TYPE.host,
      frequencyMHz: this.frequencyMHz,
      imei: `86445206${iccid.slice(-7)}`,
      moduleVersion: 'V1.0.00.000000.0616',
    });
  }

  private sendBreaker(): void {
    const { desk, random } = this.context;
    const currentA = random.integer(0, 2000) / 100;
    desk.tell('17', {
      breakerState: 1,
      temperatureRaw: 33,
      voltageV: random.integer(2200, 2350) / 10,
      currentA,
      energyKwh: 1234.56,
      meterCurrentA: currentA,
      meterEnergyKwh: 1230.01,
      smokeAlarm: 0,
      alarmRelay: 0,
      leakageMa: 3,
    });
  }

  /** One entry per slave type, with its lowest version. */
  private sendSlaves(): void {
    const lowest = new Map<number, Slave>();
    for (const slave of this.context.slaves) {
      const known = lowest.get(slave.deviceType);
      if (known === undefined || slave.firmwareVersion < known.firmwareVersion) lowest.set(slave.deviceType, slave);
    }
    const entries = [...lowest.values()].map(({ deviceType, firmwareVersion, deviceId }) => ({
      deviceType,
      reserved: 0,
      lowestFirmwareVersion: firmwareVersion,
      physicalId: deviceId,
    }));
    this.context.desk.tell('35', { count: entries.length, entries });
  }
}
