import { z } from 'zod';
import { defineEvent } from '../define-event';
import type { EventOf } from '../define-event';

/** A firmware upgrade with `notify_progress` went a step further; the last one says how it ended. */
export const DeviceUpgradeProgress = defineEvent({
  type: 'device.upgrade_progress',
  version: 1,
  title: 'A firmware upgrade goes on',
  data: z.object({
    upgradeId: z.string(),
    jobId: z.string().nullable(), // the rollout it belongs to; null: of this device alone
    phase: z.enum([
      'scheduled',
      'waiting', // for the device to be online or idle
      'downloading',
      'transferring', // packets that we send
      'verifying',
      'installing',
      'rebooting',
      'completed', // the device tells the new version
      'failed',
      'cancelled',
      'rolled_back',
    ]),
    version: z.string(),
    previousVersion: z.string().nullable(), // null: the device never told
    progressPct: z.number().min(0).max(100).nullable(), // of the phase; null: the protocol does not tell
    packetsSent: z.number().int().nonnegative().nullable(),
    packetsTotal: z.number().int().positive().nullable(),
    reason: z.string().nullable(), // token of the failure
    message: z.string().nullable(),
  }),
  example: {
    upgradeId: 'upg_1',
    jobId: null,
    phase: 'transferring',
    version: 'v2.1.0',
    previousVersion: 'v2.0.3',
    progressPct: 42.5,
    packetsSent: 425,
    packetsTotal: 1000,
    reason: null,
    message: null,
  },
});
export type DeviceUpgradeProgress = EventOf<typeof DeviceUpgradeProgress>;
