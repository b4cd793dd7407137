import type { Capabilities, Capability } from '@chargebus/domain';
import type { ProtocolEvent } from '@chargebus/events';

/** Facts that come from a driver; the rest are the gateway's own. */
export type DriverFact = Exclude<
  ProtocolEvent['type'],
  'device.connected' | 'device.disconnected' | 'device.incapable' | 'frame.rejected'
>;

/** What a protocol can do: shown by the API, printed in `docs/protocols/matrix.md`, proved by the conformance suite. */
export interface Declaration {
  readonly orders: Capabilities;
  readonly facts: Readonly<Record<DriverFact, Capability>>;
}

/** A fact that the protocol tells, and what it leaves out. */
export const told = (limit: string | null = null): Capability => ({ support: 'native', why: limit });
/** A fact that the driver concludes from others. */
export const concluded = (how: string): Capability => ({ support: 'emulated', why: how });
