import { SETTINGS } from '@chargebus/domain';
import { SettingChanged, SettingNotFound, TenantNotFound } from '@chargebus/errors';
import { z } from 'zod';
import { defineList, defineRoute } from './define-route';
import { instant, tenantId, text } from './fields';

const Value = z.union([z.number(), z.string(), z.boolean(), z.null()]);
const Author = z.object({ client_id: z.string(), name: z.string() });
export const Setting = z
  .object({
    key: z.string(),
    description: z.string(),
    tenant_id: tenantId.nullable().describe('null: of the installation.'),
    per_tenant: z.boolean().describe('Whether a tenant may have a value of its own.'),
    default: Value,
    value: Value.describe('What counts now.'),
    source: z.enum(['tenant', 'installation', 'default']).describe('Where the value comes from.'),
    version: z.int().describe('0: never changed here.'),
    changed_by: Author.nullable(),
    changed_at: instant.nullable(),
  })
  .meta({ id: 'Setting' });
export type Setting = z.infer<typeof Setting>;
const settingExample: Setting = {
  key: 'approvals.lifetime_minutes',
  description: 'Minutes within which a dangerous order must be approved.',
  tenant_id: null,
  per_tenant: true,
  default: 60,
  value: 30,
  source: 'installation',
  version: 2,
  changed_by: { client_id: '1f0c6a52-3f7e-4f4d-9d5b-0c8b8f5a7e21', name: 'operator' },
  changed_at: '2024-01-13T10:00:00.000Z',
};
const SettingVersion = z
  .object({
    version: z.int(),
    value: Value.describe('null: back to the default.'),
    changed_by: Author,
    changed_at: instant,
    reason: z.string().nullable(),
  })
  .meta({ id: 'SettingVersion' });

const params = z.object({ key: z.string().regex(/^[a-z0-9_.]{1,60}$/) });
const example = { key: settingExample.key };
const query = {
  tenant_id: tenantId
    .optional()
    .describe('Left out: of the installation; for callers who are no operators of it, of their own tenant.'),
};
const config = { scope: 'config:manage', tag: 'Configuration' } as const;
const change = {
  tenant_id: tenantId.nullish().describe('Left out: for the installation.'),
  reason: text(500).nullish(),
  expected_version: z.int().min(0).optional().describe('Refused when somebody else has changed it since.'),
};

export const listSettings = defineList({
  ...config,
  id: 'listSettings',
  positional: true,
  method: 'GET',
  path: '/api/internal/config',
  summary: 'What operators can change at run time',
  description: SETTINGS.map(({ key, description }) => `- \`${key}\`: ${description}`).join('\n'),
  query,
  sort: ['key'],
  response: Setting,
  example: { params: {}, response: settingExample },
});
export const getSetting = defineRoute({
  ...config,
  id: 'getSetting',
  method: 'GET',
  path: '/api/internal/config/{key}',
  summary: 'One setting',
  params,
  query,
  response: Setting,
  errors: [SettingNotFound],
  example: { params: example, response: settingExample },
});
export const putSetting = defineRoute({
  ...config,
  id: 'putSetting',
  method: 'PUT',
  path: '/api/internal/config/{key}',
  summary: 'Change a setting',
  description: 'Counts on every replica within moments. `null` goes back to the default.',
  params,
  body: z.strictObject({ value: Value, ...change }).meta({ id: 'SettingChange' }),
  response: Setting,
  errors: [SettingNotFound, SettingChanged, TenantNotFound],
  example: { params: example, body: { value: 30, reason: 'shorter shifts' }, response: settingExample },
});
export const settingHistory = defineList({
  ...config,
  id: 'settingHistory',
  positional: true,
  method: 'GET',
  path: '/api/internal/config/{key}/versions',
  summary: 'Who changed a setting, when and to what',
  params,
  query,
  sort: ['version'],
  response: SettingVersion,
  errors: [SettingNotFound],
  example: {
    params: example,
    response: {
      version: 2,
      value: 30,
      changed_by: { client_id: '1f0c6a52-3f7e-4f4d-9d5b-0c8b8f5a7e21', name: 'operator' },
      changed_at: '2024-01-13T10:00:00.000Z',
      reason: 'shorter shifts',
    },
  },
});
export const restoreSetting = defineRoute({
  ...config,
  id: 'restoreSetting',
  method: 'POST',
  path: '/api/internal/config/{key}/restore',
  summary: 'Set a setting to what an earlier version had',
  description: 'That is a new version.',
  params,
  body: z
    .strictObject({ version: z.int().min(0).describe('0: the default.'), ...change })
    .meta({ id: 'SettingRestore' }),
  response: Setting,
  errors: [SettingNotFound, SettingChanged, TenantNotFound],
  example: { params: example, body: { version: 1 }, response: { ...settingExample, version: 3 } },
});
