import { createHash } from 'node:crypto';

/**
 * Which wave each device is in: `waves` are the percents that have it after each, the last one is made whole. The order is
 * that of a hash, so that a wave is a sample of all of them and not a street.
 */
export function planWaves(
  deviceIds: readonly string[],
  waves: readonly number[],
  seed: string,
): readonly { readonly deviceId: string; readonly stage: number }[] {
  const mixed = [...deviceIds]
    .map((deviceId) => ({ deviceId, place: createHash('sha256').update(`${seed}\n${deviceId}`).digest('hex') }))
    .sort((a, b) => (a.place < b.place ? -1 : 1));
  const ends = [...waves].sort((a, b) => a - b).map((percent) => Math.ceil((mixed.length * percent) / 100));
  return mixed.map(({ deviceId }, at) => {
    const wave = ends.findIndex((end) => at < end);
    return { deviceId, stage: wave === -1 ? Math.max(ends.length, 1) : wave + 1 };
  });
}

/** Share of the devices that are over and failed, without those that were forgiven, %. */
export function failurePct(tally: { readonly succeeded: number; readonly failed: number }, forgiven: number): number {
  const failed = Math.max(0, tally.failed - forgiven);
  const over = tally.succeeded + failed;
  return over === 0 ? 0 : (failed / over) * 100;
}
