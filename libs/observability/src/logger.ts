import { pino } from 'pino';
import type { Logger } from 'pino';

export type { Logger };

/** Field names that never reach a log, at any of the first four depths (X05, Z04). */
const MASKED = [
  'password',
  'secret',
  'api_secret',
  'apiSecret',
  'token',
  'authorization',
  'x-signature',
  'x-api-key',
  'signature',
  'phone',
  'id_number',
  'card_no',
  'userKeyHex',
  'newCardKeyHex',
];
const paths = ['', '*.', '*.*.', '*.*.*.'].flatMap((prefix) =>
  MASKED.map((name) => (name.includes('-') ? `${prefix.slice(0, -1)}["${name}"]` : `${prefix}${name}`)),
);

/**
 * JSON lines on stdout. error: a person must act; warn: odd, handled; info: one line per unit of work and life cycle;
 * debug: everything else. Device paths log nothing per frame.
 */
export function createLogger(app: string, level: string): Logger {
  return pino({
    level,
    base: { app },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label) => ({ level: label.toUpperCase() }) },
    redact: { paths, censor: '***' },
  });
}
