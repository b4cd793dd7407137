/** What a client may be allowed to do; every route needs exactly one. */
export const THIRD_SCOPES = [
  'charge:read',
  'charge:write',
  'devices:read',
  'devices:write',
  'commands:read',
  'commands:write',
  'devices:maintain', // orders that can cost a device its connection, firmware or memory
  'tokens:read',
  'tokens:write',
  'webhooks:read',
  'webhooks:write',
] as const;
/** `internal`: an operator of the installation, for every tenant. */
export const SCOPES = [...THIRD_SCOPES, 'internal'] as const;
export type ApiScope = (typeof SCOPES)[number];
