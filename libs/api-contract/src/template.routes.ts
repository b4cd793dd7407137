import { PARAMETERS } from '@chargebus/domain';
import {
  BeyondDataScope,
  DeviceGroupNotFound,
  DeviceNotFound,
  TemplateExists,
  TemplateNotFound,
} from '@chargebus/errors';
import { z } from 'zod';
import { defineList, defineRoute } from './define-route';
import { devicePath, flagInQuery, instant, phyId, text } from './fields';
import { isUnderWay, Job, jobExample } from './job.routes';
import { changeOptions, known, ParameterValue, refreshed, RequestedBy } from './parameter.routes';

const number = z.union([
  z.number(),
  z.string().regex(/^\{\{\s*[a-z][a-z0-9_]{0,39}\s*\}\}$/, 'is a number or {{variable}}'),
]);
const TemplateValue = z.union([number, z.tuple([number, number])]);
const spellings = PARAMETERS.flatMap(({ name, aliases }) => [name, ...aliases]);
const params = z
  .partialRecord(z.enum(spellings as [string, ...string[]]), TemplateValue)
  .refine((given) => Object.keys(given).length > 0, 'name at least one parameter')
  .describe('By name: a number, a range, or {{variable}} in place of a number.');
const numbers = z.record(z.string().min(1).max(100), z.number());
const Variable = z
  .strictObject({
    name: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'is lower-case letters, digits and _'),
    default: z
      .number()
      .nullish()
      .describe('Of devices without one of their own; null: those cannot have the template.'),
    device: numbers.optional().describe('By phy_id.'),
    station: numbers.optional(),
    region: numbers.optional(),
    model: numbers.optional(),
    type: numbers.optional().describe('By AC or DC.'),
    protocol: numbers.optional(),
  })
  .meta({
    id: 'TemplateVariable',
    description: 'The most particular value counts: device, station, region, model, type, protocol.',
  });
const code = z.string().min(1).max(64);
const groups = z.array(code).max(1_000).describe('Codes of the device groups that shall have it.');
const content = {
  params,
  variables: z.array(Variable).max(50).default([]),
  note: text(200).optional(),
};
export const Template = z
  .object({
    template_id: z.string(),
    name: z.string(),
    groups,
    version: z.int(),
    params: z.record(z.string(), TemplateValue),
    variables: z.array(Variable),
    changed_by: RequestedBy,
    note: z.string().nullable(),
    created_at: instant.describe('Of the version.'),
  })
  .meta({ id: 'ParameterTemplate' });
export type Template = z.infer<typeof Template>;
const DriftStatus = z
  .enum(['in_sync', 'drifted', 'unknown', 'unresolved'])
  .describe('unknown: of a parameter nothing was told yet. unresolved: a variable has no value for it.');
const drift = {
  status: DriftStatus,
  differences: z.array(
    z
      .object({
        name: z.string(),
        expected: ParameterValue.nullable(),
        actual: ParameterValue.nullable().describe('As it is known; null: not set.'),
        ...known,
      })
      .meta({ id: 'TemplateDifference' }),
  ),
  unknown: z.array(z.string()).describe('Parameters of the template of which the device told nothing yet.'),
  problems: z.array(z.string()),
};
const Drift = z.object({ phy_id: z.string(), ...drift }).meta({ id: 'TemplateDrift' });
const DeviceDrift = z
  .object({
    phy_id: z.string(),
    status: DriftStatus.nullable().describe('The worst of all; null: no template is for it.'),
    refreshed,
    templates: z.array(
      z
        .object({ template_id: z.string(), name: z.string(), version: z.int(), ...drift })
        .meta({ id: 'DeviceTemplateDrift' }),
    ),
  })
  .meta({ id: 'DeviceDrift' });

const tag = 'Parameters';
const templatePath = z.object({ templateId: z.string().min(1).max(100) });
const example: Template = {
  template_id: 'tpl_1f2e3d4c',
  name: 'Summer',
  groups: ['north'],
  version: 2,
  params: { power_limit: '{{limit}}', voltage_threshold: [200, 250] },
  variables: [{ name: 'limit', default: 7_000, station: { 'ST-1': 3_500 } }],
  changed_by: { client_id: '0190a0e0-0000-7000-8000-0000000000c1', name: 'Platform' },
  note: null,
  created_at: '2024-01-13T10:00:00.000Z',
};
const bodyExample = { params: example.params, variables: example.variables };
const path = { templateId: example.template_id };
const driftExample = {
  status: 'drifted' as const,
  differences: [
    {
      name: 'power_limit',
      expected: 3_500,
      actual: 7_000,
      source: 'device' as const,
      known_at: '2024-01-13T09:00:00.000Z',
      age_s: 3_600,
    },
  ],
  unknown: [],
  problems: [],
};
const base = '/api/third/param-templates';
const ownGroups = 'A key with a data scope needs all groups of the template in it.';

