import { ClientId, Instant } from '@chargebus/domain';
import type { DataScope } from '@chargebus/domain';
import { ClientExists, ClientNotFound, GrantExceedsOwn, RoleNotFound, TenantNotFound } from '@chargebus/errors';
import { z } from 'zod';
import { defineList, defineRoute } from './define-route';
import { instant, tenantId, text } from './fields';
import { allowedIps, dataScope, grants, roleName } from './grants';

export const Client = z
  .object({
    client_id: ClientId,
    tenant_id: tenantId,
    kind: z.enum(['key', 'person']),
    name: z.string(),
    issuer: z.string().nullable().describe('Of a person: who signs their tokens.'),
    subject: z.string().nullable().describe('Of a person: how the issuer names them.'),
    api_key_hint: z.string().nullable().describe('First characters of the key.'),
    scopes: z.array(z.string()),
    data_scope: dataScope,
    allow_unsigned: z.boolean().describe('The key alone is enough, over TLS only.'),
    allowed_ips: allowedIps,
    rate_limit: z.int().nullable().describe('Requests a minute; null: the default.'),
    status: z.enum(['active', 'disabled', 'revoked']),
    expires_at: instant.nullable(),
    previous_key_until: instant.nullable().describe('Until when the key before the last rotation is good, too.'),
    created_by: ClientId.nullable().describe('null: at installation.'),
    owner_id: ClientId.nullable().describe(
      'The person who made or rotated the key; approvals count both as one. null: made by a key, by an operator, or a person.',
    ),
    created_at: instant,
    last_used_at: instant.nullable().describe('To the minute.'),
    last_used_ip: z.string().nullable(),
  })
  .meta({ id: 'Client' });
export type Client = z.infer<typeof Client>;
const WithCredentials = Client.extend({
  api_key: z.string(),
  api_secret: z.string().describe('Shown this once.'),
}).meta({ id: 'ClientWithCredentials' });

const TENANT = '7d9f7d0e-52b6-4a53-9f63-0f3c2b6a0c11';
const clientExample = {
  client_id: '1f0c6a52-3f7e-4f4d-9d5b-0c8b8f5a7e21',
  tenant_id: TENANT,
  kind: 'key' as const,
  name: 'billing platform',
  issuer: null,
  subject: null,
  api_key_hint: 'cb_3f9a…',
  scopes: ['charge:control', 'devices:read'],
  data_scope: { regions: ['beijing'], stations: [], groups: [], devices: [] },
  allow_unsigned: false,
  allowed_ips: ['203.0.113.0/24', '2001:db8::/32'],
  rate_limit: null,
  status: 'active' as const,
  expires_at: '2036-01-01T00:00:00.000Z',
  previous_key_until: null,
  created_by: null,
  owner_id: null,
  created_at: '2024-01-01T08:05:00.000Z',
  last_used_at: '2024-01-13T10:00:00.000Z',
  last_used_ip: '203.0.113.7',
};
const credentialsExample = {
  ...clientExample,
  last_used_at: null,
  last_used_ip: null,
  api_key: 'cb_3f9a0c2d4e5f60718293a4b5c6d7e8f9',
  api_secret: 'cbs_Zm9yIGRvY3VtZW50YXRpb24gb25seQ',
};
const personExample = {
  ...clientExample,
  kind: 'person' as const,
  name: 'Li Wei',
  issuer: 'chargebus',
  subject: 'li.wei',
  api_key_hint: null,
  scopes: ['role:dispatcher'],
  data_scope: null,
  allowed_ips: [],
  expires_at: null,
};

const namesAny = (scope: DataScope): boolean => Object.values(scope).some((names) => names.length > 0);

/** What can be decided about a principal of either kind. */
const rules = {
  scopes: grants,
  data_scope: dataScope.refine((scope) => scope === null || namesAny(scope), 'names nothing; null is the whole tenant'),
  allowed_ips: allowedIps,
  rate_limit: z.int().min(1).max(100_000_000).nullable().describe('Requests a minute; null: the default.'),
  expires_at: Instant.nullable().describe('null: never, as far as the tenant’s rules allow that.'),
};
const newRules = {
  scopes: rules.scopes,
  data_scope: rules.data_scope.default(null),
  allowed_ips: rules.allowed_ips.default([]),
  rate_limit: rules.rate_limit.default(null),
  expires_at: rules.expires_at.default(null),
};
const allowUnsigned = z.boolean().describe('The key alone is enough, over TLS only.');
const newKey = { name: text(100), ...newRules, allow_unsigned: allowUnsigned.default(false) };
const changes = z
  .strictObject({ ...rules, allow_unsigned: allowUnsigned, status: z.enum(['active', 'disabled']) })
  .partial()
  .refine((given) => Object.keys(given).length > 0, 'must change at least one field')
  .meta({ id: 'ClientChanges' });
