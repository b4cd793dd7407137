import { CapabilityNotSupported, DeviceNotFound, LogUploadNotFound } from '@chargebus/errors';
import { z } from 'zod';
import { defineList, defineRoute } from './define-route';
import { devicePath, instant, tag } from './fields';

const TAG = 'Firmware';
const time = z.iso.datetime({ offset: true });

export const LogUpload = z
  .object({
    upload_id: z.string(),
    phy_id: z.string(),
    log_type: z.enum(['diagnostics', 'security']),
    status: z.enum(['requested', 'receiving', 'received', 'failed']),
    reason: z.string().nullable(),
    command_id: z.string(),
    file_name: z.string().nullable().describe('As the device called it.'),
    size_bytes: z.int().nullable(),
    checksum: z.string().nullable(),
    download_url: z
      .string()
      .nullable()
      .describe('null: nothing was received. Good for an hour; ask again for another.'),
    download_expires_at: instant.nullable(),
    created_at: instant,
    finished_at: instant.nullable(),
    expires_at: instant.describe('Until when the device may bring it.'),
  })
  .meta({ id: 'LogUpload' });
const logExample = {
  upload_id: 'lu_018d0c2e7f4a00031b2c3d4e5f60',
  phy_id: 'STATION-1',
  log_type: 'diagnostics' as const,
  status: 'requested' as const,
  reason: null,
  command_id: '5b9c2f0e-8a0b-4a5b-9a52-0b4a2f8f6d11',
  file_name: null,
  size_bytes: null,
  checksum: null,
  download_url: null,
  download_expires_at: null,
  created_at: '2026-01-13T10:00:00.000Z',
  finished_at: null,
  expires_at: '2026-01-13T11:00:00.000Z',
};
export const requestLogUpload = defineRoute({
  id: 'requestLogUpload',
  method: 'POST',
  path: '/api/third/devices/{phyId}/logs/upload',
  scope: 'devices:maintain',
  tag: TAG,
  summary: 'Have a device bring its log',
  description:
    'OCPP stations. The station gets an address of ours that takes one file; once it is there it can be downloaded.',
  params: devicePath,
  body: z
    .strictObject({
      log_type: z.enum(['diagnostics', 'security']).default('diagnostics'),
      start_time: time.nullish().describe('Of the log; without: all that there is.'),
      end_time: time.nullish(),
    })
    .prefault({})
    .meta({ id: 'RequestLogUpload' }),
  response: LogUpload,
  ordersDevice: true,
  errors: [DeviceNotFound, CapabilityNotSupported],
  example: { params: { phyId: 'STATION-1' }, body: { log_type: 'diagnostics' }, response: logExample },
});
export const listLogUploads = defineList({
  id: 'listLogUploads',
  method: 'GET',
  path: '/api/third/devices/{phyId}/logs/uploads',
  scope: 'devices:maintain',
  tag: TAG,
  summary: 'Logs that a device was asked for',
  params: devicePath,
  sort: ['created_at'],
  response: LogUpload,
  errors: [DeviceNotFound],
  example: { params: { phyId: 'STATION-1' }, response: logExample },
});
export const getLogUpload = defineRoute({
  id: 'getLogUpload',
  method: 'GET',
  path: '/api/third/devices/{phyId}/logs/uploads/{uploadId}',
  scope: 'devices:maintain',
  tag: TAG,
  summary: 'One log that a device was asked for',
  params: devicePath.extend({ uploadId: tag(64) }),
  response: LogUpload,
  errors: [DeviceNotFound, LogUploadNotFound],
  example: { params: { phyId: 'STATION-1', uploadId: logExample.upload_id }, response: logExample },
});
