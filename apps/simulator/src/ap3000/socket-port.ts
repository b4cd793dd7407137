import type { PortState } from '@chargebus/domain';
import type { Timer } from '../core/clock';
import type { LedgerEntry } from '../core/ledger';
import type { Vehicle } from '../core/vehicle';
import type { ChargeOrder } from './charge';
import type { ProgressFrame } from './progress-frame';

/** Status codes of §7.1 outside the faults. */
export const PORT_STATUS = { idle: 0x00, charging: 0x01, plugged: 0x02, finished: 0x03, trickle: 0x05 } as const;

/** A charge under way on a port. */
export interface RunningCharge {
  readonly entry: LedgerEntry;
  readonly vehicle: Vehicle;
  order: ChargeOrder; // 8A changes its goal
  end: Timer | null;
  report: Timer | null;
  frame: ProgressFrame | null; // made with the first report
  vehicleLeftAfterS: number; // Infinity: still there; energy stands still from then on
  peakRaw: number; // 0.1 W, highest of the whole charge
  earlyPeakRaw: number; // the same in the first minutes
  reportedAtS: number; // of the last report, since the start
  reportedEnergyWh: number;
}

export class SocketPort {
  vehicle: Vehicle | null = null;
  fault: number | null = null; // status code
  finished = false; // the vehicle that is still there has been charged
  charge: RunningCharge | null = null;

  get charging(): boolean {
    return this.charge !== null;
  }

  /** The byte that heartbeats carry. `trickle`: the running charge is in its last phase. */
  status(trickle: boolean): number {
    if (this.fault !== null) return this.fault;
    if (this.charge !== null) return trickle ? PORT_STATUS.trickle : PORT_STATUS.charging;
    if (this.vehicle === null) return PORT_STATUS.idle;
    return this.finished ? PORT_STATUS.finished : PORT_STATUS.plugged;
  }

  get state(): PortState {
    if (this.charge !== null) return 'charging';
    if (this.fault !== null) return 'fault';
    if (this.vehicle === null) return 'idle';
    return this.finished ? 'finished' : 'plugged';
  }
}