const rotation = z
  .strictObject({
    overlap_minutes: z
      .int()
      .min(0)
      .max(43_200)
      .optional()
      .describe(
        'For so long the old key and secret stay good, too. Left out: as the tenant’s setting says, usually 0.',
      ),
  })
  .prefault({})
  .meta({ id: 'KeyRotation' });
const clientPath = z.object({ id: ClientId });
const params = { id: clientExample.client_id };
const keyExample = {
  name: clientExample.name,
  scopes: ['charge:control' as const, 'devices:read' as const],
  data_scope: clientExample.data_scope,
  allowed_ips: clientExample.allowed_ips,
  expires_at: clientExample.expires_at,
};
const LIMITS = 'Nobody grants more than they have: scopes, data scope and lifetime are bounded by those of the caller.';

const operators = { scope: 'internal', tag: 'Clients' } as const;
export const createClient = defineRoute({
  ...operators,
  id: 'createClient',
  method: 'POST',
  path: '/api/internal/clients',
  summary: 'Add a client of a tenant',
  description: 'The secret is in this answer only.',
  body: z.strictObject({ tenant_id: tenantId, ...newKey }).meta({ id: 'NewClient' }),
  status: 201,
  response: WithCredentials,
  errors: [TenantNotFound, ClientExists, GrantExceedsOwn],
  example: { params: {}, body: { tenant_id: TENANT, ...keyExample }, response: credentialsExample },
});
export const listClients = defineList({
  ...operators,
  id: 'listClients',
  method: 'GET',
  path: '/api/internal/clients',
  summary: 'List clients and people',
  query: { tenant_id: tenantId.optional(), kind: z.enum(['key', 'person']).optional() },
  sort: ['created_at', 'name', 'last_used_at'],
  response: Client,
  example: { params: {}, query: { tenant_id: TENANT }, response: clientExample },
});
export const getClient = defineRoute({
  ...operators,
  id: 'getClient',
  method: 'GET',
  path: '/api/internal/clients/{id}',
  summary: 'One client',
  params: clientPath,
  response: Client,
  errors: [ClientNotFound],
  example: { params, response: clientExample },
});
export const updateClient = defineRoute({
  ...operators,
  id: 'updateClient',
  method: 'PATCH',
  path: '/api/internal/clients/{id}',
  summary: 'Change or disable a client',
  params: clientPath,
  body: changes,
  response: Client,
  errors: [ClientNotFound, GrantExceedsOwn],
  example: { params, body: { status: 'disabled' }, response: { ...clientExample, status: 'disabled' } },
});
export const rotateClient = defineRoute({
  ...operators,
  id: 'rotateClient',
  method: 'POST',
  path: '/api/internal/clients/{id}/rotate',
  summary: 'Give a client a new key and secret',
  description: 'The old ones stop working at once, unless an overlap is asked for.',
  params: clientPath,
  body: rotation,
  response: WithCredentials,
  errors: [ClientNotFound],
  example: { params, body: { overlap_minutes: 60 }, response: credentialsExample },
});
const REVOKED =
  'It stays in the list, for the audit log names it; revoking twice is revoking once. Webhook endpoints that it made are disabled (`maker_gone`): rotate a key whose endpoints are to go on.';
export const revokeClient = defineRoute({
  ...operators,
  id: 'revokeClient',
  method: 'DELETE',
  path: '/api/internal/clients/{id}',
  summary: 'Revoke a client for ever',
  description: REVOKED,
  params: clientPath,
  response: Client,
  errors: [ClientNotFound],
  example: { params, response: { ...clientExample, status: 'revoked' } },
});

const own = { scope: 'keys:manage', tag: 'Keys' } as const;
export const createKey = defineRoute({
  ...own,
  id: 'createKey',
  method: 'POST',
  path: '/api/third/keys',
  summary: 'Make an API key of one’s own tenant',
  description: `The secret is in this answer only. ${LIMITS}`,
  body: z.strictObject(newKey).meta({ id: 'NewKey' }),
  status: 201,
  response: WithCredentials,
  errors: [ClientExists, GrantExceedsOwn],
  example: { params: {}, body: keyExample, response: credentialsExample },
});
export const listKeys = defineList({
  ...own,
  id: 'listKeys',
  method: 'GET',
  path: '/api/third/keys',
  summary: 'List the API keys of one’s own tenant',
  sort: ['created_at', 'name', 'last_used_at'],
  response: Client,
  example: { params: {}, response: clientExample },
});
export const getKey = defineRoute({
  ...own,
  id: 'getKey',
  method: 'GET',
  path: '/api/third/keys/{id}',
  summary: 'One API key',
  params: clientPath,
  response: Client,
  errors: [ClientNotFound],
  example: { params, response: clientExample },
});
export const updateKey = defineRoute({
  ...own,
  id: 'updateKey',
  method: 'PATCH',
  path: '/api/third/keys/{id}',
  summary: 'Change or disable an API key',
  description: LIMITS,
  params: clientPath,
  body: changes,
  response: Client,
  errors: [ClientNotFound, GrantExceedsOwn],
  example: { params, body: { expires_at: clientExample.expires_at }, response: clientExample },
});
export const rotateKey = defineRoute({
  ...own,
  id: 'rotateKey',
  method: 'POST',
  path: '/api/third/keys/{id}/rotate',
  summary: 'Give an API key’s client a new key and secret',
  params: clientPath,
  body: rotation,
  response: WithCredentials,
  errors: [ClientNotFound, GrantExceedsOwn],
  example: { params, body: { overlap_minutes: 60 }, response: credentialsExample },
});
export const revokeKey = defineRoute({
  ...own,
  id: 'revokeKey',
  method: 'DELETE',
  path: '/api/third/keys/{id}',
  summary: 'Revoke an API key for ever',
  description: REVOKED,
  params: clientPath,
  response: Client,
  errors: [ClientNotFound, GrantExceedsOwn],
  example: { params, response: { ...clientExample, status: 'revoked' } },
});

