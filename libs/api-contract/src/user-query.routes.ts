import { GraphqlQueryInvalid } from '@chargebus/errors';
import { z } from 'zod';
import { defineRoute } from './define-route';

/** GraphQL over HTTP: `data` of the envelope is the `data` of the result. */
export const queryUsers = defineRoute({
  id: 'queryUsers',
  method: 'POST',
  path: '/api/internal/graphql',
  scope: 'internal',
  tag: 'Clients',
  summary: 'Ask for users, roles and tenants by GraphQL',
  description:
    'Queries only; the schema tells itself by introspection. `users` come page by page with their tenant and roles. A query has at most 1,000 tokens, 10 fields at its root and 200 altogether.',
  mutates: false,
  body: z
    .strictObject({
      query: z.string().min(1).max(8_000),
      variables: z.record(z.string(), z.unknown()).nullish(),
      operationName: z.string().max(100).nullish().describe('Which one, where the query has several.'),
    })
    .meta({ id: 'GraphqlRequest' }),
  response: z.record(z.string(), z.unknown()).meta({ id: 'GraphqlResult' }),
  errors: [GraphqlQueryInvalid],
  example: {
    params: {},
    body: {
      query:
        'query ($kind: UserKind) { users(kind: $kind, size: 2) { total items { name tenant { name } roles { name scopes } } } }',
      variables: { kind: 'person' },
    },
    response: {
      users: {
        total: 1,
        items: [
          {
            name: 'Li Wei',
            tenant: { name: 'North Charging' },
            roles: [{ name: 'dispatcher', scopes: ['charge:control'] }],
          },
        ],
      },
    },
  },
});