export const createTemplate = defineRoute({
  id: 'createTemplate',
  method: 'POST',
  path: base,
  scope: 'params:write',
  tag,
  summary: 'Make a template of parameters',
  body: z.strictObject({ name: text(100), groups: groups.default([]), ...content }).meta({ id: 'NewTemplate' }),
  status: 201,
  response: Template,
  errors: [TemplateExists, BeyondDataScope, DeviceGroupNotFound],
  example: {
    params: {},
    body: { name: 'Summer', groups: ['north'], ...bodyExample },
    response: { ...example, version: 1 },
  },
});
export const listTemplates = defineList({
  id: 'listTemplates',
  method: 'GET',
  path: base,
  scope: 'devices:read',
  tag,
  summary: 'Templates of parameters',
  description: 'With a data scope: those of groups in which a device of it is.',
  sort: ['name', 'created_at'],
  response: Template,
  example: { params: {}, response: example },
});
export const getTemplate = defineRoute({
  id: 'getTemplate',
  method: 'GET',
  path: `${base}/{templateId}`,
  scope: 'devices:read',
  tag,
  summary: 'One template',
  params: templatePath,
  response: Template,
  errors: [TemplateNotFound],
  example: { params: path, response: example },
});
export const reviseTemplate = defineRoute({
  id: 'reviseTemplate',
  method: 'PUT',
  path: `${base}/{templateId}`,
  scope: 'params:write',
  tag,
  summary: 'Make a new version of a template',
  description: `Devices keep what they have until it is pushed; until then they show as drifted. ${ownGroups}`,
  params: templatePath,
  body: z.strictObject(content).meta({ id: 'TemplateRevision' }),
  response: Template,
  errors: [TemplateNotFound, BeyondDataScope],
  example: { params: path, body: bodyExample, response: example },
});
export const deleteTemplate = defineRoute({
  id: 'deleteTemplate',
  method: 'DELETE',
  path: `${base}/{templateId}`,
  scope: 'params:write',
  tag,
  summary: 'Remove a template with its versions',
  description: ownGroups,
  params: templatePath,
  response: Template,
  errors: [TemplateNotFound, BeyondDataScope],
  example: { params: path, response: example },
});
export const listTemplateVersions = defineList({
  id: 'listTemplateVersions',
  method: 'GET',
  path: `${base}/{templateId}/versions`,
  scope: 'devices:read',
  tag,
  summary: 'Versions of a template',
  params: templatePath,
  sort: ['version'],
  response: Template,
  errors: [TemplateNotFound],
  example: { params: path, response: example },
});
export const assignTemplate = defineRoute({
  id: 'assignTemplate',
  method: 'PUT',
  path: `${base}/{templateId}/groups`,
  scope: 'params:write',
  tag,
  summary: 'Say which device groups shall have a template',
  description: ownGroups,
  params: templatePath,
  body: z.strictObject({ groups }).meta({ id: 'TemplateGroups' }),
  response: Template,
  errors: [TemplateNotFound, BeyondDataScope, DeviceGroupNotFound],
  example: { params: path, body: { groups: ['north'] }, response: example },
});
export const templateDrift = defineList({
  id: 'templateDrift',
  method: 'GET',
  path: `${base}/{templateId}/drift`,
  scope: 'devices:read',
  tag,
  summary: 'Devices that differ from a template',
  description:
    'Every device of its groups, in the order of their ids, by what is known of it; GET …/params?refresh=true asks a device anew.',
  params: templatePath,
  query: {
    phy_id: phyId.optional().describe('This device alone.'),
    drifted_only: flagInQuery
      .optional()
      .describe(
        'Leave out those that are in sync; a page may then hold fewer, and `total` counts all devices of its groups.',
      ),
  },
  sort: ['phy_id'],
  order: 'asc',
  response: Drift,
  errors: [TemplateNotFound],
  example: {
    params: path,
    query: { drifted_only: 'true' },
    response: { phy_id: '04AB373B', ...driftExample },
  },
});
export const deviceDrift = defineRoute({
  id: 'deviceDrift',
  method: 'GET',
  path: '/api/third/devices/{phyId}/params/drift',
  scope: 'devices:read',
  tag,
  summary: 'What of a device differs from the templates of its groups',
  description:
    'By what is known of it, with where that comes from and how old it is; refresh=true asks the device first, which may take 20 s.',
  params: devicePath,
  query: { refresh: flagInQuery.optional() },
  response: DeviceDrift,
  errors: [DeviceNotFound],
  example: {
    params: { phyId: '04AB373B' },
    query: { refresh: 'false' },
    response: {
      phy_id: '04AB373B',
      status: 'drifted',
      refreshed: null,
      templates: [{ template_id: example.template_id, name: example.name, version: example.version, ...driftExample }],
    },
  },
});
export const pushTemplate = defineRoute({
  id: 'pushTemplate',
  method: 'POST',
  path: `${base}/{templateId}/push`,
  scope: 'params:write',
  tag,
  summary: 'Give a template to the devices of its groups',
  description:
    'A job: GET /api/third/jobs/{jobId} and its items show how far it is. Each device gets a change of its own.',
  params: templatePath,
  body: z
    .strictObject({
      validation_mode: changeOptions.validation_mode.default('loose'),
      apply_immediately: changeOptions.apply_immediately,
    })
    .prefault({})
    .meta({ id: 'TemplatePushRequest' }),
  response: Job,
  goesOn: isUnderWay,
  errors: [TemplateNotFound],
  example: { params: path, body: {}, response: { ...jobExample, kind: 'template.push' } },
});
