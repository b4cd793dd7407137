import {
  AddressRefused,
  CapabilityNotSupported,
  ChecksumMismatch,
  DeviceNotFound,
  FirmwareIncompatible,
  FirmwareNotFound,
  NothingToRollBack,
  UpgradeInProgress,
  UpgradeNotCancellable,
  UpgradeNotFound,
} from '@chargebus/errors';
import { FirmwareTarget, UpgradePhase } from '@chargebus/requests';
import { z } from 'zod';
import { defineList, defineRoute } from './define-route';
import { devicePath, instant, tag } from './fields';
import { checksum, DIGEST, firmwareExample, firmwareId, version } from './firmware.routes';

const TAG = 'Firmware';
const upgradeId = tag(64).describe('Upgrade of one device.');

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
      scheduled_time: z.iso
        .datetime({ offset: true })
        .nullish()
        .describe('Needed with scheduled, does not matter with immediate.'),
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
