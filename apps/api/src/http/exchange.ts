import type { Route } from '@chargebus/api-contract';
import type { PageQuery } from '@chargebus/requests';
import type { Caller } from '../auth/caller';

/** What the stages of one call hand on: guard, input, envelope, request log. */
export interface Exchange {
  caller: Caller | null; // null: open route, or not authenticated
  body: unknown; // parsed JSON, as the caller sent it
  route: Route | null; // null: an open route, or refused before its input was read
  page: PageQuery | null; // null: not a list
  answer: unknown; // the envelope, for the request log
}

declare module 'fastify' {
  interface FastifyRequest {
    exchange: Exchange;
  }
}
