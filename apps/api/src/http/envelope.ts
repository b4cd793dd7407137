import { listing, success } from '@chargebus/api-contract';
import type { Page } from '@chargebus/requests';
import type { Exchange } from './exchange';

/**
 * What is sent for what a handler answered: the success envelope for routes of the contract (D05, D10, D11); health,
 * documents and what the error filter made go as they are. A hook of Fastify rather than an interceptor of Nest, which
 * would cost a tenth of a call's time (ADR 0051).
 */
export function envelope(exchange: Exchange, payload: unknown): unknown {
  if (exchange.route === null || exchange.answer !== undefined) return payload;
  exchange.answer =
    exchange.page === null
      ? success(payload)
      : listing(payload as Page<unknown>, exchange.page, exchange.route.positional);
  return exchange.answer;
}
