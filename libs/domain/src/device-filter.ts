import { z } from 'zod';
import { DeviceId } from './ids';

/** Name of a region, station or group that its owner chose: unique per tenant, never changed. */
export const MasterCode = z
  .string()
  .regex(
    /^[\p{L}\p{N}_][\p{L}\p{N}_.:-]{0,63}$/u,
    'must be 1 to 64 letters, digits or _ . : - and begin with a letter or digit',
  );
export type MasterCode = z.infer<typeof MasterCode>;

/** A word that a device is labelled with. The same characters as a code, so that lists of them need no quoting. */
export const DeviceTag = MasterCode;

export const DeviceType = z.enum(['AC', 'DC']);
export type DeviceType = z.infer<typeof DeviceType>;

const MAX_VALUES = 1_000;
const anyOf = <T extends z.ZodType>(value: T) => z.array(value).max(MAX_VALUES).nullable().default(null);

/**
 * Which devices of a tenant are meant. Every part narrows; null: this part does not matter; an empty list: nothing fits it.
 * A list fits a device that has one of its values. A region stands for everything below it.
 */
export const DeviceFilter = z.strictObject({
  online: z.boolean().nullable().default(null),
  types: anyOf(DeviceType),
  regions: anyOf(z.string().max(64)),
  stations: anyOf(z.string().max(64)),
  groups: anyOf(z.string().max(64)),
  tags: anyOf(z.string().max(64)),
  models: anyOf(z.string().max(100)),
  protocols: anyOf(z.string().max(20)),
  maintenance: z.boolean().nullable().default(null), // of the whole device
  text: z.string().min(1).max(100).nullable().default(null), // part of the id, the printed number or the name
  deviceIds: z.array(DeviceId).max(10_000).nullable().default(null),
});
export type DeviceFilter = z.infer<typeof DeviceFilter>;

/** All devices. `{ ...ANY_DEVICE, online: true }` are those that are online. */
export const ANY_DEVICE: DeviceFilter = Object.freeze(DeviceFilter.parse({}));
export const meansAnyDevice = (filter: DeviceFilter): boolean => Object.values(filter).every((part) => part === null);

/**
 * Which part of a tenant a principal may touch: devices in one of these regions (and below), or stations, or groups, or
 * named one by one. A principal without such a limit has null instead; one with empty lists may touch nothing.
 */
export const DataScope = z.strictObject({
  regions: z.array(z.string().max(64)).max(MAX_VALUES).default([]),
  stations: z.array(z.string().max(64)).max(MAX_VALUES).default([]),
  groups: z.array(z.string().max(64)).max(MAX_VALUES).default([]),
  devices: z.array(DeviceId).max(MAX_VALUES).default([]),
});
export type DataScope = z.infer<typeof DataScope>;
