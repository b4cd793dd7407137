import { ClientId, Instant, PortNo, SessionId } from '@chargebus/domain';
import { z } from 'zod';
import { defineEvent } from '../define-event';
import type { EventOf } from '../define-event';

/** A stop was asked and the device confirmed it; always before the terminal event. */
export const ChargingStopped = defineEvent({
  type: 'charging.stopped',
  version: 1,
  title: 'A stop was asked and confirmed',
  data: z.object({
    sessionId: SessionId,
    orderNo: z.string().nullable(), // the integrator's; null: nobody ordered it
    userId: z.string().nullable(), // the integrator's
    clientId: ClientId.nullable(), // who ordered it
    portNo: PortNo.nullable(), // null: the device has not chosen yet
    reason: z.string(), // user_stop, timeout, emergency, maintenance, or the limit that was reached
    stoppedAt: Instant,
  }),
  example: {
    sessionId: 'SES20240113001',
    orderNo: 'ORD001',
    userId: 'USER001',
    clientId: null,
    portNo: 1,
    reason: 'user_stop',
    stoppedAt: '2024-01-13T10:30:00.000Z',
  },
});
export type ChargingStopped = EventOf<typeof ChargingStopped>;
