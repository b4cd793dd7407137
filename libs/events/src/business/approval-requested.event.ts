import { Instant } from '@chargebus/domain';
import { z } from 'zod';
import { defineEvent } from '../define-event';
import type { EventOf } from '../define-event';

/** Somebody, by the principal that they called with. */
export const ApprovalPerson = z.object({ clientId: z.string(), name: z.string() });
export type ApprovalPerson = z.infer<typeof ApprovalPerson>;

/** A dangerous order waits for a second person. What it would write is not told: who decides looks it up. */
export const ApprovalRequested = defineEvent({
  type: 'approval.requested',
  version: 1,
  title: 'A dangerous order waits for a second person',
  data: z.object({
    approvalId: z.string(),
    action: z.string(), // kind of the order
    reason: z.string(), // as given by who asked
    requestedBy: ApprovalPerson,
    requestedAt: Instant,
    expiresAt: Instant, // a decision after that does not count
  }),
  example: {
    approvalId: '8c1f6a0e-3b57-4a38-9a7c-2f1d9b7e5c10',
    action: 'memory.write',
    reason: 'calibration after the meter was replaced',
    requestedBy: { clientId: '1f0c6a52-3f7e-4f4d-9d5b-0c8b8f5a7e21', name: 'maintenance desk' },
    requestedAt: '2024-01-13T10:00:00.000Z',
    expiresAt: '2024-01-13T11:00:00.000Z',
  },
});
export type ApprovalRequested = EventOf<typeof ApprovalRequested>;
