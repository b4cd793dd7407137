import type { Route } from '@chargebus/api-contract';
import type { PageQuery } from '@chargebus/requests';
import type { TenantId } from '@chargebus/domain';
import type { Caller } from '../auth/caller';
import type { CallWatch } from './call-end';

/** What only a handler knows of a change, for the audit log. */
export interface AuditNote {
  readonly before?: unknown; // what it was; absent: not known, or nothing
  readonly after?: unknown;
  readonly reason?: string | null;
  readonly tenantId?: TenantId; // whose thing was changed, where it is not the caller's
}

/** What the stages of one call hand on: guard, input, envelope, logs. */
export interface Exchange {
  caller: Caller | null; // null: open route, or not authenticated
  admitted: Route | null; // null: an open route, or refused before the caller's turn came
  body: unknown; // parsed JSON, as the caller sent it
  route: Route | null; // null: an open route, or refused before its input was read
  page: PageQuery | null; // null: not a list
  answer: unknown; // the envelope, for the request log
  accepted: boolean; // answered with 202: something else has to happen first
  note: AuditNote | null;
  leave: (() => void) | null; // gives the caller's place back
  watch: CallWatch | null; // null: only before the call has begun
}

export const newExchange = (): Exchange => ({
  caller: null,
  admitted: null,
  body: undefined,
  route: null,
  page: null,
  answer: undefined,
  accepted: false,
  note: null,
  leave: null,
  watch: null,
});

declare module 'fastify' {
  interface FastifyRequest {
    exchange: Exchange;
  }
}
