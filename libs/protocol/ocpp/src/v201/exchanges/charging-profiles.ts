import type { Turn } from '../../connection/ask';
import type { ChargingProfile as Profile, CommandOf, CommandOutcome } from '@chargebus/domain';
import type { ChargingProfile, PlatformRequest } from '../messages';
import { inUnit, powerChange, powerSchedule, toSchedule } from '../../charging-limits';
import { acceptedOr, call } from './call';
import type { Link } from './call';
import { getVariables } from './variables';

const PURPOSES = { device: 'ChargingStationMaxProfile', port: 'TxDefaultProfile', charge: 'TxProfile' } as const;
/** Of a charge from its start on. */
export function powerProfile(powerLimitW: number): ChargingProfile {
  const { profileId: id, head, schedule } = powerSchedule(powerLimitW);
  return { id, ...head, chargingProfilePurpose: 'TxProfile', chargingSchedule: [{ id, ...schedule }] };
}
export const chargeModify = (command: CommandOf<'charge.modify'>, link: Link): Turn | CommandOutcome =>
  setProfile(powerChange(command, link.station.transactionOf(command.orderRef)), link);

/** Page §6.3. A station that knows the other unit only is given the same limits in it. */
export function setProfile(command: CommandOf<'charging_profile.set'>, link: Link): Turn | CommandOutcome {
  const { profile } = command;
  const evseId = profile.purpose === 'device' ? 0 : (command.portNo ?? 0);
  const transactionId =
    profile.purpose === 'charge' ? (profile.transactionRef ?? link.station.evse(evseId).transactionId) : null;
  if (profile.purpose === 'charge' && transactionId === null) return { status: 'rejected', reason: 'no_transaction' };
  const send = (as: Profile, refused: (end: Turn) => Turn): Turn =>
    call(
      'SetChargingProfile',
      { evseId, chargingProfile: toWire(as, transactionId, link.nowMs) },
      {
        judge: (answer) => {
          const end = acceptedOr(answer, { profileId: profile.profileId, unit: as.unit });
          return answer.status === 'Accepted' ? end : refused(end);
        },
      },
    );
  return send(profile, (end) => inOtherUnit(profile, link, end, (converted) => send(converted, (last) => last)));
}

const RATE_UNIT = 'SmartChargingCtrlr.RateUnit';
function inOtherUnit(profile: Profile, link: Link, end: Turn, send: (converted: Profile) => Turn): Turn {
  return getVariables([RATE_UNIT], link, (results) => {
    const units = (results.get(RATE_UNIT)?.value ?? '').split(',').map((unit) => unit.trim());
    const other = profile.unit === 'A' ? 'W' : 'A';
    return units.includes(other) && !units.includes(profile.unit) ? send(inUnit(profile, other)) : end;
  });
}

function toWire(profile: Profile, transactionId: string | null, nowMs: number): ChargingProfile {
  const { profileId: id, purpose } = profile;
  const { head, schedule } = toSchedule(profile, nowMs);
  return {
    id,
    ...(transactionId !== null && { transactionId }),
    ...head,
    chargingProfilePurpose: PURPOSES[purpose],
    chargingSchedule: [{ id, ...schedule }],
  };
}

/** By its number, or all that fit. `Unknown`: there was none, so none is left. */
export function clearProfiles(command: CommandOf<'charging_profile.clear'>): Turn {
  const { profileId, portNo, purpose, level } = command;
  const criteria = {
    ...(portNo !== null && { evseId: portNo }),
    ...(purpose !== null && { chargingProfilePurpose: PURPOSES[purpose] }),
    ...(level !== null && { stackLevel: level }),
  };
  const payload: PlatformRequest<'ClearChargingProfile'> =
    profileId !== null
      ? { chargingProfileId: profileId }
      : Object.keys(criteria).length > 0
        ? { chargingProfileCriteria: criteria }
        : {};
  return call('ClearChargingProfile', payload, { judge: (answer) => acceptedOr(answer, {}, ['Unknown']) });
}

export const compositeSchedule = ({ portNo, durationS, unit }: CommandOf<'charging_profile.composite'>): Turn =>
  call(
    'GetCompositeSchedule',
    { evseId: portNo ?? 0, duration: durationS, ...(unit !== null && { chargingRateUnit: unit }) },
    { judge: (answer) => acceptedOr(answer, { schedule: answer.schedule ?? null }) },
  );
