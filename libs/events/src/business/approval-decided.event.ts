import { CommandId, Instant } from '@chargebus/domain';
import { z } from 'zod';
import { defineEvent } from '../define-event';
import type { EventOf } from '../define-event';
import { ApprovalPerson } from './approval-requested.event';

/** What became of a dangerous order that waited, once per approval; that nobody decided in time, too. */
export const ApprovalDecided = defineEvent({
  type: 'approval.decided',
  version: 1,
  title: 'A dangerous order was agreed to, refused, or waited too long',
  data: z.object({
    approvalId: z.string(),
    status: z.enum(['approved', 'rejected', 'expired']),
    action: z.string(), // kind of the order
    reason: z.string(), // as given by who asked
    requestedBy: ApprovalPerson,
    decidedBy: ApprovalPerson.nullable(), // null: nobody
    decidedAt: Instant, // or when it expired
    comment: z.string().nullable(),
    commandId: CommandId.nullable(), // the order that follows; null: none
  }),
  example: {
    approvalId: '8c1f6a0e-3b57-4a38-9a7c-2f1d9b7e5c10',
    status: 'approved',
    action: 'memory.write',
    reason: 'calibration after the meter was replaced',
    requestedBy: { clientId: '1f0c6a52-3f7e-4f4d-9d5b-0c8b8f5a7e21', name: 'maintenance desk' },
    decidedBy: { clientId: '2a7d0c9b-6f43-4e0b-8a55-7d3e1c9f4b20', name: 'shift lead' },
    decidedAt: '2024-01-13T10:05:00.000Z',
    comment: 'agreed by telephone',
    commandId: '5b9c2f0e-8a0b-4a5b-9a52-0b4a2f8f6d11',
  },
});
export type ApprovalDecided = EventOf<typeof ApprovalDecided>;
