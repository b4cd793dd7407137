import type { ChargingProfile } from '@chargebus/domain';

const NOMINAL_V = 230;

/** The same limits in the other unit: at the nominal voltage, not the measured one; three phases where nothing is said. */
export function inUnit(profile: ChargingProfile, unit: ChargingProfile['unit']): ChargingProfile {
  if (profile.unit === unit) return profile;
  const periods = profile.periods.map((period) => {
    const watts = NOMINAL_V * (period.phases ?? 3);
    const limit = unit === 'W' ? period.limit * watts : period.limit / watts;
    return { ...period, limit: Math.floor(limit * 10) / 10 }; // never above what was ordered
  });
  return { ...profile, unit, periods };
}
