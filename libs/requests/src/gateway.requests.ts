import { Capabilities } from '@chargebus/domain';
import { z } from 'zod';
import { defineRequest } from './define-request';

/** What each protocol that the gateway speaks can do, as its driver declares it. Any gateway answers. */
export const DescribeProtocols = defineRequest({
  subject: 'cb.ask.gateway.protocols',
  timeoutMs: 2_000,
  request: z.object({}),
  reply: z.array(z.object({ protocol: z.string(), orders: Capabilities })),
});
