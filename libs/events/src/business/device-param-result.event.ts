import { ChangeOutcome, Instant, ParameterOutcome } from '@chargebus/domain';
import { z } from 'zod';
import { defineEvent } from '../define-event';
import type { EventOf } from '../define-event';

/** What came of a change of parameters: each one as it was asked, as it was, and as the device has it now. */
export const DeviceParamResult = defineEvent({
  type: 'device.param_result',
  version: 1,
  title: 'A change of parameters is over',
  data: z.object({
    changeId: z.string(),
    jobId: z.string().nullable(), // the job it belongs to; null: of this device alone
    version: z.number().int().positive().nullable(), // of the device's configuration; null: nothing changed
    source: z.string(), // token: api, batch, template, restore
    outcome: ChangeOutcome,
    reason: z.string().nullable(), // token
    parameters: z.array(
      z.object({
        name: z.string(),
        requested: z.unknown(),
        before: z.unknown(), // null: not known
        actual: z.unknown(), // as read back; null: the device cannot tell
        outcome: ParameterOutcome,
        reason: z.string().nullable(),
      }),
    ),
    finishedAt: Instant,
  }),
  example: {
    changeId: 'prm_1',
    jobId: null,
    version: 7,
    source: 'api',
    outcome: 'applied',
    reason: null,
    parameters: [
      { name: 'max_current', requested: 32, before: 16, actual: 32, outcome: 'applied', reason: null },
      {
        name: 'voltage_threshold',
        requested: [200, 250],
        before: null,
        actual: null,
        outcome: 'applied',
        reason: null,
      },
    ],
    finishedAt: '2024-01-13T10:00:05.000Z',
  },
});
export type DeviceParamResult = EventOf<typeof DeviceParamResult>;
