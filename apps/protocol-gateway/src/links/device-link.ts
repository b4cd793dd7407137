import type { DeviceId } from '@chargebus/domain';
import type { ProtocolConnection, ProtocolProfile } from '@chargebus/protocol-core';
import type { Route } from '../routes/route';

/** A connection that carries devices, whatever it is made of. */
export interface DeviceLink {
  readonly no: number; // counts the connections of this process
  readonly connectionId: string;
  readonly remoteAddress: string;
  readonly routes: Route[];
  /** Credentials proved who speaks. What only says who it is takes no device from such a link. */
  readonly isProved: boolean;
  readonly isOpen: boolean;
  readonly protocolDriver: { readonly name: string; readonly profile: ProtocolProfile } | null; // null: not recognised yet
  readonly protocolConnection: ProtocolConnection<unknown> | null;
  /** When an order was last written here: orders of all its devices keep the protocol's gap. */
  lastOrderMs: number;
  /** A frame to one of its devices. False: the connection is over, the bytes went nowhere. */
  write(bytes: Uint8Array, to: DeviceId): boolean;
  /** Ends the link from our side. */
  close(reason: CloseReason): void;
  /** The socket is gone. */
  ended(): void;
  /** Stops reading while the bus cannot take what devices say. */
  hold(): void;
  release(): void;
  /** Once a second: deadlines, and the end of what was temporary. */
  sweep(nowMs: number): void;
}

/** Why a link ended; the `reason` of `device.disconnected`. */
export type CloseReason =
  | 'connection_closed' // by the device or the network
  | 'superseded' // its only device came back on a newer connection
  | 'idle'
  | 'unidentified'
  | 'unknown_protocol'
  | 'error_budget'
  | 'too_many_devices'
  | 'too_many_messages' // more unanswered ones than a station may send
  | 'not_text' // a binary message
  | 'not_reading' // answers pile up
  | 'not_admitted' // it was disabled while it was connected, or its log-in was refused
  | 'driver_error' // a driver threw: our fault
  | 'gateway_shutdown';
