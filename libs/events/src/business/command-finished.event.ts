import { CommandId, SessionId } from '@chargebus/domain';
import { z } from 'zod';
import { defineEvent } from '../define-event';
import type { EventOf } from '../define-event';

/** An order to a device is over. */
export const CommandFinished = defineEvent({
  type: 'command.finished',
  version: 1,
  title: 'An order to a device is over',
  internal: true,
  data: z.object({
    commandId: CommandId,
    kind: z.string(),
    sessionId: SessionId.nullable(),
    /** acked and rejected: the device answered; the rest: nobody knows or it never left. */
    outcome: z.enum(['acked', 'rejected', 'no_reply', 'expired', 'cancelled', 'withdrawn', 'dead']),
    reason: z.string().nullable(),
    attempts: z.number().int().nonnegative(),
    latencyMs: z.number().nonnegative().nullable(), // first send to answer
  }),
  example: {
    commandId: '0190a0e0-0000-7000-8000-000000000001',
    kind: 'charge.start',
    sessionId: 'SES20240113001',
    outcome: 'acked',
    reason: null,
    attempts: 1,
    latencyMs: 850,
  },
});
export type CommandFinished = EventOf<typeof CommandFinished>;
