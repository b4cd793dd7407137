import { AddressRefused, ChecksumMismatch, FirmwareInUse, FirmwareNotFound, FirmwareNotReady } from '@chargebus/errors';
import { FirmwareState, FirmwareTarget } from '@chargebus/requests';
import { z } from 'zod';
import { defineList, defineRoute } from './define-route';
import { instant, numberInQuery, tag, text } from './fields';

const TAG = 'Firmware';
export const firmwareId = tag(64).describe('Firmware image.');
export const version = text(40).describe('As the device tells it; a leading v does not count.');
export const checksum = z
  .string()
  .regex(/^sha256:[0-9a-fA-F]{64}$/, 'must be sha256: and 64 hex digits')
  .transform((given) => given.slice('sha256:'.length).toLowerCase())
  .describe('`sha256:` and the digest of the image in hex.');

/** `a,b,c` in a query. */
const names = (max: number, what: string) =>
  z
    .string()
    .max(4_000)
    .transform((given) =>
      given
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== ''),
    )
    .pipe(z.array(text(max)).max(100))
    .optional()
    .describe(`${what}, with commas between them; without: every one.`);
const target = FirmwareTarget.default('device').describe('What of the device it is for.');
const deviceType = z.int().min(0).max(255);
const SIGNING = z
  .strictObject({ certificate_pem: z.string().min(1).max(5_500), signature_base64: z.string().min(1).max(800) })
  .describe('By its maker, for OCPP stations that check it.');

export const Firmware = z
  .object({
    firmware_id: z.string(),
    version: z.string(),
    checksum: z.string(),
    size_bytes: z.int().nullable().describe('null: not stored yet.'),
    status: FirmwareState.describe('fetching: it is still being brought from its address.'),
    failure: z.string().nullable().describe('Why it could not be fetched.'),
    source_url: z.string().nullable().describe('null: uploaded.'),
    file_name: z.string().nullable(),
    target: FirmwareTarget,
    device_type: z.int().nullable().describe('AP3000 type code; null: as the device says.'),
    models: z.array(z.string()).describe('Empty: every one.'),
    hardware_versions: z.array(z.string()).describe('Empty: every one.'),
    protocols: z.array(z.string()).describe('Empty: every one.'),
    release_notes: z.string().nullable(),
    signed: z.boolean(),
    created_at: instant,
  })
  .meta({ id: 'Firmware' });
export const DIGEST = 'b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9';
export const firmwareExample = {
  firmware_id: 'fw_018d0c2e7f4a00031b2c3d4e5f60',
  version: 'v2.1.0',
  checksum: `sha256:${DIGEST}`,
  size_bytes: 131072,
  status: 'stored' as const,
  failure: null,
  source_url: null,
  file_name: 'socket-2.1.0.bin',
  target: 'device' as const,
  device_type: null,
  models: ['dual_socket'],
  hardware_versions: [],
  protocols: ['ap3000'],
  release_notes: 'Measures power more often.',
  signed: false,
  created_at: '2026-01-13T10:00:00.000Z',
};
const firmwareParams = z.object({ firmwareId });
const firmwareAt = { firmwareId: firmwareExample.firmware_id };

