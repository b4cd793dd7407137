import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Route } from '@chargebus/api-contract';
import type { TenantId } from '@chargebus/domain';
import type { Caller } from '../auth/caller';
import { masked, storable } from '../request-log/mask';

export interface AuditEntry {
  readonly tenantId: TenantId;
  readonly content: string; // JSON, as it is hashed
}
export type Outcome = 'success' | 'refused' | 'failed';

/** What is written of one call that changes or orders something; in the chain of each tenant that it concerns. */
export function auditEntries(request: FastifyRequest, reply: FastifyReply, nowMs: number): readonly AuditEntry[] {
  const { caller, admitted, note } = request.exchange;
  if (caller === null || admitted?.mutates !== true) return [];
  const content = JSON.stringify(contentOf(request, reply, caller, admitted, nowMs));
  const concerned = note?.tenantId ?? caller.tenantId;
  return [...new Set([caller.tenantId, concerned])].map((tenantId) => ({ tenantId, content }));
}

function contentOf(request: FastifyRequest, reply: FastifyReply, caller: Caller, route: Route, nowMs: number): unknown {
  const { body, note, answer } = request.exchange;
  const params = request.params as Readonly<Record<string, string>>;
  return {
    at_ms: nowMs,
    actor: { id: caller.clientId, kind: caller.kind, name: caller.name, tenant_id: caller.tenantId },
    action: route.id,
    method: request.method,
    target: storable((request.raw.url ?? '/').split('?')[0] ?? '', 500),
    phy_id: params.phyId === undefined ? null : storable(params.phyId, 100),
    request: masked(body),
    ...(note?.before === undefined ? {} : { before: masked(note.before) }),
    ...(note?.after === undefined ? {} : { after: masked(note.after) }),
    reason: note?.reason ?? reasonOf(body),
    request_id: request.id,
    address: request.ip,
    result: { outcome: outcomeOf(reply.statusCode), status: reply.statusCode, error: errorOf(answer) },
  };
}

const outcomeOf = (status: number): Outcome => (status < 400 ? 'success' : status < 500 ? 'refused' : 'failed');
const textOf = (holder: unknown, name: string): string | null => {
  if (typeof holder !== 'object' || holder === null) return null;
  const value = (holder as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' ? storable(value, 500) : null;
};
const reasonOf = (body: unknown): string | null => textOf(body, 'reason');
const errorOf = (answer: unknown): string | null => textOf(answer, 'error');
