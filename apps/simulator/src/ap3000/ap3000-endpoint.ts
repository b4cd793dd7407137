import { Ap3000Stream, decodeFrame, encodeFrame } from '@chargebus/protocol-ap3000';
import type { Ap3000Frame } from '@chargebus/protocol-ap3000';
import type { Endpoint, EndpointContext } from '../core/protocol';
import { Timers } from '../core/timers';
import { Ap3000Device } from './ap3000-device';
import { HostRole } from './host-role';
import { RequestDesk } from './request-desk';
import type { Ap3000Settings } from './settings';

const LINK_TOKEN = Buffer.from('link');
const IDLE_MS = 30_000;
const POWER_UP_MS = 5000;
const LEAST_OFFLINE_REAL_MS = 200;
const BETWEEN_SLAVES_MS = 300;
const LARGEST_DOWN = 320; // LEN; firmware packets exceed the documented 256

export interface EndpointPlan {
  readonly settings: Ap3000Settings;
  readonly iccid: string;
  readonly hostNo: number; // device number of a host of its own
  readonly firstDeviceNo: number;
  readonly devices: number;
}

/** Type code and number as 8 upper-case hex digits (§2). */
const physicalIdOf = (typeCode: number, deviceNo: number): string =>
  ((typeCode << 24) | deviceNo).toString(16).toUpperCase().padStart(8, '0');
const HOST_TYPE_CODE = 0x09;

/** Commands that the platform starts; every other downlink frame is an answer to us (§5.2). */
const isOrder = (command: string): boolean => command >= '80' || ['31', '32', '33', '34', '3A', '72'].includes(command);

/** A modem and what is wired to it: one device, or a host with slaves; splits, routes, keeps the line alive. */
export class Ap3000Endpoint implements Endpoint<Ap3000Device> {
  readonly devices: readonly Ap3000Device[];
  private readonly byId = new Map<string, Ap3000Device>();
  private readonly host: { readonly physicalId: string; readonly role: HostRole; readonly desk: RequestDesk } | null;
  private readonly timers: Timers;
  private stream = new Ap3000Stream({ limit: LARGEST_DOWN });
  private lastSentMs = 0;

  constructor(
    private readonly plan: EndpointPlan,
    private readonly context: EndpointContext,
  ) {
    this.timers = new Timers(context.clock);
    this.devices = Array.from({ length: plan.devices }, (_, index) => this.assemble(index));
    for (const device of this.devices) this.byId.set(device.deviceId, device);
    this.host = plan.settings.topology === 'direct' ? null : this.assembleHost(plan.settings.topology === 'combined');
  }

  connected(): void {
    this.stream = new Ap3000Stream({ limit: LARGEST_DOWN });
    this.send(Buffer.from(this.plan.iccid));
    this.timers.after(IDLE_MS, () => {
      this.keepAlive();
    });
    this.host?.role.boot();
    this.devices.forEach((device, index) => {
      if (index === 0) device.powerUp();
      else
        this.timers.after(index * BETWEEN_SLAVES_MS, () => {
          device.powerUp();
        });
    });
  }

  received(chunk: Uint8Array): void {
    for (const item of this.stream.push(chunk)) {
      if (item.type !== 'frame') this.context.statistics.errors += 1;
      else this.receiveFrame(item.bytes);
    }
  }

  disconnected(): void {
    this.timers.cancelAll();
    this.host?.role.close();
    for (const device of this.devices) device.linkLost();
  }

  close(): void {
    this.disconnected();
    for (const device of this.devices) device.close();
  }

  private receiveFrame(bytes: Uint8Array): void {
    const { statistics } = this.context;
    statistics.framesDown += 1;
    const decoded = decodeFrame(bytes, 'down');
    if (!decoded.ok) {
      statistics.errors += 1;
      if (decoded.header !== undefined) this.byId.get(decoded.header.physicalId)?.misunderstood(decoded.header);
    } else if (!this.knows(decoded.frame.physicalId)) statistics.errors += 1;
    else if (isOrder(decoded.frame.command)) this.order(decoded.frame, bytes);
    else if (!this.answered(decoded.frame)) statistics.surplusAnswers += 1;
  }

