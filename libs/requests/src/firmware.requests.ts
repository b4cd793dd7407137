import { ClientId, CommandId, DeviceId, FirmwareSource, Instant, TenantId } from '@chargebus/domain';
import { z } from 'zod';
import { audience } from './audience';
import { defineRequest } from './define-request';
import { Page, PageQuery } from './paging';

const id = z.string().min(1).max(64);
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** What of a device the image is for. */
export const FirmwareTarget = z.enum(['device', 'power_board', 'slaves', 'host']);
export type FirmwareTarget = z.infer<typeof FirmwareTarget>;
/** fetching: its bytes are still being brought from where they lie. */
export const FirmwareState = z.enum(['fetching', 'stored', 'failed']);

/** What its owner says of an image. An empty list: every one. */
export const FirmwareDescription = z.object({
  version: z.string().min(1).max(40),
  target: FirmwareTarget,
  deviceType: z.number().int().min(0).max(255).nullable(), // AP3000 §7.7; null: as the device says
  fileName: z.string().max(100).nullable(),
  models: z.array(z.string().max(100)).max(100),
  hardwareVersions: z.array(z.string().max(100)).max(100),
  protocols: z.array(z.string().max(20)).max(20),
  releaseNotes: z.string().max(10_000).nullable(),
  signing: FirmwareSource.shape.signing.unwrap().nullable(), // by its maker, for devices that check it
});
export type FirmwareDescription = z.infer<typeof FirmwareDescription>;

export const FirmwareView = FirmwareDescription.omit({ signing: true }).extend({
  firmwareId: z.string(),
  sha256: Sha256,
  sizeBytes: z.number().int().nonnegative().nullable(), // null: not stored yet
  state: FirmwareState,
  failure: z.string().nullable(), // why it could not be fetched
  sourceUrl: z.string().nullable(), // null: uploaded
  signed: z.boolean(),
  createdAt: Instant,
});
export type FirmwareView = z.infer<typeof FirmwareView>;

const firmwareRef = { tenantId: TenantId, firmwareId: id };

/**
 * Keeps an image. Its bytes lie in the bucket of firmware already, or are fetched once from `sourceUrl`. The same bytes for
 * the same version and target are one image. Errors: ADDRESS_REFUSED, FIRMWARE_NOT_READY (there are no such bytes).
 */
export const AddFirmware = defineRequest({
  subject: 'cb.ask.fleet.firmware.add',
  timeoutMs: 5_000,
  request: z.object({
    tenantId: TenantId,
    description: FirmwareDescription,
    sha256: Sha256,
    sourceUrl: z.url().max(1_000).nullable(), // null: stored
  }),
  reply: FirmwareView,
});
export const ListFirmware = defineRequest({
  subject: 'cb.ask.fleet.firmware.list',
  timeoutMs: 5_000,
  request: z.object({
    tenantId: TenantId,
    version: z.string().nullable(),
    model: z.string().nullable(), // fits this model
    state: FirmwareState.nullable(),
    page: PageQuery,
  }),
  reply: Page(FirmwareView),
});
/** Errors: FIRMWARE_NOT_FOUND. */
export const GetFirmware = defineRequest({
  subject: 'cb.ask.fleet.firmware.get',
  timeoutMs: 5_000,
  request: z.object(firmwareRef),
  reply: FirmwareView,
});
/** Errors: FIRMWARE_NOT_FOUND, FIRMWARE_IN_USE. */
export const DeleteFirmware = defineRequest({
  subject: 'cb.ask.fleet.firmware.delete',
  timeoutMs: 5_000,
  request: z.object(firmwareRef),
  reply: z.object({ deleted: z.literal(true) }),
});
/** An address that gives the bytes to whoever has it, until it expires. Errors: FIRMWARE_NOT_FOUND, FIRMWARE_NOT_READY. */
export const LinkFirmware = defineRequest({
  subject: 'cb.ask.fleet.firmware.link',
  timeoutMs: 5_000,
  request: z.object(firmwareRef),
  reply: z.object({ url: z.string(), expiresAt: Instant }),
});

export const UpgradePhase = z.enum([
  'scheduled',
  'waiting', // for the image, for the device to be online, or for its charges to end
  'downloading',
  'transferring', // packets that we send
  'verifying',
  'installing',
  'rebooting',
  'completed',
  'failed',
  'cancelled',
  'rolled_back',
]);
export const UpgradeView = z.object({
  upgradeId: z.string(),
  deviceId: DeviceId,
  firmwareId: z.string(),
  rolloutId: z.string().nullable(),
  rollsBack: z.string().nullable(), // the upgrade that this one undoes
  version: z.string(),
  target: FirmwareTarget,
  previousVersion: z.string().nullable(), // null: the device never told
  previousFirmwareId: z.string().nullable(), // null: nobody knows what to go back to
  reportedVersion: z.string().nullable(), // what the device told afterwards
  mode: z.enum(['immediate', 'scheduled']),
  scheduledAt: Instant.nullable(),
  rollbackEnabled: z.boolean(),
  notifyProgress: z.boolean(),
  phase: UpgradePhase,
  progressPct: z.number().nullable(),
  packetsSent: z.number().int().nullable(),
  packetsTotal: z.number().int().nullable(),
  reason: z.string().nullable(), // token
  message: z.string().nullable(),
  attempts: z.number().int(),
  commandId: CommandId.nullable(), // of the last attempt
  createdAt: Instant,
  startedAt: Instant.nullable(), // first order given
  finishedAt: Instant.nullable(),
});
export type UpgradeView = z.infer<typeof UpgradeView>;