export const uploadFirmware = defineRoute({
  id: 'uploadFirmware',
  method: 'POST',
  path: '/api/third/firmware',
  scope: 'firmware:manage',
  tag: TAG,
  summary: 'Upload a firmware image',
  description:
    'The body is the image itself, unchanged; what is to be known of it stands in the query. The same bytes for the same version and target are one image: the answer is the one that is there.',
  contentType: 'application/octet-stream',
  query: {
    version,
    checksum: checksum.optional().describe('`sha256:` and the digest in hex: the upload is refused if it differs.'),
    file_name: text(100).optional(),
    target,
    device_type: numberInQuery(deviceType).optional(),
    models: names(100, 'Models that it is for'),
    hardware_versions: names(100, 'Hardware versions that it is for'),
    protocols: names(20, 'Protocols that it is for'),
    release_notes: z.string().max(4_000).optional(),
  },
  body: z.instanceof(Uint8Array).meta({ type: 'string', format: 'binary' }),
  response: Firmware,
  errors: [ChecksumMismatch],
  example: {
    params: {},
    query: { version: 'v2.1.0', models: 'dual_socket', protocols: 'ap3000', file_name: 'socket-2.1.0.bin' },
    body: new Uint8Array([1, 2, 3]),
    response: firmwareExample,
  },
});
export const fetchFirmware = defineRoute({
  id: 'fetchFirmware',
  method: 'POST',
  path: '/api/third/firmware/fetch',
  scope: 'firmware:manage',
  tag: TAG,
  summary: 'Fetch a firmware image from an address',
  description:
    'It is fetched once, without following redirects, kept unchanged, and used only if its checksum is right. The answer comes at once; `status` tells when it is stored.',
  body: z
    .strictObject({
      firmware_url: z.url({ protocol: /^https?$/ }).max(1_000),
      version,
      checksum,
      file_name: text(100).optional(),
      target,
      device_type: deviceType.optional(),
      models: z.array(text(100)).max(100).default([]),
      hardware_versions: z.array(text(100)).max(100).default([]),
      protocols: z.array(text(20)).max(20).default([]),
      release_notes: z.string().max(10_000).optional(),
      signing: SIGNING.optional(),
    })
    .meta({ id: 'FetchFirmware' }),
  response: Firmware,
  errors: [AddressRefused],
  example: {
    params: {},
    body: {
      firmware_url: 'https://firmware.example.com/socket-2.1.0.bin',
      version: 'v2.1.0',
      checksum: `sha256:${DIGEST}`,
      models: ['dual_socket'],
    },
    response: {
      ...firmwareExample,
      status: 'fetching',
      size_bytes: null,
      source_url: 'https://firmware.example.com/socket-2.1.0.bin',
    },
  },
});
export const listFirmware = defineList({
  id: 'listFirmware',
  method: 'GET',
  path: '/api/third/firmware',
  scope: 'devices:read',
  tag: TAG,
  summary: 'List firmware images',
  query: {
    version: version.optional(),
    model: text(100).optional().describe('Those that fit this model.'),
    status: FirmwareState.optional(),
  },
  sort: ['created_at'],
  response: Firmware,
  example: { params: {}, query: { model: 'dual_socket' }, response: firmwareExample },
});
export const getFirmware = defineRoute({
  id: 'getFirmware',
  method: 'GET',
  path: '/api/third/firmware/{firmwareId}',
  scope: 'devices:read',
  tag: TAG,
  summary: 'One firmware image',
  params: firmwareParams,
  response: Firmware,
  errors: [FirmwareNotFound],
  example: { params: firmwareAt, response: firmwareExample },
});
export const linkFirmware = defineRoute({
  id: 'linkFirmware',
  method: 'GET',
  path: '/api/third/firmware/{firmwareId}/link',
  scope: 'firmware:manage',
  tag: TAG,
  summary: 'A link to download a firmware image',
  description: 'Whoever has it gets the bytes until it expires, after an hour.',
  params: firmwareParams,
  response: z.object({ url: z.string(), expires_at: instant }),
  errors: [FirmwareNotFound, FirmwareNotReady],
  example: {
    params: firmwareAt,
    response: {
      url: 'https://charge.example.com/api/downloads/firmware.a1b2?expires=1767226200&signature=ZXhhbXBsZQ',
      expires_at: '2026-01-13T11:00:00.000Z',
    },
  },
});
export const deleteFirmware = defineRoute({
  id: 'deleteFirmware',
  method: 'DELETE',
  path: '/api/third/firmware/{firmwareId}',
  scope: 'firmware:manage',
  tag: TAG,
  summary: 'Delete a firmware image',
  description:
    'Not while an upgrade or a rollout needs it. What was installed with it stays in the upgrades of devices.',
  params: firmwareParams,
  response: z.object({ deleted: z.literal(true) }),
  errors: [FirmwareNotFound, FirmwareInUse],
  example: { params: firmwareAt, response: { deleted: true } },
});
