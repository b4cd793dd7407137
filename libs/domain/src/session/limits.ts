/** What ends a charge (decision 26): `mode` names the primary limit, every other one given is a cap. */
export interface ChargeLimits {
  readonly mode: number; // 1 time, 2 energy, 3 power, 4 until full
  readonly timeLimitMin: number | null;
  readonly energyLimitKwh: number | null;
  readonly powerLimitW: number | null;
}
/** What a sample says that limits look at. Totals count from the start of the charge. */
export interface LimitSample {
  readonly durationS: number;
  readonly energyWh: number;
  readonly powerW: number | null;
}
export type LimitReason = 'time_limit_reached' | 'energy_limit_reached' | 'power_limit_reached';

/**
 * The primary limit of modes 1 and 2 is the device's own quota: we step in only when the device let it pass by this
 * much, so that its settlement, and not our stop, normally ends the charge.
 */
const DEVICE_MARGIN_S = 30;
const DEVICE_MARGIN_WH = 20;

/** The limit that this sample has reached, null while there is none. */
export function reachedLimit(limits: ChargeLimits, sample: LimitSample): LimitReason | null {
  const { mode, timeLimitMin, energyLimitKwh, powerLimitW } = limits;
  if (timeLimitMin !== null && sample.durationS >= timeLimitMin * 60 + (mode === 1 ? DEVICE_MARGIN_S : 0))
    return 'time_limit_reached';
  if (energyLimitKwh !== null && sample.energyWh >= energyLimitKwh * 1000 + (mode === 2 ? DEVICE_MARGIN_WH : 0))
    return 'energy_limit_reached';
  if (powerLimitW !== null && sample.powerW !== null && sample.powerW > powerLimitW) return 'power_limit_reached';
  return null;
}

/** How a start with these limits is given to a device. */
export function limitsForDevice(limits: ChargeLimits): {
  readonly durationLimitS: number | null;
  readonly energyLimitWh: number | null;
  readonly powerLimitW: number | null;
  readonly primaryLimit: 'duration' | 'energy' | 'power' | 'full';
  readonly stopWhenFull: boolean;
  readonly maxDurationS: number | null;
} {
  const durationS = limits.timeLimitMin === null ? null : Math.max(1, Math.round(limits.timeLimitMin * 60));
  const energyWh = limits.energyLimitKwh === null ? null : Math.max(1, Math.round(limits.energyLimitKwh * 1000));
  const primaryLimit = (['duration', 'energy', 'power', 'full'] as const)[limits.mode - 1] ?? 'full';
  return {
    durationLimitS: durationS,
    energyLimitWh: energyWh,
    powerLimitW: limits.powerLimitW,
    primaryLimit,
    stopWhenFull: primaryLimit !== 'duration', // time that was bought is delivered, whatever the battery says
    maxDurationS: primaryLimit === 'duration' ? null : durationS,
  };
}

export interface Progress {
  readonly progressPct: number | null; // null: charging until full
  readonly progressBasis: 'time' | 'energy' | null;
  readonly estimatedRemainingS: number | null;
}

/** How far a charge is: the limit that is nearest counts (decision 25). */
export function progressOf(limits: ChargeLimits | null, sample: LimitSample): Progress {
  const shares: { basis: 'time' | 'energy'; share: number; remainingS: number | null }[] = [];
  if (limits?.timeLimitMin != null) {
    const limitS = limits.timeLimitMin * 60;
    shares.push({
      basis: 'time',
      share: sample.durationS / limitS,
      remainingS: Math.max(0, limitS - sample.durationS),
    });
  }
  if (limits?.energyLimitKwh != null) {
    const limitWh = limits.energyLimitKwh * 1000;
    const missingWh = Math.max(0, limitWh - sample.energyWh);
    shares.push({
      basis: 'energy',
      share: sample.energyWh / limitWh,
      remainingS: sample.powerW === null || sample.powerW <= 0 ? null : (missingWh / sample.powerW) * 3600,
    });
  }
  const nearest = shares.reduce<(typeof shares)[number] | null>(
    (best, next) => (best === null || next.share > best.share ? next : best),
    null,
  );
  const times = shares.map(({ remainingS }) => remainingS).filter((s) => s !== null);
  return {
    progressPct: nearest === null ? null : Math.round(Math.min(1, nearest.share) * 1000) / 10,
    progressBasis: nearest?.basis ?? null,
    estimatedRemainingS: times.length === 0 ? null : Math.round(Math.min(...times)),
  };
}
