import { z } from 'zod';

/** One page of a list, by position or by cursor (decision 3). */
export const PageQuery = z.object({
  limit: z.number().int().min(1).max(500),
  offset: z.number().int().min(0).max(100_000),
  cursor: z.string().max(200).nullable(),
  sort: z.string().max(40).nullable(),
  order: z.enum(['asc', 'desc']),
  counted: z.boolean().optional(), // false: `total` is not wanted and may be 0; whoever reads page after page needs no count
});
export type PageQuery = z.infer<typeof PageQuery>;

export const Page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), total: z.number().int().nonnegative(), nextCursor: z.string().nullable() });
export interface Page<T> {
  readonly items: readonly T[];
  readonly total: number;
  readonly nextCursor: string | null;
}
