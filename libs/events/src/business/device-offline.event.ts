import { Instant, SessionId } from '@chargebus/domain';
import { z } from 'zod';
import { defineEvent } from '../define-event';
import type { EventOf } from '../define-event';

/** A device cannot be reached. */
export const DeviceOffline = defineEvent({
  type: 'device.offline',
  version: 1,
  title: 'A device cannot be reached',
  data: z.object({
    lastSeen: Instant,
    offlineDurationS: z.number().nonnegative(),
    reason: z.string(), // heartbeat_timeout, connection_closed, shutdown
    affectedSessions: z.array(SessionId),
    recoveryActions: z.array(z.string()),
  }),
  example: {
    lastSeen: '2024-01-13T10:00:00.000Z',
    offlineDurationS: 300,
    reason: 'heartbeat_timeout',
    affectedSessions: ['SES20240113001'],
    recoveryActions: ['auto_reconnect', 'device_reset'],
  },
});
export type DeviceOffline = EventOf<typeof DeviceOffline>;
