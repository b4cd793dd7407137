import { heartbeat } from '@chargebus/protocol-core';
import { arrivalId, NEVER, NO_MEANING } from '../connection/incoming';
import type { Meaning } from '../connection/incoming';
import { changeFaults } from './faults';

const STATES: Readonly<Record<number, string>> = { 0x00: 'between', 0x55: 'raised', 0xff: 'lowered' };
const ALARMS: Readonly<Record<number, string>> = { 0xff: 'lock_arm_damaged', 0x55: 'lock_movement' };

/** The ground lock of a parking space: a sign of life with its state, and its alarm as a fault of the gun. */
export const meansLockStatus: Meaning<'61'> = (fields, incoming) => {
  const { deviceId, at } = incoming;
  const { gun: portNo, lockState, parkingState, lockBattery, alarm } = fields;
  if (portNo === 0) return NO_MEANING;
  const lock = {
    portNo,
    state: STATES[lockState] ?? 'unknown',
    vehiclePresent: parkingState === 0xff,
    batteryPct: lockBattery,
  };
  const beat = heartbeat({ id: arrivalId(incoming, portNo), deviceId, at }, { attributes: { lock } });
  const tokens = alarm === 0 ? [] : [ALARMS[alarm] ?? 'lock_alarm'];
  return { facts: [beat, ...changeFaults(incoming, portNo, 'lock', tokens, { alarm })], answer: NEVER };
};
