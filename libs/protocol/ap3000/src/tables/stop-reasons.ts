import { unknownToken } from './unknown-token';

/** planned: as ordered or full; stopped: by a person, the platform or a vanished load; fault: protection. */
export type EndClass = 'planned' | 'stopped' | 'fault';
export interface StopReason {
  readonly endClass: EndClass;
  readonly token: string;
}
const planned = (token: string): StopReason => ({ endClass: 'planned', token });
const stopped = (token: string): StopReason => ({ endClass: 'stopped', token });
const fault = (token: string): StopReason => ({ endClass: 'fault', token });

/** Page §7.2; `completed`, `stopped` and `failed` of its event column. */
const STOP_REASONS: Readonly<Record<number, StopReason>> = {
  0x01: planned('full'),
  0x02: planned('max_time'),
  0x03: planned('time_reached'),
  0x04: planned('energy_reached'),
  0x05: stopped('unplugged'),
  0x06: fault('overload'),
  0x07: stopped('remote'),
  0x08: fault('dynamic_overload'),
  0x09: stopped('low_power'),
  0x0a: fault('ambient_overheat'),
  0x0b: fault('port_overheat'),
  0x0c: fault('overcurrent'),
  0x0d: stopped('unplugged'),
  0x0e: fault('no_power'),
  0x0f: fault('relay_or_fuse'),
  0x10: fault('water'),
  0x11: fault('fire_suppression'),
  0x12: fault('fire_suppression_other'),
  0x13: stopped('cabinet_opened'),
  0x14: stopped('door_not_closed'),
  0x15: stopped('external'),
  0x16: stopped('card'),
  0x17: stopped('remote_forced'),
  0x18: fault('fire_system'),
  0x19: fault('memory'),
  0x1a: fault('overvoltage'),
  0x1b: fault('undervoltage'),
  0x1c: stopped('low_power'),
};

export const stopReasonOf = (code: number): StopReason => STOP_REASONS[code] ?? stopped(unknownToken(code));
