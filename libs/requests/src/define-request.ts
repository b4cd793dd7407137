import type { z } from 'zod';

/** One question that one app asks another over the bus (`design.md` §3: `cb.cmd.*`, `cb.ask.*`). */
export interface RequestDefinition<Req extends z.ZodType = z.ZodType, Rep extends z.ZodType = z.ZodType> {
  readonly subject: string;
  readonly request: Req;
  readonly reply: Rep;
  /** After this long the caller gives up. */
  readonly timeoutMs: number;
}
export function defineRequest<Req extends z.ZodType, Rep extends z.ZodType>(
  definition: RequestDefinition<Req, Rep>,
): RequestDefinition<Req, Rep> {
  return definition;
}
export type RequestOf<D> = D extends RequestDefinition<infer Req> ? z.infer<Req> : never;
export type ReplyOf<D> = D extends RequestDefinition<z.ZodType, infer Rep> ? z.infer<Rep> : never;