/**
 * Errors: DEVICE_NOT_FOUND, FIRMWARE_NOT_FOUND, ADDRESS_REFUSED, CHECKSUM_MISMATCH, FIRMWARE_INCOMPATIBLE,
 * CAPABILITY_NOT_SUPPORTED, UPGRADE_IN_PROGRESS.
 */
export const StartUpgrade = defineRequest({
  subject: 'cb.ask.fleet.upgrade.start',
  timeoutMs: 8_000,
  request: z.object({
    ...audience,
    deviceId: z.string().min(1).max(64),
    clientId: ClientId.nullable(),
    firmware: z.union([
      z.object({ firmwareId: id, version: z.string().nullable(), sha256: Sha256.nullable() }), // null: not to be compared
      z.object({ url: z.url().max(1_000), version: z.string().min(1).max(40), sha256: Sha256 }),
    ]),
    mode: z.enum(['immediate', 'scheduled']),
    scheduledAt: Instant.nullable(), // null or past: now
    rollbackEnabled: z.boolean(),
    notifyProgress: z.boolean(),
  }),
  reply: UpgradeView,
});
const upgradeRef = { ...audience, deviceId: z.string().min(1).max(64), upgradeId: id };
export const ListUpgrades = defineRequest({
  subject: 'cb.ask.fleet.upgrade.list',
  timeoutMs: 5_000,
  request: z.object({ ...audience, deviceId: z.string().min(1).max(64), page: PageQuery }),
  reply: Page(UpgradeView),
});
/** Errors: DEVICE_NOT_FOUND, UPGRADE_NOT_FOUND. */
export const GetUpgrade = defineRequest({
  subject: 'cb.ask.fleet.upgrade.get',
  timeoutMs: 5_000,
  request: z.object(upgradeRef),
  reply: UpgradeView,
});
/** Errors: DEVICE_NOT_FOUND, UPGRADE_NOT_FOUND, UPGRADE_NOT_CANCELLABLE. */
export const CancelUpgrade = defineRequest({
  subject: 'cb.ask.fleet.upgrade.cancel',
  timeoutMs: 6_000,
  request: z.object(upgradeRef),
  reply: UpgradeView,
});
/** A new upgrade with what the device had before. Errors: as StartUpgrade, and UPGRADE_NOT_FOUND, NOTHING_TO_ROLL_BACK. */
export const RollBackUpgrade = defineRequest({
  subject: 'cb.ask.fleet.upgrade.roll_back',
  timeoutMs: 6_000,
  request: z.object({ ...upgradeRef, clientId: ClientId.nullable() }),
  reply: UpgradeView,
});

export const LogUploadView = z.object({
  uploadId: z.string(),
  deviceId: DeviceId,
  log: z.enum(['diagnostics', 'security']),
  state: z.enum(['requested', 'receiving', 'received', 'failed']),
  reason: z.string().nullable(),
  commandId: CommandId,
  fileName: z.string().nullable(), // as the device called it
  sizeBytes: z.number().int().nonnegative().nullable(),
  sha256: z.string().nullable(),
  link: z.object({ url: z.string(), expiresAt: Instant }).nullable(), // null: nothing was received
  createdAt: Instant,
  finishedAt: Instant.nullable(),
  expiresAt: Instant, // of the address that the device got
});
export type LogUploadView = z.infer<typeof LogUploadView>;

/** Has a device bring its log. Errors: DEVICE_NOT_FOUND, CAPABILITY_NOT_SUPPORTED. */
export const RequestLogUpload = defineRequest({
  subject: 'cb.ask.fleet.log_upload.request',
  timeoutMs: 8_000,
  request: z.object({
    ...audience,
    deviceId: z.string().min(1).max(64),
    clientId: ClientId.nullable(),
    log: z.enum(['diagnostics', 'security']),
    from: Instant.nullable(),
    until: Instant.nullable(),
  }),
  reply: LogUploadView,
});
export const ListLogUploads = defineRequest({
  subject: 'cb.ask.fleet.log_upload.list',
  timeoutMs: 5_000,
  request: z.object({ ...audience, deviceId: z.string().min(1).max(64), page: PageQuery }),
  reply: Page(LogUploadView),
});
/** Errors: DEVICE_NOT_FOUND, LOG_UPLOAD_NOT_FOUND. */
export const GetLogUpload = defineRequest({
  subject: 'cb.ask.fleet.log_upload.get',
  timeoutMs: 5_000,
  request: z.object({ ...audience, deviceId: z.string().min(1).max(64), uploadId: id }),
  reply: LogUploadView,
});
/** A device has come to the address that it got, whose signature was right. Errors: LOG_UPLOAD_CLOSED. */
export const BeginLogUpload = defineRequest({
  subject: 'cb.ask.fleet.log_upload.begin',
  timeoutMs: 5_000,
  request: z.object({ uploadId: id }),
  reply: z.object({ blob: z.string(), maxBytes: z.number().int().positive() }),
});
/** Its bytes lie in the bucket of logs. Errors: LOG_UPLOAD_CLOSED. */
export const FinishLogUpload = defineRequest({
  subject: 'cb.ask.fleet.log_upload.finish',
  timeoutMs: 5_000,
  request: z.object({
    uploadId: id,
    fileName: z.string().max(100).nullable(),
    sizeBytes: z.number().int().nonnegative(),
    sha256: Sha256,
  }),
  reply: z.object({}),
});
