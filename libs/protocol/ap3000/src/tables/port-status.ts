import type { PortState } from '@chargebus/domain';
import type { ProtocolEventOf } from '@chargebus/events';

interface PortMeaning {
  readonly state: PortState;
  readonly fault: string | null;
}
const well = (state: PortState): PortMeaning => ({ state, fault: null });
const broken = (fault: string): PortMeaning => ({ state: 'fault', fault });

/** Page §7.1. */
const PORT_STATUS: Readonly<Record<number, PortMeaning>> = {
  0x00: well('idle'),
  0x01: well('charging'),
  0x02: well('plugged'),
  0x03: well('finished'), // also after a timed end: it does not prove a full battery
  0x04: broken('metering'),
  0x05: well('charging'), // trickle phase, still powered
  0x06: broken('memory'),
  0x07: broken('contact_spring'),
  0x08: broken('contact_or_fuse'),
  0x09: broken('relay_stuck'),
  0x0a: broken('insertion_sensor'),
  0x0b: broken('relay_or_fuse'),
  0x0d: broken('short_circuit'),
  0x0e: broken('relay_stuck'),
  0x0f: broken('card_reader'),
  0x10: broken('detection_circuit'),
};
const UNKNOWN = well('unknown');

export type PortReports = ProtocolEventOf<'device.heartbeat'>['ports'];

/** States by wire order: index 0 is port 1. Wire ports become port numbers in this file and `toPortNo`, nowhere else. */
export const portReports = (statuses: readonly number[]): PortReports =>
  statuses.map((status, i) => {
    const { state, fault } = PORT_STATUS[status] ?? UNKNOWN;
    return { portNo: i + 1, state, fault };
  });

/** 0x06 says something about the port only with these; a 0 in the last report must not end anything. */
const MEANT_IN_REPORT: Readonly<Record<number, PortState>> = {
  1: 'charging',
  2: 'plugged',
  3: 'finished',
  5: 'charging',
};
export const reportedPortState = (status: number): PortState | null => MEANT_IN_REPORT[status] ?? null;

const ANY_PORT = 0xff;
export const toPortNo = (wire: number): number => wire + 1;
/** Null: FF, the device chooses or has not chosen. */
export const toPortNoOrAny = (wire: number): number | null => (wire === ANY_PORT ? null : toPortNo(wire));
/** Throws RangeError for a port that the wire cannot name. */
export function toWirePort(portNo: number | null): number {
  if (portNo === null) return ANY_PORT;
  if (portNo < 1 || portNo > ANY_PORT) throw new RangeError(`port ${portNo} is not within 1…${ANY_PORT}`);
  return portNo - 1;
}
/** Port numbers of the bits that are set; bit i is wire port i. */
export function portsOfMask(mask: number): number[] {
  const ports: number[] = [];
  for (let bit = 0; bit < 32; bit++) if ((mask >>> bit) & 1) ports.push(toPortNo(bit));
  return ports;
}
