import { AddressRefused, TokenCallbackNotFound, TokenNotFound } from '@chargebus/errors';
import { TokenStatus, TokenVerdict } from '@chargebus/requests';
import { z } from 'zod';
import { defineList, defineRoute } from './define-route';
import { instant, text } from './fields';

const tokenName = z
  .string()
  .regex(/^[\x21-\x7e]{1,64}$/, 'must be 1 to 64 visible ASCII characters')
  .describe('Number of the card, VIN or other id token; compared without regard to case.');
const expiry = z.iso
  .datetime({ offset: true })
  .transform((given) => new Date(given).toISOString())
  .nullish()
  .describe('An accepted token is refused from then on; null: never.');
const group = text(64).nullish().describe('Tokens of one group may end each other’s charges.');
const balance = z.int().min(-2_000_000_000).max(2_000_000_000).nullish().describe('fen; null: nobody counts it.');

export const Token = z
  .object({
    token: z.string(),
    type: z.string().nullable().describe('For people; it decides nothing.'),
    status: TokenStatus,
    expiry: instant.nullable(),
    group: z.string().nullable(),
    balance: z.int().nullable().describe('fen'),
    created_at: instant,
    updated_at: instant,
  })
  .meta({ id: 'Token' });
export type Token = z.infer<typeof Token>;

const common = { tag: 'Tokens' } as const;
const params = z.object({ token: tokenName });
const example = { token: '04A1B2C3' };
const tokenExample = {
  token: '04A1B2C3',
  type: 'card',
  status: 'accepted' as const,
  expiry: '2027-01-01T00:00:00.000Z',
  group: 'fleet-7',
  balance: null,
  created_at: '2024-01-13T09:00:00.000Z',
  updated_at: '2024-01-13T09:00:00.000Z',
};

export const putToken = defineRoute({
  ...common,
  id: 'putToken',
  method: 'PUT',
  path: '/api/third/tokens/{token}',
  scope: 'tokens:manage',
  summary: 'Say whether a card or other id token may charge',
  description:
    'Replaces what was said before. A token that is in the register is decided by it alone, whatever protocol the device speaks; for one that is not, the token callbacks of the tenant are asked.',
  params,
  body: z
    .strictObject({
      status: TokenStatus.default('accepted'),
      expiry,
      group,
      balance,
      type: text(40).nullish().describe('For people: card, vin, app …'),
    })
    .prefault({})
    .meta({ id: 'TokenSettings' }),
  response: Token,
  example: {
    params: example,
    body: { status: 'accepted', expiry: '2027-01-01T08:00:00+08:00', group: 'fleet-7', type: 'card' },
    response: tokenExample,
  },
});
export const getToken = defineRoute({
  ...common,
  id: 'getToken',
  method: 'GET',
  path: '/api/third/tokens/{token}',
  scope: 'tokens:read',
  summary: 'One token of the register',
  params,
  response: Token,
  errors: [TokenNotFound],
  example: { params: example, response: tokenExample },
});
export const deleteToken = defineRoute({
  ...common,
  id: 'deleteToken',
  method: 'DELETE',
  path: '/api/third/tokens/{token}',
  scope: 'tokens:manage',
  summary: 'Take a token out of the register',
  description: 'Answers with what it was.',
  params,
  response: Token,
  errors: [TokenNotFound],
  example: { params: example, response: tokenExample },
});
export const listTokens = defineList({
  ...common,
  id: 'listTokens',
  method: 'GET',
  path: '/api/third/tokens',
  scope: 'tokens:read',
  summary: 'List the register of tokens',
  query: {
    status: TokenStatus.optional(),
    group: text(64).optional(),
    q: text(64).optional().describe('Part of the token.'),
  },
  sort: ['created_at', 'updated_at', 'token'],
  response: Token,
  example: { params: {}, query: { status: 'accepted', page: '1', size: '20' }, response: tokenExample },
});

export const TokenCallback = z
  .object({
    url: z.string(),
    timeout_ms: z.int(),
    fallback: TokenVerdict.shape.status,
    secret_hint: z.string().describe('Last characters of the secret.'),
    created_at: instant,
    updated_at: instant,
  })
  .meta({ id: 'TokenCallback' });
const callbackExample = {
  url: 'https://partner.example/tokens',
  timeout_ms: 3000,
  fallback: 'unknown' as const,
  secret_hint: '9f2c',
  created_at: '2024-01-13T09:00:00.000Z',
  updated_at: '2024-01-13T09:00:00.000Z',
};
const CALLBACK = '/api/third/token-callback';

export const putTokenCallback = defineRoute({
  ...common,
  id: 'putTokenCallback',
  method: 'PUT',
  path: CALLBACK,
  scope: 'tokens:manage',
  summary: 'Be asked about tokens that are in no register',
  description:
    'Of the calling client. While somebody waits at a device, `{"type":"token.authorise","asked_at","token","card_number","token_type","device_phy_id","port_no"}` is posted to the address, signed like a webhook; the answer is 200 with `{"status":"accepted|blocked|expired|no_credit|unknown","expiry","group","balance"}`, all but `status` optional. Without an answer in time `fallback` counts. Where several clients of a tenant are asked, one that accepts is enough. The secret is shown when the callback is new.',
  body: z
    .strictObject({
      url: z.url({ protocol: /^https?$/, hostname: /^.{1,253}$/ }).max(2_000),
      timeout_ms: z.int().min(100).max(10_000).default(3_000).describe('The device may leave less.'),
      fallback: TokenVerdict.shape.status.default('unknown').describe('What counts when no answer comes in time.'),
    })
    .meta({ id: 'TokenCallbackSettings' }),
  response: TokenCallback.extend({
    secret: z.string().nullable().describe('null: as before; delete the callback to get another one.'),
  }).meta({ id: 'TokenCallbackWithSecret' }),
  errors: [AddressRefused],
  example: {
    params: {},
    body: { url: callbackExample.url, timeout_ms: 3000, fallback: 'unknown' },
    response: { ...callbackExample, secret: 'whsec_Zm9yIGRvY3VtZW50YXRpb24gb25seQ' },
  },
});
export const getTokenCallback = defineRoute({
  ...common,
  id: 'getTokenCallback',
  method: 'GET',
  path: CALLBACK,
  scope: 'tokens:read',
  summary: 'Where this client is asked about tokens',
  response: TokenCallback,
  errors: [TokenCallbackNotFound],
  example: { params: {}, response: callbackExample },
});
export const deleteTokenCallback = defineRoute({
  ...common,
  id: 'deleteTokenCallback',
  method: 'DELETE',
  path: CALLBACK,
  scope: 'tokens:manage',
  summary: 'Do not ask this client about tokens any more',
  response: z.object({ deleted: z.literal(true) }),
  errors: [TokenCallbackNotFound],
  example: { params: {}, response: { deleted: true } },
});
