import { z } from 'zod';
import { defineEvent } from '../define-event';
import type { EventOf } from '../define-event';

/** A device, or its driver, told how far a firmware update is. Whoever ordered the update follows it. */
export const DeviceFirmwareReported = defineEvent({
  type: 'device.firmware_reported',
  version: 1,
  title: 'A device told how far its firmware update is',
  internal: true,
  data: z.object({
    phase: z.enum(['requested', 'sending', 'verifying', 'done', 'failed']),
    stage: z.string().nullable(), // finer than the phase, where the protocol has it: downloading, installing …
    percent: z.number().min(0).max(100).nullable(), // of the whole; null: the protocol does not tell
    packet: z.number().int().nonnegative().nullable(),
    totalPackets: z.number().int().positive().nullable(),
    reason: z.string().nullable(), // failure token
  }),
  example: { phase: 'sending', stage: null, percent: null, packet: 425, totalPackets: 1000, reason: null },
});
export type DeviceFirmwareReported = EventOf<typeof DeviceFirmwareReported>;
