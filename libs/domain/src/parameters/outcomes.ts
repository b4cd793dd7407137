import { z } from 'zod';

/**
 * What came of one parameter of a change. mismatch: taken, and told otherwise afterwards. undone: written, and written back
 * because a strict change could not be had as a whole. not_tried: the change came to an end before. superseded: a later
 * change of the device has set it meanwhile. unknown: the device did not answer.
 */
export const ParameterOutcome = z.enum([
  'applied',
  'unchanged',
  'rejected',
  'mismatch',
  'unsupported',
  'unknown',
  'undone',
  'not_tried',
  'superseded',
]);
export type ParameterOutcome = z.infer<typeof ParameterOutcome>;

/** What came of a change as a whole. superseded: later changes have set all of it. */
export const ChangeOutcome = z.enum([
  'applied',
  'partial',
  'rejected',
  'mismatch',
  'no_reply',
  'expired',
  'cancelled',
  'superseded',
  'failed',
]);
export type ChangeOutcome = z.infer<typeof ChangeOutcome>;
