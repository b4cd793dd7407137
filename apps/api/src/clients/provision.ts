import { randomUUID } from 'node:crypto';
import { GRANTS } from '@chargebus/api-contract';
import { ClientId, TenantId } from '@chargebus/domain';
import { forTenant } from '@chargebus/persistence';
import type { Database } from '@chargebus/persistence';
import { ClientRepository, TenantRepository } from '@chargebus/persistence/iam';
import type { SecretBox } from '@chargebus/security';
import { z } from 'zod';
import { newCredentials, sealCredentials } from './credentials';

const ProvisionRequest = z
  .object({
    tenantId: TenantId.optional(),
    tenantName: z.string().min(1).max(100),
    clientName: z.string().min(1).max(100),
    scopes: z.array(z.enum(GRANTS)).min(1),
    apiKey: z.string().min(16).max(200).optional(),
    apiSecret: z.string().min(32).max(200).optional(),
    allowUnsigned: z.boolean(),
  })
  .refine((request) => (request.apiKey === undefined) === (request.apiSecret === undefined), {
    message: 'give both api-key and api-secret, or neither',
  });
export type ProvisionRequest = z.input<typeof ProvisionRequest>;

export interface Provisioned {
  readonly tenant_id: TenantId;
  readonly client_id: ClientId;
  readonly created: boolean; // false: the client was there
  readonly scopes: readonly string[];
  readonly api_key?: string; // only when made or set by this call
  readonly api_secret?: string;
}

/** A tenant and a client of it, by their names; safe to repeat. */
export async function provision(database: Database, box: SecretBox, input: ProvisionRequest): Promise<Provisioned> {
  const request = ProvisionRequest.parse(input);
  const clients = new ClientRepository(database);
  const tenantId = await provisionTenant(new TenantRepository(database), request);
  const scope = forTenant(tenantId);
  const settings = { scopes: request.scopes, allowUnsigned: request.allowUnsigned };
  const given =
    request.apiKey === undefined || request.apiSecret === undefined
      ? null
      : { apiKey: request.apiKey, apiSecret: request.apiSecret };

  const existing = await clients.findByName(tenantId, request.clientName);
  if (existing !== null) {
    await clients.update(scope, existing.clientId, settings);
    if (given !== null)
      await clients.replaceCredentials(
        scope,
        existing.clientId,
        sealCredentials(box, existing.clientId, given),
        0,
        null,
      );
    return answer(tenantId, existing.clientId, false, request.scopes, given);
  }
  const clientId = ClientId.parse(randomUUID());
  const credentials = given ?? newCredentials();
  const inserted = await clients.insert({
    ...settings,
    credentials: sealCredentials(box, clientId, credentials),
    clientId,
    tenantId,
    name: request.clientName,
    within: null,
    allowedAddresses: [],
    rateLimitPerMin: null,
    expiresAt: null,
    createdBy: null,
    ownerId: null,
  });
  if (inserted === null)
    throw new Error(`client ${request.clientName} cannot be made: its API key belongs to another client`);
  return answer(tenantId, clientId, true, request.scopes, credentials);
}

async function provisionTenant(
  tenants: TenantRepository,
  request: z.output<typeof ProvisionRequest>,
): Promise<TenantId> {
  const byName = await tenants.findByName(request.tenantName);
  const tenantId = request.tenantId ?? byName?.tenantId ?? TenantId.parse(randomUUID());
  if (await tenants.insert(tenantId, request.tenantName)) return tenantId;
  if ((await tenants.find(tenantId)) !== null) return tenantId;
  throw new Error(`the tenant name ${request.tenantName} belongs to another tenant`);
}

const answer = (
  tenantId: TenantId,
  clientId: ClientId,
  created: boolean,
  scopes: readonly string[],
  credentials: { readonly apiKey: string; readonly apiSecret: string } | null,
): Provisioned => ({
  tenant_id: tenantId,
  client_id: clientId,
  created,
  scopes,
  ...(credentials === null ? {} : { api_key: credentials.apiKey, api_secret: credentials.apiSecret }),
});
