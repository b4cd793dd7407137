import { DeviceFilter, DeviceId, DeviceType } from '@chargebus/domain';
import { z } from 'zod';
import { audience } from './audience';
import { defineRequest } from './define-request';

/** A device as those see it who act on many: what decides whether and how. */
export const SelectedDevice = z.object({
  deviceId: DeviceId,
  type: DeviceType,
  protocol: z.string().nullable(),
  model: z.string().nullable(),
  firmwareVersion: z.string().nullable(),
  online: z.boolean(),
  maintenance: z.boolean(),
  region: z.string().nullable(),
  station: z.string().nullable(),
});
export type SelectedDevice = z.infer<typeof SelectedDevice>;

/**
 * The devices that a filter means, in the order of their ids: for jobs over many devices. Ask again with the cursor that
 * came back until it is null; a device that joins or leaves meanwhile may be missed, none is told twice. Ids in
 * `filter.deviceIds` that do not come back are unknown to this audience, or do not fit the rest of the filter.
 */
export const SelectDevices = defineRequest({
  subject: 'cb.ask.device.select',
  timeoutMs: 5_000,
  request: z.object({
    ...audience,
    filter: DeviceFilter,
    cursor: DeviceId.nullable(), // the last device that is known already
    limit: z.number().int().min(1).max(2_000),
  }),
  reply: z.object({
    items: z.array(SelectedDevice),
    cursor: DeviceId.nullable(), // null: there are no more
    total: z.number().int().nonnegative().nullable(), // of the whole selection; null when asked with a cursor
  }),
});
