import type { DeviceCommandKind } from '../device-command';
import type { DeviceId, SessionId, TenantId } from '../ids';
import type { PortState } from '../port-state';
import type { LifeSigns } from '../presence/presence';
import type { ChargingSession, MeterSummary } from './charging-session';
import type { DeviceLimits } from './device-limits';
import type { SocketNetwork } from './socket-network';

/** Kind of order → why not, and whether that is true of every device of the model and firmware. */
export type Incapabilities = Readonly<
  Partial<Record<DeviceCommandKind, { readonly why: string; readonly of: 'device' | 'model' }>>
>;

/** A device as facts make it; what its owner keeps about it is its `DeviceProfile`. Instants in epoch milliseconds; null: never, unknown. */
export interface DeviceRecord extends LifeSigns {
  readonly deviceId: DeviceId;
  readonly tenantId: TenantId;
  /** Of the device with its ports, sessions and faults: whoever changes one of them moves it on by one. */
  readonly version: number;
  readonly eventSeq: number; // sequence of the last event about this device
  readonly protocol: string | null;
  readonly deviceNo: string | null;
  readonly model: string | null;
  readonly firmwareVersion: string | null;
  readonly iccid: string | null;
  readonly imei: string | null;
  readonly portCount: number; // 0: not known yet
  readonly maintenance: boolean; // nothing may be started on it
  readonly portsInMaintenance: readonly number[]; // nor on these, whatever is true of the whole device
  readonly attributes: Readonly<Record<string, unknown>>; // what it told of itself
  /** What it turned out not to be able to do although its protocol is; forgotten with its model or firmware. */
  readonly incapable: Incapabilities;
  /** Its radio network; null: it has none, or nobody made one. */
  readonly network: SocketNetwork | null;
  /** What the platform stops its charges for; null: nothing. */
  readonly limits: DeviceLimits | null;
  readonly heartbeatFixed: boolean; // the interval was set by an operator, not by the protocol's profile
  readonly connectedAtMs: number | null;
  readonly online: boolean;
  readonly onlineChangedAtMs: number | null;
  readonly voltageV: number | null;
  readonly temperatureC: number | null;
  readonly signal: number | null;
  /** When something about it falls due without being heard; null: nothing does. */
  readonly nextCheckAtMs: number | null;
  readonly createdAtMs: number;
}

export interface PortRecord {
  readonly tenantId: TenantId;
  readonly deviceId: DeviceId;
  readonly portNo: number;
  readonly state: PortState;
  readonly fault: string | null;
  readonly changedAtMs: number | null; // null: never reported, known from a charge only
}

/** Something wrong with a device or port: one open per (device, port, token). */
export interface FaultRecord {
  readonly faultId: string;
  readonly tenantId: TenantId;
  readonly deviceId: DeviceId;
  readonly portNo: number | null;
  readonly token: string;
  readonly severity: 'info' | 'warning' | 'critical';
  readonly latched: boolean; // the device never says that it is over
  readonly ofPort: boolean; // the port's own state told of it, and is well again when it is over
  readonly details: Readonly<Record<string, unknown>>;
  readonly openedAtMs: number;
  readonly lastSeenAtMs: number;
  readonly closedAtMs: number | null;
}

/** One device with all that its facts can change: loaded, decided upon and saved as one. */
export interface DeviceState {
  readonly device: DeviceRecord;
  readonly ports: readonly PortRecord[];
  /** Open ones, and closed ones that something may still refer to. */
  readonly sessions: readonly ChargingSession[];
  readonly meters: ReadonlyMap<SessionId, MeterSummary>;
  readonly faults: readonly FaultRecord[]; // open ones
}
