import type { Failure } from '@chargebus/api-contract';
import {
  AppError,
  BodyMalformed,
  BodyTooLarge,
  HeadersTooLarge,
  InternalError,
  MethodNotAllowed,
  RouteNotFound,
  UnsupportedMediaType,
  UrlMalformed,
} from '@chargebus/errors';
import type { Language } from '@chargebus/errors';
import { HttpException } from '@nestjs/common';
import { allowedMethods } from './allowed-methods';

/** The failure envelope (D06, decision 4). */
export const failure = (error: AppError, language: Language, requestId: string): Failure => ({
  code: error.definition.code,
  data: null,
  message: error.messageIn(language),
  error: error.definition.name,
  request_id: requestId,
  ...(error.details === undefined ? {} : { details: error.details }),
});

export interface FailedRequest {
  readonly method: string;
  readonly path: string; // without the query
  readonly contentType: string | undefined;
  readonly bodyLimitBytes: number;
}

/** The error of the catalogue for whatever was thrown; INTERNAL_ERROR for what nobody expected. */
export function toAppError(thrown: unknown, request: FailedRequest): AppError {
  if (thrown instanceof AppError) return thrown;
  const status = thrown instanceof HttpException ? thrown.getStatus() : fastifyStatus(thrown);
  switch (status) {
    case 400:
      return new BodyMalformed({}, { cause: thrown });
    case 404:
      return unknownRoute(request);
    case 413:
      return new BodyTooLarge({ limitBytes: request.bodyLimitBytes });
    case 414:
      return new UrlMalformed();
    case 415:
      return new UnsupportedMediaType({ contentType: request.contentType ?? 'none' });
    case 431:
      return new HeadersTooLarge();
    default:
      return new InternalError({}, { cause: thrown });
  }
}

function unknownRoute({ method, path }: FailedRequest): AppError {
  const allowed = allowedMethods(path);
  return allowed.length === 0
    ? new RouteNotFound({ method, path })
    : new MethodNotAllowed({ method, path, allowed: allowed.join(', ') });
}

const fastifyStatus = (thrown: unknown): number | undefined =>
  thrown instanceof Error && 'statusCode' in thrown && typeof thrown.statusCode === 'number'
    ? thrown.statusCode
    : undefined;

/** Seconds for Retry-After; null: repeating will not help. */
export function retryAfterS(error: AppError): number | null {
  const { status } = error.definition;
  const details = error.details as { readonly retry_after?: unknown } | undefined;
  if (typeof details?.retry_after === 'number') return Math.max(1, details.retry_after);
  return status === 429 || status === 503 ? 2 : null;
}
