import { DeviceId, DeviceType, PortNo } from '@chargebus/domain';
import { z } from 'zod';
import { audience } from './audience';
import { defineRequest } from './define-request';
import { DeviceView } from './device.requests';

const ofDevice = { ...audience, deviceId: z.string().min(1).max(64) };

/**
 * What its owner may change about a device. Absent: as it is; null: nothing. Attributes are merged: null takes one away.
 * A device at a station is in the station's region.
 */
export const DeviceChange = z.object({
  name: z.string().max(100).nullish(),
  type: DeviceType.optional(),
  region: z.string().max(64).nullish(),
  station: z.string().max(64).nullish(),
  tags: z.array(z.string().max(64)).max(50).optional(),
  attributes: z.record(z.string(), z.unknown()).optional(),
  model: z.string().max(100).nullish(),
  portCount: z.number().int().min(0).max(1000).optional(),
  heartbeatIntervalS: z.number().int().min(5).max(86_400).nullish(), // null: the protocol profile's, from the next connection on
  offlineTimeoutS: z.number().int().min(10).max(604_800).nullish(),
  maintenance: z.boolean().optional(),
});
export type DeviceChange = z.infer<typeof DeviceChange>;

/** Errors: DEVICE_NOT_FOUND, STATION_NOT_FOUND, BEYOND_DATA_SCOPE (it would leave it), VALIDATION_FAILED. */
export const UpdateDevice = defineRequest({
  subject: 'cb.ask.device.update',
  timeoutMs: 5_000,
  request: z.object({ ...ofDevice, change: DeviceChange }),
  reply: DeviceView,
});
/** It is a stranger from then on; its settled sessions stay. Errors: DEVICE_NOT_FOUND, DEVICE_IS_CHARGING. */
export const DeleteDevice = defineRequest({
  subject: 'cb.ask.device.delete',
  timeoutMs: 5_000,
  request: z.object(ofDevice),
  reply: z.object({ deviceId: DeviceId }),
});
/**
 * Takes a device or one port out of service, or back. Starts and cards are refused from the answer on; what charges
 * goes on, and everything is shown as before. The same again changes nothing. Errors: DEVICE_NOT_FOUND, PORT_NOT_FOUND.
 */
export const SetMaintenance = defineRequest({
  subject: 'cb.ask.device.maintenance',
  timeoutMs: 5_000,
  request: z.object({ ...ofDevice, portNo: PortNo.nullable(), maintenance: z.boolean() }),
  reply: z.object({
    deviceId: DeviceId,
    maintenance: z.boolean(), // of the whole device
    portsInMaintenance: z.array(PortNo), // by themselves
    changed: z.boolean(),
  }),
});
