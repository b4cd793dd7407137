import { ClientId, DeviceId, Instant, PortNo, TenantId } from '@chargebus/domain';
import { z } from 'zod';
import { defineRequest } from './define-request';
import { Page, PageQuery } from './paging';

export const TokenStatus = z.enum(['accepted', 'blocked', 'expired', 'no_credit']);
/** What somebody said of a token. `expired` and `no_credit` also follow from the expiry and the balance. */
const verdict = {
  status: TokenStatus,
  expiresAt: Instant.nullable(),
  groupId: z.string().max(64).nullable(),
  balanceFen: z.number().int().nullable(), // null: nobody counts it
};
export const TokenVerdict = z.object({ ...verdict, status: z.enum([...TokenStatus.options, 'unknown']) });
export type TokenVerdict = z.infer<typeof TokenVerdict>;

/** A card, a VIN or any other id token of a tenant; compared without regard to case. */
const Token = z.string().min(1).max(64);
export const TokenView = z.object({
  token: Token, // as it was written
  type: z.string().max(40).nullable(), // for people; it decides nothing
  ...verdict,
  createdAt: Instant,
  updatedAt: Instant,
});
export type TokenView = z.infer<typeof TokenView>;

const ref = { tenantId: TenantId, token: Token };
/** Replaces all that was said of the token before. */
export const PutToken = defineRequest({
  subject: 'cb.ask.token.put',
  timeoutMs: 3_000,
  request: z.object({ ...ref, type: TokenView.shape.type, ...verdict }),
  reply: TokenView,
});
/** Errors: TOKEN_NOT_FOUND. */
export const GetToken = defineRequest({
  subject: 'cb.ask.token.get',
  timeoutMs: 2_000,
  request: z.object(ref),
  reply: TokenView,
});
/** Errors: TOKEN_NOT_FOUND. */
export const DeleteToken = defineRequest({
  subject: 'cb.ask.token.delete',
  timeoutMs: 2_000,
  request: z.object(ref),
  reply: TokenView,
});
export const ListTokens = defineRequest({
  subject: 'cb.ask.token.list',
  timeoutMs: 3_000,
  request: z.object({
    tenantId: TenantId,
    status: TokenStatus.nullable(),
    groupId: z.string().max(64).nullable(),
    text: z.string().max(64).nullable(), // part of the token
    page: PageQuery,
  }),
  reply: Page(TokenView),
});

/** Where a client is asked about tokens that are in no register. */
const callback = {
  url: z.url().max(2_000),
  timeoutMs: z.number().int().min(100).max(10_000),
  fallback: TokenVerdict.shape.status, // what counts when it does not answer in time
};
export const TokenCallbackView = z.object({
  ...callback,
  secretHint: z.string(),
  createdAt: Instant,
  updatedAt: Instant,
});
const client = { tenantId: TenantId, clientId: ClientId };
/** Errors: ADDRESS_REFUSED. `secret`: what requests are signed with, shown when the callback is new; null: as before. */
export const PutTokenCallback = defineRequest({
  subject: 'cb.ask.token_callback.put',
  timeoutMs: 5_000,
  request: z.object({ ...client, ...callback }),
  reply: TokenCallbackView.extend({ secret: z.string().nullable() }),
});
/** Errors: TOKEN_CALLBACK_NOT_FOUND. */
export const GetTokenCallback = defineRequest({
  subject: 'cb.ask.token_callback.get',
  timeoutMs: 2_000,
  request: z.object(client),
  reply: TokenCallbackView,
});
/** Errors: TOKEN_CALLBACK_NOT_FOUND. */
export const DeleteTokenCallback = defineRequest({
  subject: 'cb.ask.token_callback.delete',
  timeoutMs: 2_000,
  request: z.object(client),
  reply: z.object({ deleted: z.literal(true) }),
});
/** Asks every client of the tenant that has a callback. */
export const AskTokenCallbacks = defineRequest({
  subject: 'cb.ask.token_callback.ask',
  timeoutMs: 10_000,
  request: z.object({
    tenantId: TenantId,
    deviceId: DeviceId,
    causeId: z.string(),
    token: z.string(),
    cardNumber: z.string(),
    tokenType: z.string(),
    portNo: PortNo.nullable(),
    deadlineMs: z.number().int().positive(),
  }),
  reply: z.object({
    verdict: TokenVerdict.nullable(), // null: no client has one
    source: z.enum(['callback', 'fallback']),
  }),
});