const people = { scope: 'internal', tag: 'People' } as const;
export const createPrincipal = defineRoute({
  ...people,
  id: 'createPrincipal',
  method: 'POST',
  path: '/api/internal/principals',
  summary: 'Let a person in who comes with a token',
  description:
    'The token says who somebody is, this says what they may do. Issuers are those of the configuration; `chargebus` is the installation itself.',
  body: z
    .strictObject({
      tenant_id: tenantId,
      name: text(100),
      issuer: text(200).default('chargebus'),
      subject: text(200),
      ...newRules,
    })
    .meta({ id: 'NewPrincipal' }),
  status: 201,
  response: Client,
  errors: [TenantNotFound, ClientExists],
  example: {
    params: {},
    body: { tenant_id: TENANT, name: 'Li Wei', subject: 'li.wei', scopes: ['role:dispatcher'] },
    response: personExample,
  },
});
export const issueToken = defineRoute({
  ...people,
  id: 'issueToken',
  method: 'POST',
  path: '/api/internal/principals/{id}/tokens',
  summary: 'Sign a token of a person of this installation',
  description: 'It is sent as `Authorization: Bearer …`. Disabling the person ends it at once.',
  params: clientPath,
  body: z
    .strictObject({
      lifetime_minutes: z
        .int()
        .min(1)
        .max(1_440)
        .optional()
        .describe('At most what the setting tokens.lifetime_minutes says.'),
    })
    .prefault({})
    .meta({ id: 'NewToken' }),
  status: 201,
  response: z
    .object({ token: z.string(), token_type: z.literal('Bearer'), expires_at: instant })
    .meta({ id: 'BearerToken' }),
  errors: [ClientNotFound],
  example: {
    params,
    body: { lifetime_minutes: 30 },
    response: {
      token: 'eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl',
      token_type: 'Bearer',
      expires_at: '2024-01-13T11:00:00.000Z',
    },
  },
});

const Role = z
  .object({
    tenant_id: tenantId,
    name: z.string(),
    description: z.string().nullable(),
    scopes: z.array(z.string()),
    updated_at: instant,
  })
  .meta({ id: 'Role' });
const roleExample = {
  tenant_id: TENANT,
  name: 'dispatcher',
  description: 'Watches and stops charges',
  scopes: ['devices:read', 'charge:control'],
  updated_at: '2024-01-01T08:00:00.000Z',
};
export const listRoles = defineList({
  ...people,
  id: 'listRoles',
  positional: true,
  method: 'GET',
  path: '/api/internal/roles',
  summary: 'Roles of a tenant',
  query: { tenant_id: tenantId },
  sort: ['name'],
  response: Role,
  example: { params: {}, query: { tenant_id: TENANT }, response: roleExample },
});
export const putRole = defineRoute({
  ...people,
  id: 'putRole',
  method: 'PUT',
  path: '/api/internal/roles/{name}',
  summary: 'Make or replace a role',
  description: 'Whoever has `role:<name>` has its scopes from now on.',
  params: z.object({ name: roleName }),
  body: z
    .strictObject({
      tenant_id: tenantId,
      description: text(200).nullish(),
      scopes: grants,
    })
    .meta({ id: 'NewRole' }),
  response: Role,
  errors: [TenantNotFound],
  example: {
    params: { name: roleExample.name },
    body: { tenant_id: TENANT, description: roleExample.description, scopes: ['devices:read', 'charge:control'] },
    response: roleExample,
  },
});
export const deleteRole = defineRoute({
  ...people,
  id: 'deleteRole',
  method: 'DELETE',
  path: '/api/internal/roles/{name}',
  summary: 'Remove a role',
  params: z.object({ name: roleName }),
  query: { tenant_id: tenantId },
  response: z.object({ deleted: z.literal(true) }).meta({ id: 'Deleted' }),
  errors: [RoleNotFound],
  example: { params: { name: roleExample.name }, query: { tenant_id: TENANT }, response: { deleted: true } },
});
