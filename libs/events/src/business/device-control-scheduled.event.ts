import { Instant, SessionId } from '@chargebus/domain';
import { z } from 'zod';
import { defineEvent } from '../define-event';
import type { EventOf } from '../define-event';

/** A control action with `notify_before` will be carried out later, unless it is cancelled. */
export const DeviceControlScheduled = defineEvent({
  type: 'device.control_scheduled',
  version: 1,
  title: 'A control action will follow',
  data: z.object({
    controlId: z.string(),
    action: z.string(), // reboot, reset, maintenance_mode, normal_mode
    reason: z.string().nullable(), // as given by who asked
    delayS: z.number().nonnegative(),
    scheduledAt: Instant, // when it will be done
    affectedSessions: z.array(SessionId), // charges that run now
  }),
  example: {
    controlId: 'ctl_1',
    action: 'reboot',
    reason: 'maintenance',
    delayS: 30,
    scheduledAt: '2024-01-13T10:00:30.000Z',
    affectedSessions: ['SES20240113001'],
  },
});
export type DeviceControlScheduled = EventOf<typeof DeviceControlScheduled>;
