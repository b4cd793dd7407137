import { CommandId } from '@chargebus/domain';
import { ApprovalNeedsAnother, ApprovalNotFound, ApprovalNotPending } from '@chargebus/errors';
import { z } from 'zod';
import { defineList, defineRoute } from './define-route';
import { instant, phyId, text } from './fields';

const Person = z.object({ client_id: z.string(), name: z.string() });
export const Approval = z
  .object({
    approval_id: z.uuid(),
    status: z.enum(['pending', 'approved', 'rejected', 'expired']),
    phy_id: z.string(),
    action: z.string(),
    parameters: z.record(z.string(), z.unknown()),
    reason: z.string(),
    requested_by: Person,
    requested_at: instant,
    expires_at: instant.describe('A decision after that does not count.'),
    decided_by: Person.nullable(),
    decided_at: instant.nullable(),
    comment: z.string().nullable(),
    command_id: CommandId.nullable().describe('The order that was given; null: none yet.'),
  })
  .meta({ id: 'Approval' });
export type Approval = z.infer<typeof Approval>;
export const approvalExample: Approval = {
  approval_id: '8c1f6a0e-3b57-4a38-9a7c-2f1d9b7e5c10',
  status: 'pending',
  phy_id: '04AB373B',
  action: 'memory.write',
  parameters: { address: 16, data_hex: '00ff' },
  reason: 'calibration after the meter was replaced',
  requested_by: { client_id: '1f0c6a52-3f7e-4f4d-9d5b-0c8b8f5a7e21', name: 'maintenance desk' },
  requested_at: '2024-01-13T10:00:00.000Z',
  expires_at: '2024-01-13T11:00:00.000Z',
  decided_by: null,
  decided_at: null,
  comment: null,
  command_id: null,
};
const decided = {
  ...approvalExample,
  decided_by: { client_id: '2a7d0c9b-6f43-4e0b-8a55-7d3e1c9f4b20', name: 'shift lead' },
  decided_at: '2024-01-13T10:05:00.000Z',
  comment: 'agreed by telephone',
};

const params = z.object({ approvalId: z.uuid() });
const example = { approvalId: approvalExample.approval_id };
const decision = z
  .strictObject({ comment: text(500).nullish() })
  .prefault({})
  .meta({ id: 'ApprovalDecision' });
const approvals = { scope: 'approvals:decide', tag: 'Approvals' } as const;
const errors = [ApprovalNotFound, ApprovalNotPending, ApprovalNeedsAnother];

export const listApprovals = defineList({
  ...approvals,
  id: 'listApprovals',
  method: 'GET',
  path: '/api/third/approvals',
  summary: 'Dangerous orders that wait for a second person, and what became of others',
  query: { status: Approval.shape.status.optional(), phy_id: phyId.optional() },
  sort: ['requested_at'],
  response: Approval,
  example: { params: {}, query: { status: 'pending' }, response: approvalExample },
});
export const getApproval = defineRoute({
  ...approvals,
  scope: 'commands:read', // whoever asked for it follows it
  id: 'getApproval',
  method: 'GET',
  path: '/api/third/approvals/{approvalId}',
  summary: 'One approval',
  params,
  response: Approval,
  errors: [ApprovalNotFound],
  example: { params: example, response: approvalExample },
});
export const approve = defineRoute({
  ...approvals,
  id: 'approve',
  method: 'POST',
  path: '/api/third/approvals/{approvalId}/approve',
  summary: 'Agree to a dangerous order',
  description: 'The order is given at once, and once, whatever is repeated.',
  params,
  body: decision,
  response: Approval,
  errors,
  example: {
    params: example,
    body: { comment: decided.comment },
    response: { ...decided, status: 'approved', command_id: CommandId.parse('5b9c2f0e-8a0b-4a5b-9a52-0b4a2f8f6d11') },
  },
});
export const reject = defineRoute({
  ...approvals,
  id: 'reject',
  method: 'POST',
  path: '/api/third/approvals/{approvalId}/reject',
  summary: 'Refuse a dangerous order',
  params,
  body: decision,
  response: Approval,
  errors,
  example: { params: example, body: { comment: decided.comment }, response: { ...decided, status: 'rejected' } },
});
