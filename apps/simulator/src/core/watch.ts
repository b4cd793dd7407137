import type { PortState } from '@chargebus/domain';
import type { DeviceLedger } from './ledger';
import type { DeviceCondition } from './protocol';

/** What can be waited for of a device. */
export interface Watched {
  readonly deviceId: string;
  readonly connected: boolean;
  readonly registered: boolean;
  readonly ledger: DeviceLedger;
  readonly portNos: readonly number[];
  portState(portNo: number): PortState;
}
/** `portNo` absent: of any port, and for `settled` of all. */
export interface WaitOptions {
  readonly portNo?: number;
  readonly timeoutMs?: number;
}

/** Lets tests wait for a device to reach a state; costs one null check per change while nobody waits. */
export class Watch {
  private waiting: Set<() => void> | null = null;

  /** To be called after every change that somebody may wait for. */
  changed(): void {
    if (this.waiting !== null) for (const check of [...this.waiting]) check();
  }

  /** Resolves once the device is so. */
  async untilDevice(
    device: Watched,
    condition: DeviceCondition,
    { portNo, timeoutMs = 10_000 }: WaitOptions = {},
  ): Promise<void> {
    const where = portNo === undefined ? '' : ` port ${portNo.toString()}`;
    await this.until(() => holds(device, condition, portNo), `${device.deviceId}${where} ${condition}`, timeoutMs);
  }

  /** Resolves once `holds` is true; rejects after `timeoutMs` of real time, naming `what` was awaited. */
  async until(holds: () => boolean, what: string, timeoutMs: number): Promise<void> {
    if (holds()) return;
    const waiting = (this.waiting ??= new Set());
    await new Promise<void>((resolve, reject) => {
      const check = (): void => {
        if (!holds()) return;
        clearTimeout(deadline);
        waiting.delete(check);
        resolve();
      };
      const deadline = setTimeout(() => {
        waiting.delete(check);
        reject(new Error(`${what}: not within ${timeoutMs} ms`));
      }, timeoutMs);
      waiting.add(check);
    });
  }
}

function holds(device: Watched, condition: DeviceCondition, portNo: number | undefined): boolean {
  switch (condition) {
    case 'connected':
      return device.connected;
    case 'disconnected':
      return !device.connected;
    case 'registered':
      return device.registered;
    case 'settled':
      return device.ledger.charges.every(
        (charge) => (portNo !== undefined && charge.portNo !== portNo) || charge.acknowledged || charge.forgotten,
      );
    default:
      return (portNo === undefined ? device.portNos : [portNo]).some((no) => device.portState(no) === condition);
  }
}
