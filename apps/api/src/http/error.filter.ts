import type { Language } from '@chargebus/errors';
import type { Logger } from '@chargebus/observability';
import { Catch } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FailureEvents } from '../events/failure-events';
import { allowedMethods } from './allowed-methods';
import { failure, retryAfterS, toAppError } from './failure';
import { preferredLanguage } from './language';

/** The one place where a failed call gets its answer (D08). */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(
    private readonly logger: Logger,
    private readonly defaultLanguage: Language,
    private readonly failures: Pick<FailureEvents, 'note'>,
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    if (reply.sent) return;
    const path = (request.raw.url ?? '/').split('?')[0] ?? '/';
    const error = toAppError(thrown, {
      method: request.method,
      path,
      contentType: request.headers['content-type'],
      bodyLimitBytes: request.routeOptions.bodyLimit,
    });
    const { status } = error.definition;
    if (status >= 500) this.failures.note(error, request);
    if (status >= 500)
      this.logger[status === 500 ? 'error' : 'warn'](
        { err: error.cause ?? error, error: error.name, request_id: request.id, method: request.method, path },
        'request failed',
      );
    const language = preferredLanguage(request.headers['accept-language'], this.defaultLanguage);
    const retryAfter = retryAfterS(error);
    if (retryAfter !== null) reply.header('retry-after', retryAfter);
    if (status === 405) reply.header('allow', allowedMethods(path).join(', '));
    request.exchange.answer = failure(error, language, request.id);
    // Streams have named their own type by now.
    void reply
      .status(status)
      .header('content-type', 'application/json; charset=utf-8')
      .header('content-language', language)
      .send(request.exchange.answer);
  }
}
