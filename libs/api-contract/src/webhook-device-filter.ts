import { DeviceFilter, DeviceId, DeviceType, MasterCode } from '@chargebus/domain';
import { z } from 'zod';
import { tag, text } from './fields';

/** The names of the query parameters of lists of devices, in lists. */
const values = <T extends z.ZodType>(item: T) => z.array(item).min(1).max(1_000).optional();
export const webhookDeviceFilter = z
  .strictObject({
    device_types: values(DeviceType),
    regions: values(MasterCode),
    stations: values(MasterCode),
    groups: values(MasterCode),
    tags: values(MasterCode),
    models: values(text(100)),
    protocols: values(tag(20)),
    device_phy_ids: values(DeviceId),
  })
  .refine((filter) => Object.keys(filter).length > 0, 'must name something')
  .meta({ id: 'WebhookDeviceFilter' })
  .describe('Only events about these devices; every part narrows. null: all devices, and events about none.');
export const deviceFilterFromBody = (body: z.output<typeof webhookDeviceFilter> | null): DeviceFilter | null =>
  body === null
    ? null
    : DeviceFilter.parse({
        types: body.device_types,
        regions: body.regions,
        stations: body.stations,
        groups: body.groups,
        tags: body.tags,
        models: body.models,
        protocols: body.protocols,
        deviceIds: body.device_phy_ids,
      });

const part = <T>(name: string, value: readonly T[] | null) => (value === null ? {} : { [name]: value });
export const deviceFilterToBody = (filter: DeviceFilter | null): z.output<typeof webhookDeviceFilter> | null =>
  filter === null
    ? null
    : {
        ...part('device_types', filter.types),
        ...part('regions', filter.regions),
        ...part('stations', filter.stations),
        ...part('groups', filter.groups),
        ...part('tags', filter.tags),
        ...part('models', filter.models),
        ...part('protocols', filter.protocols),
        ...part('device_phy_ids', filter.deviceIds),
      };
