import { ClientId, DataScope } from '@chargebus/domain';
import { z } from 'zod';
import { defineRequest } from './define-request';

export const ClientAccess = z.object({
  clientId: ClientId,
  within: DataScope.nullable(), // null: the whole tenant
  state: z.enum(['good', 'suspended', 'revoked']), // suspended: disabled or expired
});
export type ClientAccess = z.infer<typeof ClientAccess>;

/** What clients may do at present, for who acts on their behalf while they do not call. Unknown ones are left out. */
export const GetClientAccess = defineRequest({
  subject: 'cb.ask.iam.access',
  timeoutMs: 5_000,
  request: z.object({ clientIds: z.array(ClientId).min(1).max(500) }),
  reply: z.object({ items: z.array(ClientAccess) }),
});