  private knows(physicalId: string): boolean {
    return this.byId.has(physicalId) || this.host?.physicalId === physicalId;
  }

  /** Host and socket of a combined host number their requests apart, under one id. */
  private answered({ physicalId, command, messageId, fields }: Ap3000Frame): boolean {
    if (this.host?.physicalId === physicalId && this.host.desk.answered(command, messageId, fields)) return true;
    return this.byId.get(physicalId)?.answered(command, messageId, fields) ?? false;
  }

  private order(frame: Ap3000Frame, bytes: Uint8Array): void {
    const { statistics, faults } = this.context;
    const { physicalId, command, messageId, fields } = frame;
    statistics.ordersReceived += 1;
    if (faults.strikes('ignoreOrders')) return;
    if (this.host?.physicalId === physicalId && this.orderHost(command, messageId, fields)) return;
    this.byId.get(physicalId)?.ordered(command, messageId, fields, Buffer.from(bytes).toString('hex'));
  }

  /** False: not for the host role, so the socket under the same id may know it. */
  private orderHost(command: string, messageId: number, fields: unknown): boolean {
    if (this.host === null) return false;
    // A 3B is answered with a 3A frame that repeats its message id (§5.1).
    const answersUs = command === '3A' && this.host.desk.answered('3B', messageId, fields);
    const reply = this.host.role.order(command, fields);
    if (reply !== null && !answersUs && !this.context.faults.strikes('loseReplies')) {
      const { physicalId } = this.host;
      this.send(encodeFrame({ physicalId, messageId, command, direction: 'up', fields: { ...reply } }));
    }
    return reply !== null;
  }

  private send(bytes: Uint8Array, frames?: number): boolean {
    this.lastSentMs = this.context.clock.nowMs();
    return this.context.link.send(bytes, frames);
  }

  /** `link` after 30 s without a byte from this side. */
  private keepAlive(): void {
    const leftMs = IDLE_MS - (this.context.clock.nowMs() - this.lastSentMs);
    const due = leftMs < 1; // a fraction of a millisecond is a rounding error, not time to wait for
    if (due) this.send(LINK_TOKEN);
    this.timers.after(due ? IDLE_MS : leftMs, () => {
      this.keepAlive();
    });
  }

  private assemble(index: number): Ap3000Device {
    const { settings, firstDeviceNo } = this.plan;
    const deviceNo = firstDeviceNo + index;
    return new Ap3000Device({
      ...this.context,
      random: this.context.random.fork(index),
      settings,
      deviceNo,
      physicalId: physicalIdOf(settings.model.typeCode, deviceNo),
      virtualId: settings.topology === 'direct' ? 0 : index + 10,
      send: (bytes, frames) => this.send(bytes, frames),
      restart: (device) => {
        this.restart(device);
      },
    });
  }

  private assembleHost(combined: boolean): NonNullable<typeof this.host> {
    const { hostNo, iccid } = this.plan;
    const physicalId = combined ? (this.devices[0]?.deviceId ?? '') : physicalIdOf(HOST_TYPE_CODE, hostNo);
    const random = this.context.random.fork(-1);
    const desk = new RequestDesk({
      ...this.context,
      random,
      physicalId,
      send: (bytes) => this.send(bytes),
    });
    const role = new HostRole({
      clock: this.context.clock,
      random,
      desk,
      combined,
      iccid,
      slaves: this.devices,
      restart: () => {
        this.powerCycle();
      },
    });
    return { physicalId, role, desk };
  }

  /** A slave restarts alone; whoever owns the modem takes the connection down with it. */
  private restart(device: Ap3000Device): void {
    const ownsModem = this.plan.settings.topology === 'direct' || this.host?.physicalId === device.deviceId;
    if (ownsModem) {
      this.powerCycle();
      return;
    }
    device.linkLost();
    this.timers.after(POWER_UP_MS, () => {
      device.powerUp();
    });
  }

  private powerCycle(): void {
    const { clock, link } = this.context;
    link.cut(Math.max(LEAST_OFFLINE_REAL_MS, POWER_UP_MS / clock.speed));
  }
}
