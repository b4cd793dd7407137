import {
  AddressRefused,
  CapabilityNotSupported,
  ChecksumMismatch,
  DeviceNotFound,
  FirmwareIncompatible,
  FirmwareInUse,
  FirmwareNotFound,
  FirmwareNotReady,
  LogUploadNotFound,
  NothingToRollBack,
  UpgradeInProgress,
  UpgradeNotCancellable,
  UpgradeNotFound,
} from '@chargebus/errors';
import { FirmwareState, FirmwareTarget, UpgradePhase } from '@chargebus/requests';
import { z } from 'zod';
import { defineList, defineRoute } from './define-route';
import { devicePath, instant, numberInQuery, tag, text } from './fields';

const TAG = 'Firmware';
const firmwareId = tag(64).describe('Firmware image.');
const upgradeId = tag(64).describe('Upgrade of one device.');
const version = text(40).describe('As the device tells it; a leading v does not count.');
const checksum = z
  .string()
  .regex(/^sha256:[0-9a-fA-F]{64}$/, 'must be sha256: and 64 hex digits')
  .transform((given) => given.slice('sha256:'.length).toLowerCase())
  .describe('`sha256:` and the digest of the image in hex.');
const time = z.iso.datetime({ offset: true });

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
const DIGEST = 'b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9';
const firmwareExample = {
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

export const Upgrade = z
  .object({
    upgrade_id: z.string(),
    phy_id: z.string(),
    firmware_id: z.string(),
    rollout_id: z.string().nullable(),
    rolls_back: z.string().nullable().describe('The upgrade that this one undoes.'),
    version: z.string(),
    target: FirmwareTarget,
    previous_version: z.string().nullable().describe('null: the device never told.'),
    previous_firmware_id: z.string().nullable().describe('What a rollback installs; null: no such image is stored.'),
    reported_version: z.string().nullable().describe('What the device told afterwards.'),
    upgrade_mode: z.enum(['immediate', 'scheduled']),
    scheduled_time: instant.nullable(),
    rollback_enabled: z.boolean(),
    notify_progress: z.boolean(),
    status: UpgradePhase,
    progress: z.number().nullable().describe('% of the status; null: the protocol does not tell.'),
    packets_sent: z.int().nullable(),
    packets_total: z.int().nullable(),
    reason: z.string().nullable(),
    message: z.string().nullable(),
    attempts: z.int(),
    command_id: z.string().nullable().describe('Of the last attempt.'),
    created_at: instant,
    started_at: instant.nullable().describe('First order given to the device.'),
    finished_at: instant.nullable(),
  })
  .meta({ id: 'Upgrade' });
const upgradeExample = {
  upgrade_id: 'upg_018d0c2e7f4a00031b2c3d4e5f60',
  phy_id: '04AB373B',
  firmware_id: firmwareExample.firmware_id,
  rollout_id: null,
  rolls_back: null,
  version: 'v2.1.0',
  target: 'device' as const,
  previous_version: 'v2.0.3',
  previous_firmware_id: null,
  reported_version: null,
  upgrade_mode: 'immediate' as const,
  scheduled_time: null,
  rollback_enabled: true,
  notify_progress: true,
  status: 'waiting' as const,
  progress: null,
  packets_sent: null,
  packets_total: null,
  reason: null,
  message: null,
  attempts: 0,
  command_id: null,
  created_at: '2026-01-13T10:00:00.000Z',
  started_at: null,
  finished_at: null,
};
const upgradeParams = devicePath.extend({ upgradeId });
const upgradeAt = { phyId: '04AB373B', upgradeId: upgradeExample.upgrade_id };

export const upgradeDevice = defineRoute({
  id: 'upgradeDevice',
  method: 'POST',
  path: '/api/third/devices/{phyId}/upgrade',
  scope: 'firmware:manage',
  tag: TAG,
  summary: 'Upgrade the firmware of a device',
  description:
    'With a stored image (`firmware_id`) or one that is fetched first (`firmware_url`, `version`, `checksum`). The device gets it once it is online and nobody charges; afterwards the version that it tells is compared. `upgrade_mode` scheduled waits for `scheduled_time`; a time that has passed means now. With `rollback_enabled` the image that was there before is brought back when the device runs something else than it should; with `notify_progress` every step is told as `device.upgrade_progress`.',
  params: devicePath,
  body: z
    .strictObject({
      firmware_url: z
        .url({ protocol: /^https?$/ })
        .max(1_000)
        .optional(),
      firmware_id: firmwareId.optional(),
      version: version.optional(),
      checksum: checksum.optional(),
      upgrade_mode: z.enum(['immediate', 'scheduled']).default('immediate'),
      scheduled_time: time.nullish().describe('Needed with scheduled, does not matter with immediate.'),
      rollback_enabled: z.boolean().default(false),
      notify_progress: z.boolean().default(false),
    })
    .superRefine((body, context) => {
      const missing = (field: string, message: string): void => {
        context.addIssue({ code: 'custom', path: [field], message });
      };
      if (body.upgrade_mode === 'scheduled' && body.scheduled_time == null)
        missing('scheduled_time', 'is needed with upgrade_mode scheduled');
      if (body.firmware_url !== undefined && body.firmware_id !== undefined)
        missing('firmware_id', 'not together with firmware_url');
      if (body.firmware_url === undefined && body.firmware_id === undefined)
        missing('firmware_url', 'this or firmware_id is needed');
      if (body.firmware_url === undefined) return;
      if (body.version === undefined) missing('version', 'is needed with firmware_url');
      if (body.checksum === undefined) missing('checksum', 'is needed with firmware_url');
    })
    .meta({ id: 'UpgradeDevice' }),
  response: Upgrade,
  ordersDevice: true,
  errors: [
    DeviceNotFound,
    FirmwareNotFound,
    AddressRefused,
    ChecksumMismatch,
    FirmwareIncompatible,
    CapabilityNotSupported,
    UpgradeInProgress,
  ],
  example: {
    params: { phyId: '04AB373B' },
    body: {
      firmware_url: 'https://firmware.example.com/socket-2.1.0.bin',
      version: 'v2.1.0',
      checksum: `sha256:${DIGEST}`,
      upgrade_mode: 'scheduled',
      scheduled_time: '2026-01-14T02:00:00Z',
      rollback_enabled: true,
      notify_progress: true,
    },
    response: {
      ...upgradeExample,
      upgrade_mode: 'scheduled',
      scheduled_time: '2026-01-14T02:00:00.000Z',
      status: 'scheduled',
    },
  },
});
export const listUpgrades = defineList({
  id: 'listUpgrades',
  method: 'GET',
  path: '/api/third/devices/{phyId}/upgrades',
  scope: 'devices:read',
  tag: TAG,
  summary: 'Upgrades of a device',
  params: devicePath,
  sort: ['created_at'],
  response: Upgrade,
  errors: [DeviceNotFound],
  example: { params: { phyId: '04AB373B' }, response: upgradeExample },
});
export const getUpgrade = defineRoute({
  id: 'getUpgrade',
  method: 'GET',
  path: '/api/third/devices/{phyId}/upgrades/{upgradeId}',
  scope: 'devices:read',
  tag: TAG,
  summary: 'One upgrade of a device',
  params: upgradeParams,
  response: Upgrade,
  errors: [DeviceNotFound, UpgradeNotFound],
  example: { params: upgradeAt, response: { ...upgradeExample, status: 'transferring', progress: 42.5 } },
});
export const cancelUpgrade = defineRoute({
  id: 'cancelUpgrade',
  method: 'POST',
  path: '/api/third/devices/{phyId}/upgrades/{upgradeId}/cancel',
  scope: 'firmware:manage',
  tag: TAG,
  summary: 'Take back an upgrade that the device has not got yet',
  params: upgradeParams,
  response: Upgrade,
  errors: [DeviceNotFound, UpgradeNotFound, UpgradeNotCancellable],
  example: { params: upgradeAt, response: { ...upgradeExample, status: 'cancelled', reason: 'cancelled' } },
});
export const rollBackUpgrade = defineRoute({
  id: 'rollBackUpgrade',
  method: 'POST',
  path: '/api/third/devices/{phyId}/upgrades/{upgradeId}/rollback',
  scope: 'firmware:manage',
  tag: TAG,
  summary: 'Install again what a device had before an upgrade',
  description:
    'A new upgrade with the image that was there before: the one that we installed last, or a stored one of the version that the device told.',
  params: upgradeParams,
  response: Upgrade,
  ordersDevice: true,
  errors: [DeviceNotFound, UpgradeNotFound, NothingToRollBack, UpgradeInProgress],
  example: {
    params: upgradeAt,
    response: { ...upgradeExample, rolls_back: upgradeExample.upgrade_id, version: 'v2.0.3' },
  },
});

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
