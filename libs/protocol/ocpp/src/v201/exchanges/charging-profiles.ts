import type { Turn } from '../../connection/ask';
import { toInstant } from '@chargebus/domain';
import type { ChargingProfile as Profile, CommandOf, CommandOutcome } from '@chargebus/domain';
import type { ChargingProfile, PlatformRequest } from '../messages';
import { inUnit } from '../../charging-limits';
import { acceptedOr, call } from './call';
import type { Link } from './call';
import { getVariables } from './variables';

const PURPOSES = { device: 'ChargingStationMaxProfile', port: 'TxDefaultProfile', charge: 'TxProfile' } as const;
/** A schedule begins a little earlier, so that there is no gap before it holds. */
const HEAD_START_MS = 10_000;

/** Of a charge from its start on; inside a start order it names no transaction. */
export const powerProfile = (powerLimitW: number): ChargingProfile => ({
  id: 1,
  stackLevel: 0,
  chargingProfilePurpose: 'TxProfile',
  chargingProfileKind: 'Relative',
  chargingSchedule: [
    {
      id: 1,
      chargingRateUnit: 'W',
      chargingSchedulePeriod: [{ startPeriod: 0, limit: Math.round(powerLimitW * 10) / 10 }],
    },
  ],
});

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
  const { profileId, purpose, level, validFrom, validUntil, repeats, durationS, unit, periods } = profile;
  const isRelative = profile.startsAt === null && repeats === null && purpose === 'port';
  const startSchedule = profile.startsAt ?? (isRelative ? null : toInstant(nowMs - HEAD_START_MS));
  return {
    id: profileId,
    stackLevel: level,
    chargingProfilePurpose: PURPOSES[purpose],
    chargingProfileKind: repeats !== null ? 'Recurring' : isRelative ? 'Relative' : 'Absolute',
    ...(repeats !== null && { recurrencyKind: repeats === 'daily' ? 'Daily' : 'Weekly' }),
    ...(validFrom !== null && { validFrom }),
    ...(validUntil !== null && { validTo: validUntil }),
    ...(transactionId !== null && { transactionId }),
    chargingSchedule: [
      {
        id: profileId,
        ...(startSchedule !== null && { startSchedule }),
        ...(durationS !== null && { duration: durationS }),
        chargingRateUnit: unit,
        chargingSchedulePeriod: periods.map(({ fromS, limit, phases }) => ({
          startPeriod: fromS,
          limit,
          ...(phases !== null && { numberPhases: phases }),
        })),
      },
    ],
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
