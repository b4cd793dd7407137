import { Instant } from '@chargebus/domain';
import { z } from 'zod';
import { defineEvent } from '../define-event';
import type { EventOf } from '../define-event';

/** A device can be reached. */
export const DeviceOnline = defineEvent({
  type: 'device.online',
  version: 1,
  title: 'A device can be reached',
  data: z.object({
    since: Instant,
    protocol: z.string(),
    offlineDurationS: z.number().nullable(), // null: never seen before
  }),
  example: {
    since: '2024-01-13T10:00:00.000Z',
    protocol: 'ap3000',
    offlineDurationS: 300,
  },
});
export type DeviceOnline = EventOf<typeof DeviceOnline>;
