import { z } from 'zod';
import { jsonSchemaOf } from './payloads/json-schema';
import type { JsonSchema } from './payloads/json-schema';

/** What the live stream says about itself, between events; never by webhook. */
export interface StreamEvent {
  readonly type: string;
  readonly title: string;
  readonly schema: JsonSchema;
  readonly example: Readonly<Record<string, unknown>>;
}
const declare = <S extends z.ZodObject>(
  type: string,
  title: string,
  data: S,
  example: z.input<S>,
): StreamEvent & { readonly data: S } => ({ type, title, data, schema: jsonSchemaOf(data), example });

const position = (what: string) => z.string().describe(what);

export const StreamGap = declare(
  'stream.gap',
  'Events were missed: they are no longer kept',
  z.object({
    after: position('Last-Event-ID as it was asked for.'),
    continues_at: position('Position of the oldest event that is kept, or of the next one.'),
  }),
  { after: '1200', continues_at: '58000' },
);
export const StreamOverflow = declare(
  'stream.overflow',
  'The reader was too slow; the stream ends here',
  z.object({ resume_after: position('Send it as Last-Event-ID; empty: nothing was sent.') }),
  { resume_after: '58120' },
);
export const StreamClosing = declare(
  'stream.closing',
  'The stream ends; connect again',
  z.object({
    reason: z.enum(['shutdown', 'lifetime', 'access_changed']),
    resume_after: position('Send it as Last-Event-ID; empty: nothing was sent.'),
  }),
  { reason: 'shutdown', resume_after: '58120' },
);
export const STREAM_EVENTS: readonly StreamEvent[] = [StreamGap, StreamOverflow, StreamClosing];
