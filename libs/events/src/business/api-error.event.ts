import { z } from 'zod';
import { defineEvent } from '../define-event';
import type { EventOf } from '../define-event';

/** Calls of the tenant's own failed on our side or behind us; equal ones within a short time are told once, with their number. */
export const ApiErrorEvent = defineEvent({
  type: 'api.error',
  version: 1,
  title: 'Calls of yours failed on our side',
  data: z.object({
    requestId: z.string(), // of the first of them
    method: z.string(),
    endpoint: z.string(), // the route, with {names}
    statusCode: z.number().int(),
    code: z.number().int(), // of the failure envelope
    error: z.string(),
    message: z.string(),
    deviceRef: z.string().nullable(), // the device in the path as the caller wrote it
    orderNo: z.string().nullable(), // the integrator's, where the body named one
    occurrences: z.number().int().positive(),
    windowS: z.number().nonnegative(), // between the first and the last of them
  }),
  example: {
    requestId: 'req_1',
    method: 'POST',
    endpoint: '/api/third/devices/{phyId}/charge/start',
    statusCode: 503,
    code: 1503,
    error: 'SERVICE_UNAVAILABLE',
    message: 'session is not available',
    deviceRef: '04AB373B',
    orderNo: 'ORD001',
    occurrences: 3,
    windowS: 4.2,
  },
});
export type ApiErrorEvent = EventOf<typeof ApiErrorEvent>;
