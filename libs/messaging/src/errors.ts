/** The message can never be handled, however often it comes: it is parked for a person. */
export class Unrecoverable extends Error {}

const TRANSIENT_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '53200',
  '53100',
  '08000',
  '08001',
  '08003',
  '08004',
  '08006',
  '40001',
  '40P01',
  '55P03',
  '25006',
  '58030',
]);

/** Whether a server behind us is away or busy, so that the same message can succeed later. Such a failure never parks. */
export function isTransient(error: unknown): boolean {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    const code: unknown = (at as { code?: unknown }).code;
    if (typeof code === 'string' && TRANSIENT_CODES.has(code)) return true;
    if (
      /Connection (terminated|is closed)|connection timeout|timeout exceeded when trying to connect|NoRespondersError|TimeoutError|ClosedConnectionError|JetStreamNotEnabled|LOADING|READONLY|max retries per request/i.test(
        `${at.name} ${at.message}`,
      )
    )
      return true;
  }
  return false;
}
