import type { Client as ClientBody } from '@chargebus/api-contract';
import { invalidFields } from '@chargebus/errors';
import type { Client, ClientChanges, ClientSettings } from '@chargebus/persistence/iam';
import { AddressRanges } from '@chargebus/security';
import type { z } from 'zod';
import type { Rotated } from './client.service';

export const clientView = (client: Client): z.infer<typeof ClientBody> => ({
  client_id: client.clientId,
  tenant_id: client.tenantId,
  kind: client.person === null ? 'key' : 'person',
  name: client.name,
  issuer: client.person?.issuer ?? null,
  subject: client.person?.subject ?? null,
  api_key_hint: client.apiKeyHint,
  scopes: [...client.scopes],
  data_scope: client.within,
  allow_unsigned: client.allowUnsigned,
  allowed_ips: [...client.allowedAddresses],
  rate_limit: client.rateLimitPerMin,
  status: client.status,
  expires_at: client.expiresAt,
  previous_key_until: client.previousKeyUntil,
  created_by: client.createdBy,
  owner_id: client.ownerId,
  created_at: client.createdAt,
  last_used_at: client.lastUsedAt,
  last_used_ip: client.lastUsedAddress,
});
export const withCredentials = ({ client, credentials }: Rotated) => ({
  ...clientView(client),
  api_key: credentials.apiKey,
  api_secret: credentials.apiSecret,
});

/** What a body says about a new client, and what it leaves to us. */
interface NewBody {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly data_scope: ClientSettings['within'];
  readonly allow_unsigned?: boolean;
  readonly allowed_ips: readonly string[];
  readonly rate_limit: number | null;
  readonly expires_at: string | null;
}
export const settingsOf = (body: NewBody): ClientSettings => ({
  name: body.name,
  scopes: body.scopes,
  within: body.data_scope,
  allowUnsigned: body.allow_unsigned ?? false,
  allowedAddresses: ranges(body.allowed_ips),
  rateLimitPerMin: body.rate_limit,
  expiresAt: body.expires_at,
});

type ChangesBody = { readonly [K in Exclude<keyof NewBody, 'name'>]?: NewBody[K] | undefined } & {
  readonly status?: 'active' | 'disabled' | undefined;
};
export const changesOf = (body: ChangesBody): ClientChanges => ({
  scopes: body.scopes,
  within: body.data_scope,
  allowUnsigned: body.allow_unsigned,
  allowedAddresses: body.allowed_ips === undefined ? undefined : ranges(body.allowed_ips),
  rateLimitPerMin: body.rate_limit,
  expiresAt: body.expires_at,
  status: body.status,
});

function ranges(texts: readonly string[]): readonly string[] {
  const problems = texts.flatMap((text, i) =>
    AddressRanges.accepts(text)
      ? []
      : [{ field: `allowed_ips.${i.toString()}`, message: 'is neither an address nor a range' }],
  );
  if (problems.length > 0) throw invalidFields(problems);
  return texts;
}
