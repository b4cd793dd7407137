import { z } from 'zod';

/** How events look outside. v1: nested, v1-flat: without nesting (decision 9). */
export const PayloadVersion = z.enum(['v1', 'v1-flat']);
export type PayloadVersion = z.infer<typeof PayloadVersion>;
