/** What a route can ask for; every route needs exactly one. */
export const SCOPES = [
  'devices:read',
  'devices:write',
  'devices:maintain', // orders that can cost a device its connection, firmware or memory
  'devices:dangerous', // orders that a second person has to approve
  'charge:read',
  'charge:control',
  'commands:read',
  'commands:write',
  'params:write',
  'firmware:manage',
  'batch:control',
  'jobs:read',
  'history:read',
  'exports:create',
  'events:read',
  'webhooks:read',
  'webhooks:manage',
  'tokens:read',
  'tokens:manage',
  'simulate', // of device events, where the installation allows it
  'trace:read', // raw frames of devices
  'approvals:decide',
  'keys:manage',
  'audit:read',
  'config:manage',
  'internal', // an operator of the installation, for every tenant
] as const;
export type ApiScope = (typeof SCOPES)[number];

/** What only an operator's bundle holds; an integrator's key gets them one by one. */
const OPERATOR_SCOPES = [
  'devices:dangerous',
  'trace:read',
  'approvals:decide',
  'keys:manage',
  'audit:read',
  'config:manage',
] as const;

/**
 * Names that stand for several scopes: bundles, scopes that hold a weaker one, and names of earlier releases, which
 * stay good for the keys that have them.
 */
export const SCOPE_BUNDLES = {
  third: SCOPES.filter((scope) => scope !== 'internal' && !OPERATOR_SCOPES.some((other) => other === scope)),
  internal: ['internal', ...OPERATOR_SCOPES],
  'charge:control': ['charge:control', 'charge:read'],
  'webhooks:manage': ['webhooks:manage', 'webhooks:read'],
  'tokens:manage': ['tokens:manage', 'tokens:read'],
  'charge:write': ['charge:control'],
  'webhooks:write': ['webhooks:manage'],
  'tokens:write': ['tokens:manage'],
} as const satisfies Readonly<Record<string, readonly ApiScope[]>>;

/** What a key may be given: a scope or a name for several. */
export const GRANTS = [
  ...SCOPES,
  ...(['third', 'charge:write', 'webhooks:write', 'tokens:write'] as const),
] as const satisfies readonly (ApiScope | keyof typeof SCOPE_BUNDLES)[];
export type Grant = (typeof GRANTS)[number];
