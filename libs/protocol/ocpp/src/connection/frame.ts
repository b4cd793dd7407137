/** A message of a station as the connection gives it to the gateway. */
export type OcppFrame =
  | {
      readonly kind: 'call';
      readonly id: string;
      readonly action: string;
      readonly payload: unknown;
      readonly hash: number;
      readonly dropped: readonly string[];
    }
  /** The same call again: it gets the same answer, and nothing else happens. */
  | { readonly kind: 'repeat'; readonly answer: Uint8Array }
  /** To our open CALL. */
  | { readonly kind: 'answer'; readonly action: string; readonly payload: object }
  | { readonly kind: 'invalid_answer'; readonly action: string; readonly reason: string }
  | { readonly kind: 'error'; readonly action: string; readonly code: string; readonly description: string }
  /** To a CALL that we gave up a while ago. */
  | { readonly kind: 'late'; readonly action: string; readonly id: string; readonly payload: unknown }
  | { readonly kind: 'stray' };
