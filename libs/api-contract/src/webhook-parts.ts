import { z } from 'zod';
import { instant, tag } from './fields';

/** What the routes of webhooks share. */
export const webhookParams = z.object({ id: tag(64) });
export const webhookExample = { id: 'whe_01hm0f3v' } as const;
export const webhookTag = { tag: 'Webhooks' } as const;

/** Of an endpoint and of a resend. */
export const webhookEvents = z
  .array(
    z
      .string()
      .regex(/^(\*|[a-z_]{1,40}(\.[a-z_]{1,40}|\.\*){0,3})$/, 'must be an event name or a pattern like charging.*'),
  )
  .min(1)
  .max(100)
  .describe('Event names or patterns: charging.*, *');

export const WebhookAttempt = z
  .object({
    attempt_no: z.int(),
    at: instant,
    status_code: z.int().nullable().describe('null: no answer.'),
    error: z.string().nullable(),
    duration_ms: z.number(),
    response_excerpt: z.string().nullable(),
  })
  .meta({ id: 'WebhookAttempt' });
export type WebhookAttempt = z.infer<typeof WebhookAttempt>;

export const webhookAttemptExample = {
  attempt_no: 1,
  at: '2024-01-13T10:00:03.100Z',
  status_code: 200,
  error: null,
  duration_ms: 41,
  response_excerpt: 'ok',
};
