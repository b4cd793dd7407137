import { DeviceType } from '@chargebus/domain';
import type { DeviceFilter } from '@chargebus/domain';
import { z } from 'zod';
import { flagInQuery, tag, text } from './fields';
import { writtenAs } from './written-form';

const MAX_VALUES = 100;

/** `a,b,c`: any of them fits. What is wrong with one of them is said of the parameter. */
function listOf<T extends z.ZodType>(item: T, what: string) {
  const items = z.array(item).max(MAX_VALUES);
  const list = z
    .string()
    .max(4_000)
    .transform((given, context): z.output<T>[] => {
      const parsed = items.safeParse(given.split(','));
      if (parsed.success) return parsed.data;
      context.addIssue({ code: 'custom', message: parsed.error.issues[0]?.message ?? 'is no list' });
      return z.NEVER;
    });
  return writtenAs(items, list)
    .optional()
    .describe(`${what}; several with commas between them, of which one must fit.`);
}

/** Query parameters of every list of devices (decision 23); `deviceFilterOf` makes a filter of them. */
export const deviceFilterShape = {
  online: flagInQuery.optional(),
  type: listOf(DeviceType, 'AC or DC'),
  region: listOf(text(64), 'Code of a region, which stands for all below it'),
  station: listOf(text(64), 'Code of a station'),
  group: listOf(text(64), 'Code of a device group'),
  tag: listOf(text(64), 'Tag'),
  model: listOf(text(100), 'Model'),
  protocol: listOf(tag(20), 'Protocol'),
  maintenance: flagInQuery.optional().describe('Whether the whole device is in maintenance.'),
  q: text(100).optional().describe('Part of the id, the printed number or the name.'),
};

/** Null or absent: this part does not matter. */
type Given<T> = { readonly [K in keyof T]?: T[K] | null | undefined };

export const deviceFilterOf = (given: Given<z.output<z.ZodObject<typeof deviceFilterShape>>>): DeviceFilter => ({
  online: given.online ?? null,
  types: given.type ?? null,
  regions: given.region ?? null,
  stations: given.station ?? null,
  groups: given.group ?? null,
  tags: given.tag ?? null,
  models: given.model ?? null,
  protocols: given.protocol ?? null,
  maintenance: given.maintenance ?? null,
  text: given.q ?? null,
  deviceIds: null,
});
