import type { PortState } from '@chargebus/domain';

/** Bits of a jack's status byte, page §4. Positions are proved by captures for 7, 5 and 4, by the guide for 3. */
const ONLINE = 0x80;
const METER_FAULT = 0x40;
const FINISHED = 0x20; // the order is over, its report is outstanding
const ACTIVE = 0x10;
const NO_LOAD = 0x08;
const OVERHEAT = 0x04;
const OVERCURRENT = 0x02;
const OVERLOAD = 0x01;

const FAULT_BITS = [
  [OVERHEAT, 'overheat'],
  [OVERCURRENT, 'overcurrent'],
  [OVERLOAD, 'overload'],
  [METER_FAULT, 'meter_fault'],
] as const;

const ANY_FAULT = OVERHEAT | OVERCURRENT | OVERLOAD | METER_FAULT;

export type JackFault = (typeof FAULT_BITS)[number][1];
export type JackState = 'offline' | 'fault' | 'finishing' | 'charging' | 'idle';

const has = (status: number, bit: number): boolean => (status & bit) !== 0;

const WELL: readonly JackFault[] = [];
/** What protects the jack at the moment, worst first. */
export const jackFaultsOf = (status: number): readonly JackFault[] =>
  has(status, ANY_FAULT) ? FAULT_BITS.filter(([bit]) => has(status, bit)).map(([, fault]) => fault) : WELL;
/** The worst of them; null: nothing does. */
export const jackFaultOf = (status: number): JackFault | null => jackFaultsOf(status)[0] ?? null;

/** For status reports only: in end reports and card messages the byte describes the order. */
export function jackStateOf(status: number): JackState {
  if (!has(status, ONLINE)) return 'offline';
  if (jackFaultOf(status) !== null) return 'fault';
  if (has(status, FINISHED)) return 'finishing';
  return has(status, ACTIVE) ? 'charging' : 'idle';
}

const PORT_STATES: Readonly<Record<JackState, PortState>> = {
  offline: 'unknown', // the gateway cannot reach the socket, so nobody knows
  fault: 'fault',
  finishing: 'finished',
  charging: 'charging',
  idle: 'idle',
};
export const portStateOf = (status: number): PortState => PORT_STATES[jackStateOf(status)];

export type EndReason = JackFault | 'power_lost' | 'no_load' | 'target_reached' | 'full_or_stopped' | 'unknown';

/** Why an order ended: the reports of time, energy and card orders say it with the status byte alone. */
export function endReasonOf(status: number): EndReason {
  if (!has(status, ONLINE)) return 'power_lost';
  const fault = jackFaultOf(status);
  if (fault !== null) return fault;
  if (has(status, NO_LOAD)) return 'no_load';
  if (!has(status, FINISHED)) return 'unknown';
  return has(status, ACTIVE) ? 'target_reached' : 'full_or_stopped';
}
