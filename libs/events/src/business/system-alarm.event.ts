import { z } from 'zod';
import { defineEvent } from '../define-event';
import type { EventOf } from '../define-event';

/** The installation needs a person. */
export const SystemAlarm = defineEvent({
  type: 'system.alarm',
  version: 1,
  title: 'The installation needs a person',
  data: z.object({
    alarmType: z.string(), // webhook_endpoint_disabled, settlement_undecodable, late_settlement …
    severity: z.enum(['info', 'warning', 'critical']),
    message: z.string(),
    details: z.record(z.string(), z.unknown()),
  }),
  example: {
    alarmType: 'webhook_endpoint_disabled',
    severity: 'warning',
    message: 'endpoint was disabled after failing for 72 h',
    details: { endpoint_id: 'we_1' },
  },
});
export type SystemAlarm = EventOf<typeof SystemAlarm>;
