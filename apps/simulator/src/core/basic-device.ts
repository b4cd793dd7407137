import type { DeviceId, PortState } from '@chargebus/domain';
import type { Faults } from './faults';
import { DeviceLedger } from './ledger';
import { Outlets } from './outlets';
import type { ChargeTerms, EndCause, OutletCharge, Reading } from './outlets';
import type { DeviceCondition, EndpointContext, LocalStart, VirtualDevice } from './protocol';
import { Timers } from './timers';
import type { Vehicle } from './vehicle';
import { Watch } from './watch';
import type { WaitOptions } from './watch';

/** What a protocol's device is made of besides its messages. */
export interface BasicDeviceOptions {
  readonly deviceId: DeviceId;
  readonly unitsPerWh: number;
}

/** What devices of different protocols have in common: outlets, a ledger, a connection that comes and goes. */
export abstract class BasicDevice<T extends ChargeTerms> implements VirtualDevice {
  readonly ledger = new DeviceLedger();
  connected = false;
  registered = false;
  protected readonly outlets: Outlets<T>;
  protected readonly timers: Timers;
  private readonly watch = new Watch();

  constructor(
    private readonly options: BasicDeviceOptions,
    protected readonly context: EndpointContext,
  ) {
    const { unitsPerWh } = options;
    this.timers = new Timers(context.clock);
    this.outlets = new Outlets<T>({
      ...context,
      ledger: this.ledger,
      unitsPerWh,
      onStarted: (charge) => {
        this.started(charge);
      },
      onEnded: (charge, reading, cause) => {
        this.ended(charge, reading, cause);
      },
      changed: (portNo) => {
        this.reportChange(portNo);
        this.changed();
      },
    });
  }

  get deviceId(): DeviceId {
    return this.options.deviceId;
  }
  get faults(): Faults {
    return this.context.faults;
  }
  get portNos(): readonly number[] {
    return this.outlets.portNos;
  }
  get portCount(): number {
    return Math.max(0, ...this.portNos);
  }
  portState(portNo = 1): PortState {
    return this.outlets.stateOf(portNo);
  }
  plugIn(portNo = 1, vehicle: Vehicle = this.drawVehicle()): void {
    this.outlets.plugIn(portNo, vehicle);
  }
  unplug(portNo = 1): void {
    this.outlets.unplug(portNo);
  }
  setFault(portNo: number, code: number | null): void {
    this.outlets.setFault(portNo, code);
  }
  cut(offlineMs?: number): void {
    this.context.link.cut(offlineMs);
  }
  reconnect(): void {
    this.context.link.reconnect();
  }
  async waitFor(condition: DeviceCondition, options?: WaitOptions): Promise<void> {
    await this.watch.untilDevice(this, condition, options);
  }

  abstract swipeCard(portNo?: number, cardHex?: string): void;
  abstract startLocally(portNo: number, start: LocalStart): boolean;
  abstract heartbeat(): void;
  abstract sendProgress(): number;

  powerUp(): void {
    this.connected = true;
    this.boot();
    this.changed();
  }
  linkLost(): void {
    this.connected = false;
    this.timers.cancelAll();
    if (this.registered) this.context.statistics.registered -= 1;
    this.registered = false;
    this.changed();
  }
  close(): void {
    this.linkLost();
    this.outlets.close();
  }

  /** The connection is up. */
  protected abstract boot(): void;
  protected abstract drawVehicle(): Vehicle;
  protected abstract started(charge: OutletCharge<T>): void;
  protected abstract ended(charge: OutletCharge<T>, reading: Reading, cause: EndCause): void;
  protected abstract reportChange(portNo: number): void;

  protected becomeRegistered(): void {
    if (this.registered) return;
    this.registered = true;
    this.context.statistics.registered += 1;
    this.changed();
  }
  protected send(bytes: Uint8Array, frames?: number): boolean {
    return this.connected && this.context.link.send(bytes, frames);
  }
  protected changed(): void {
    this.watch.changed();
  }
}
