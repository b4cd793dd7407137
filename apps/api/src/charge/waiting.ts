/** Twice what a device may take to answer (AP3000: two sends of 15 s each). */
const ACK_WAIT_MS = 30_000;
/** An idle, connected device has its frame in some ms, an absent one is known to be by then; the rest is for a busy host. */
const SENT_WAIT_MS = 1_000;

/** The bus's form of `?wait=`; null: answer at once. */
export function waitFor(
  wait: 'none' | 'sent' | 'ack',
): { readonly until: 'sent' | 'finished'; readonly timeoutMs: number } | null {
  if (wait === 'none') return null;
  return wait === 'ack' ? { until: 'finished', timeoutMs: ACK_WAIT_MS } : { until: 'sent', timeoutMs: SENT_WAIT_MS };
}
