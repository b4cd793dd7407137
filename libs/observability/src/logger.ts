import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';
import { masked } from './masked';

export type { Logger };

/**
 * JSON lines on stdout, secrets starred out. error: a person must act; warn: odd, handled; info: one line per unit of
 * work and life cycle; debug: everything else. Device paths log nothing per frame. Bindings of children are not masked:
 * they are ids.
 */
export function createLogger(app: string, level: string, destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: { app },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label.toUpperCase() }), log: masked },
      serializers: { err: (error: Error) => masked({ ...pino.stdSerializers.err(error) }) },
    },
    destination,
  );
}
