import type { Logger } from '@chargebus/observability';
import type { LoggerService } from '@nestjs/common';

/** Nest's own lines in our form; what it tells of its start is for debugging. */
export const nestLogger = (logger: Logger): LoggerService => ({
  log: (message: unknown) => {
    logger.debug({ nest: message }, 'nest');
  },
  warn: (message: unknown) => {
    logger.warn({ nest: message }, 'nest');
  },
  error: (message: unknown, ...rest: unknown[]) => {
    logger.error({ nest: message, rest }, 'nest');
  },
});
