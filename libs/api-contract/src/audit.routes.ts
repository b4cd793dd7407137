import { z } from 'zod';
import { defineList, defineRoute, defineStream } from './define-route';
import { instant, phyId, tag, tenantId, text } from './fields';
import { timeRangeShape } from './time-range';

const Actor = z.object({
  id: z.string(),
  kind: z.string(),
  name: z.string(),
  tenant_id: z.string(),
});
export const AuditEntry = z
  .object({
    sequence: z.int().describe('From 1, without gaps.'),
    at: instant,
    actor: Actor,
    action: z.string().describe('operationId of what was called.'),
    method: z.string(),
    target: z.string(),
    phy_id: z.string().nullable(),
    request: z.unknown().describe('Body as sent, secrets starred out.'),
    before: z.unknown().optional(),
    after: z.unknown().optional(),
    reason: z.string().nullable(),
    request_id: z.string(),
    address: z.string(),
    result: z.object({
      outcome: z.enum(['success', 'refused', 'failed']),
      status: z.int(),
      error: z.string().nullable(),
    }),
    previous_hash: z.string(),
    hash: z.string().describe('sha256 of previous_hash, tenant, sequence and the content as stored, one per line.'),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof AuditEntry>;
const entryExample: AuditEntry = {
  sequence: 42,
  at: '2024-01-13T10:00:00.000Z',
  actor: {
    id: '1f0c6a52-3f7e-4f4d-9d5b-0c8b8f5a7e21',
    kind: 'key',
    name: 'billing platform',
    tenant_id: '7d9f7d0e-52b6-4a53-9f63-0f3c2b6a0c11',
  },
  action: 'stopCharge',
  method: 'POST',
  target: '/api/third/devices/04AB373B/charge/stop',
  phy_id: '04AB373B',
  request: { port_no: 1, reason: 'user_stop' },
  reason: 'user_stop',
  request_id: '0b7c1a9e-4d0e-4a51-8a40-9b7a2f3d6c10',
  address: '203.0.113.7',
  result: { outcome: 'success', status: 200, error: null },
  previous_hash: '5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9',
  hash: '6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b',
};

export const ChainReport = z
  .object({
    tenant_id: tenantId,
    intact: z.boolean(),
    entries: z.int().describe('Looked at, from the beginning.'),
    head_hash: z.string().describe('Of the last entry that fits. Written down elsewhere, it proves what came before.'),
    first_broken: z
      .object({
        sequence: z.int(),
        reason: z.string().describe('missing, content_changed, chain_changed, end_missing, end_changed'),
      })
      .nullable(),
  })
  .meta({ id: 'AuditChainReport' });
const reportExample = {
  tenant_id: entryExample.actor.tenant_id,
  intact: true,
  entries: 42,
  head_hash: entryExample.hash,
  first_broken: null,
};

const audit = { scope: 'audit:read', tag: 'Audit' } as const;
export const listAudit = defineList({
  ...audit,
  id: 'listAudit',
  method: 'GET',
  path: '/api/third/audit',
  summary: 'Who did what',
  description: 'Every call that changed or ordered something, or tried to, newest first.',
  query: {
    action: tag(60).optional(),
    actor_id: tag(60).optional(),
    phy_id: phyId.optional(),
    request_id: text(200).optional(),
    result: z.enum(['success', 'refused', 'failed']).optional(),
    ...timeRangeShape,
  },
  sort: ['sequence'],
  response: AuditEntry,
  example: { params: {}, query: { action: 'stopCharge' }, response: entryExample },
});
export const exportAudit = defineStream({
  ...audit,
  id: 'exportAudit',
  method: 'GET',
  path: '/api/third/audit/export',
  summary: 'The whole audit log',
  description:
    'JSON lines, oldest first, with the contents as they were hashed, so that the chain can be checked without us: docs/security.md.',
  produces: 'application/x-ndjson',
  fileName: 'audit.jsonl',
  response: z
    .object({
      tenant_id: tenantId,
      sequence: z.int(),
      content: z.string().describe('JSON text, to the letter as it was hashed.'),
      previous_hash: z.string(),
      hash: z.string(),
    })
    .meta({ id: 'AuditLine' }),
  example: {
    params: {},
    response: {
      tenant_id: entryExample.actor.tenant_id,
      sequence: 1,
      content: '{"at_ms":1705140000000,"action":"stopCharge"}',
      previous_hash: '',
      hash: entryExample.hash,
    },
  },
});
export const verifyAudit = defineRoute({
  ...audit,
  id: 'verifyAudit',
  method: 'GET',
  path: '/api/third/audit/verify',
  summary: 'Whether the audit log is what was written',
  description: 'Computes every hash anew and names the first entry that is not as it was.',
  response: ChainReport,
  example: { params: {}, response: reportExample },
});
export const verifyAllAudits = defineRoute({
  scope: 'internal',
  tag: 'Audit',
  id: 'verifyAllAudits',
  method: 'GET',
  path: '/api/internal/audit/verify',
  summary: 'Whether the audit logs of all tenants are what was written',
  query: { tenant_id: tenantId.optional().describe('Left out: of all tenants.') },
  response: z.object({ intact: z.boolean(), chains: z.array(ChainReport) }).meta({ id: 'AuditReport' }),
  example: { params: {}, response: { intact: true, chains: [reportExample] } },
});
