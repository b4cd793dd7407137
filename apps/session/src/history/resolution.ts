const HOUR_S = 3_600;
/** Ranges up to this are cut finer than by the hour: a page of samples per port and day is read for it. */
const FINE_RANGE_S = 8 * 86_400;

export interface Resolution {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly stepS: number;
  readonly source: 'samples' | 'hours';
}

/**
 * How a range becomes at most `points` buckets. Steps of an hour and more, and ranges that are long or begin where
 * samples are archived already, come from rolled up hours: whole ones, so the range grows to them.
 */
export function resolve(
  range: { readonly fromMs: number; readonly untilMs: number },
  points: number,
  samplesSinceMs: number,
): Resolution {
  const { fromMs, untilMs } = range;
  const lengthS = (untilMs - fromMs) / 1000;
  const stepS = Math.max(1, Math.ceil(lengthS / points));
  if (stepS < HOUR_S && lengthS <= FINE_RANGE_S && fromMs >= samplesSinceMs)
    return { fromMs, untilMs, stepS, source: 'samples' };
  const alignedMs = fromMs - (fromMs % (HOUR_S * 1000));
  const hours = Math.max(1, Math.ceil((untilMs - alignedMs) / 1000 / points / HOUR_S));
  return { fromMs: alignedMs, untilMs, stepS: hours * HOUR_S, source: 'hours' };
}
