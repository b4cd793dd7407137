import { z } from 'zod';
import { ApprovalDecided } from '../business/approval-decided.event';
import { ApprovalRequested } from '../business/approval-requested.event';
import type { ApprovalPerson } from '../business/approval-requested.event';
import { derived, shapeOf } from './payload';

const Person = z.object({ client_id: z.string(), name: z.string() });
const personView = ({ clientId, name }: ApprovalPerson): z.infer<typeof Person> => ({ client_id: clientId, name });

/** These say the same in both payload versions. */
export const approvalPayloads = [
  shapeOf(ApprovalRequested, {
    approval_id: 'approvalId',
    action: 'action',
    reason: 'reason',
    requested_by: derived(Person, ({ requestedBy }) => personView(requestedBy)),
    requested_at: 'requestedAt',
    expires_at: 'expiresAt',
  }),
  shapeOf(ApprovalDecided, {
    approval_id: 'approvalId',
    status: 'status',
    action: 'action',
    reason: 'reason',
    requested_by: derived(Person, ({ requestedBy }) => personView(requestedBy)),
    decided_by: derived(Person.nullable(), ({ decidedBy }) => (decidedBy === null ? null : personView(decidedBy))),
    decided_at: 'decidedAt',
    comment: 'comment',
    command_id: 'commandId',
  }),
];
