import { toInstant } from '@chargebus/domain';
import type { ChargingProfile, CommandOf } from '@chargebus/domain';

const NOMINAL_V = 230;

/** The same limits in the other unit: at the nominal voltage, not the measured one; three phases where nothing is said. */
export function inUnit(profile: ChargingProfile, unit: ChargingProfile['unit']): ChargingProfile {
  if (profile.unit === unit) return profile;
  const periods = profile.periods.map((period) => {
    const watts = NOMINAL_V * (period.phases ?? 3);
    const limit = unit === 'W' ? period.limit * watts : period.limit / watts;
    return { ...period, limit: oneDecimal(limit) };
  });
  return { ...profile, unit, periods };
}
/** Stations take one decimal place; never above what was ordered. */
const oneDecimal = (limit: number): number => Math.floor(limit * 10) / 10;

/** Of one charge: a change replaces what its start has set, because number and level are the same. */
const OF_A_CHARGE = { profileId: 1, level: 0 } as const;

/** Of a charge from its start on; inside a start order a profile names no transaction. */
export const powerSchedule = (powerLimitW: number) => ({
  head: { stackLevel: OF_A_CHARGE.level, chargingProfileKind: 'Relative' as const },
  profileId: OF_A_CHARGE.profileId,
  schedule: {
    chargingRateUnit: 'W' as const,
    chargingSchedulePeriod: [{ startPeriod: 0, limit: oneDecimal(powerLimitW) }],
  },
});

/**
 * A change of a charge that runs, as a profile of that charge. `transactionRef` null: of the one that runs on the port.
 * Throws RangeError for limits that a station does not know.
 */
export function powerChange(
  { portNo, powerLimitW, durationLimitS, energyLimitWh }: CommandOf<'charge.modify'>,
  transactionRef: string | null,
): CommandOf<'charging_profile.set'> {
  if (powerLimitW == null || durationLimitS !== null || energyLimitWh !== null)
    throw new RangeError('a station limits power alone: time and energy are watched by the platform');
  const profile: ChargingProfile = {
    ...OF_A_CHARGE,
    purpose: 'charge',
    transactionRef,
    validFrom: null,
    validUntil: null,
    repeats: null,
    startsAt: null,
    durationS: null,
    unit: 'W',
    periods: [{ fromS: 0, limit: oneDecimal(powerLimitW), phases: null }],
  };
  return { kind: 'charging_profile.set', portNo, profile };
}

/** A schedule begins a little earlier, so that there is no gap before it holds. */
const HEAD_START_MS = 10_000;
const RECURRENCES = { daily: 'Daily', weekly: 'Weekly' } as const;

/** What both versions say of a profile in the same words. */
export function toSchedule(profile: ChargingProfile, nowMs: number) {
  const { purpose, level, validFrom, validUntil, repeats, durationS, unit, periods } = profile;
  const isRelative = profile.startsAt === null && repeats === null && purpose === 'port';
  const startSchedule = profile.startsAt ?? (isRelative ? null : toInstant(nowMs - HEAD_START_MS));
  const kind = isRelative ? ('Relative' as const) : ('Absolute' as const);
  return {
    head: {
      stackLevel: level,
      chargingProfileKind: repeats === null ? kind : ('Recurring' as const),
      ...(repeats !== null && { recurrencyKind: RECURRENCES[repeats] }),
      ...(validFrom !== null && { validFrom }),
      ...(validUntil !== null && { validTo: validUntil }),
    },
    schedule: {
      ...(startSchedule !== null && { startSchedule }),
      ...(durationS !== null && { duration: durationS }),
      chargingRateUnit: unit,
      chargingSchedulePeriod: periods.map(({ fromS, limit, phases }) => ({
        startPeriod: fromS,
        limit,
        ...(phases !== null && { numberPhases: phases }),
      })),
    },
  };
}
