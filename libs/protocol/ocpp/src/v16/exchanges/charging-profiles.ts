import type { ChargingProfile as Profile, CommandOf, CommandOutcome } from '@chargebus/domain';
import type { Turn } from '../../connection/ask';
import { inUnit, powerChange, powerSchedule, toSchedule } from '../../charging-limits';
import type { PlatformRequest } from '../messages';
import { acceptedOr, call } from './call';
import type { Link } from './call';
import { readKeys } from './configuration';

type ChargingProfile = PlatformRequest<'SetChargingProfile'>['csChargingProfiles'];

const PURPOSES = { device: 'ChargePointMaxProfile', port: 'TxDefaultProfile', charge: 'TxProfile' } as const;
const UNITS_KEY = 'ChargingScheduleAllowedChargingRateUnit';
const UNIT_NAMES = { A: 'Current', W: 'Power' } as const;

/** Of a charge from its start on. */
export function powerProfile(powerLimitW: number): ChargingProfile {
  const { profileId, head, schedule } = powerSchedule(powerLimitW);
  return { chargingProfileId: profileId, ...head, chargingProfilePurpose: 'TxProfile', chargingSchedule: schedule };
}
export function chargeModify(command: CommandOf<'charge.modify'>, link: Link): Turn | CommandOutcome {
  const transactionId = link.station.transactionOf(command.orderRef);
  return setProfile(powerChange(command, transactionId === null ? null : String(transactionId)), link);
}

/** Page §6.3. A station that knows the other unit only is given the same limits in it. */
export function setProfile(command: CommandOf<'charging_profile.set'>, link: Link): Turn | CommandOutcome {
  const { profile } = command;
  const connectorId = profile.purpose === 'device' ? 0 : (command.portNo ?? 0);
  if (profile.purpose === 'charge' && connectorId === 0) throw new RangeError('a charge runs on a port: name it');
  const transactionId = profile.purpose === 'charge' ? runningOn(connectorId, profile, link) : null;
  if (profile.purpose === 'charge' && transactionId === null) return { status: 'rejected', reason: 'no_transaction' };
  const send = (as: Profile, refused: (end: Turn) => Turn): Turn => {
    const payload = { connectorId, csChargingProfiles: toWire(as, transactionId, link.nowMs) };
    return call('SetChargingProfile', payload, link, {
      judge: (answer) => {
        const end = acceptedOr(answer, { profileId: profile.profileId, unit: as.unit });
        return answer.status === 'Rejected' ? refused(end) : end;
      },
    });
  };
  return send(profile, (end) => inOtherUnit(profile, link, end, (converted) => send(converted, (last) => last)));
}

function runningOn(portNo: number, { transactionRef }: Profile, { station }: Link): number | null {
  const named = transactionRef == null ? null : Number(transactionRef);
  return named ?? station.connector(portNo).transactionId;
}

function inOtherUnit(profile: Profile, link: Link, end: Turn, send: (converted: Profile) => Turn): Turn {
  return readKeys([UNITS_KEY], link, ({ values }) => {
    const names = (values.get(UNITS_KEY) ?? '').split(',').map((name) => name.trim());
    const other = profile.unit === 'A' ? 'W' : 'A';
    const isOther = names.includes(UNIT_NAMES[other]) && !names.includes(UNIT_NAMES[profile.unit]);
    return isOther ? send(inUnit(profile, other)) : end;
  });
}

function toWire(profile: Profile, transactionId: number | null, nowMs: number): ChargingProfile {
  const { head, schedule } = toSchedule(profile, nowMs);
  return {
    chargingProfileId: profile.profileId,
    ...(transactionId !== null && { transactionId }),
    ...head,
    chargingProfilePurpose: PURPOSES[profile.purpose],
    chargingSchedule: schedule,
  };
}

/** By its number, or all that fit. `Unknown`: there was none, so none is left. */
export function clearProfiles(command: CommandOf<'charging_profile.clear'>, link: Link): Turn {
  const { profileId, portNo, purpose, level } = command;
  const payload: PlatformRequest<'ClearChargingProfile'> =
    profileId !== null
      ? { id: profileId }
      : {
          ...(portNo !== null && { connectorId: portNo }),
          ...(purpose !== null && { chargingProfilePurpose: PURPOSES[purpose] }),
          ...(level !== null && { stackLevel: level }),
        };
  return call('ClearChargingProfile', payload, link, { judge: (answer) => acceptedOr(answer, {}, ['Unknown']) });
}

export const compositeSchedule = (command: CommandOf<'charging_profile.composite'>, link: Link): Turn => {
  const { portNo, durationS, unit } = command;
  const payload = { connectorId: portNo ?? 0, duration: durationS, ...(unit !== null && { chargingRateUnit: unit }) };
  return call('GetCompositeSchedule', payload, link, {
    judge: (answer) => {
      const { scheduleStart = null, chargingSchedule = null } = answer;
      return acceptedOr(answer, { startsAt: scheduleStart, schedule: chargingSchedule });
    },
  });
};
