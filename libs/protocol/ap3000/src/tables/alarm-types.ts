import type { ProtocolEventOf } from '@chargebus/events';
import { unknownToken } from './unknown-token';

type Severity = ProtocolEventOf<'device.fault'>['severity'];
/** What the second byte of an alarm is: a wire port, the address of an RS-485 sensor, or nothing. */
type AlarmPlace = 'port' | 'sensor' | 'none';
export interface AlarmType {
  readonly token: string;
  readonly severity: Severity;
  readonly place: AlarmPlace;
}

/** Page §7.9. */
const ALARM_TYPES: Readonly<Record<number, AlarmType>> = {
  1: { token: 'mains_power_lost', severity: 'warning', place: 'none' },
  2: { token: 'water', severity: 'critical', place: 'sensor' },
  3: { token: 'fire_suppression', severity: 'critical', place: 'port' },
  4: { token: 'smoke', severity: 'critical', place: 'sensor' },
  5: { token: 'temperature', severity: 'critical', place: 'sensor' },
  6: { token: 'water_level', severity: 'warning', place: 'sensor' },
  7: { token: 'door_popped_open', severity: 'warning', place: 'port' },
};

export const alarmTypeOf = (code: number): AlarmType =>
  ALARM_TYPES[code] ?? { token: unknownToken(code), severity: 'warning', place: 'none' };

/** Inputs 1…8 of a sensor that triggered; input k is bit k − 1. */
export const inputsOf = (trigger: number): readonly number[] =>
  [1, 2, 3, 4, 5, 6, 7, 8].filter((input) => (trigger >>> (input - 1)) & 1);
