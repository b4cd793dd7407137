import { ChangeOutcome, ParameterOutcome, PARAMETERS } from '@chargebus/domain';
import type { ParameterDefinition, ParameterSpelling } from '@chargebus/domain';
import {
  CapabilityNotSupported,
  DeviceNotFound,
  ParameterChangeNotCancellable,
  ParameterChangeNotFound,
  ParameterVersionNotFound,
} from '@chargebus/errors';
import { z } from 'zod';
import { defineList, defineRoute } from './define-route';
import { devicePath, flagInQuery, instant, numberInQuery, phyId, text } from './fields';

export const ParameterValue = z.union([z.number(), z.tuple([z.number(), z.number()])], {
  error: 'must be a number, or the lower and the upper end as [low, high]',
});
const Value = ParameterValue.nullable();
/** Values by name, as a device shall have them or has them. */
const Values = z.record(z.string(), Value);

const bounds = ({ min, max, unit }: ParameterDefinition): string => `${min.toString()}…${max.toString()} ${unit}`;
const given = (one: ParameterDefinition) =>
  (one.type === 'range' ? ParameterValue : one.type === 'integer' ? z.int() : z.number())
    .optional()
    .describe(`${one.description} ${bounds(one)}.`);
/** One field per parameter and spelling. */
export const parameterFields = Object.fromEntries(
  PARAMETERS.flatMap((one) => [one.name, ...one.aliases].map((name) => [name, given(one)])),
) as Readonly<Record<ParameterSpelling, ReturnType<typeof given>>>;
const isParameter = (name: string): boolean => name in parameterFields;
/** Those of a body's fields that are parameters. */
export const parametersIn = (body: Readonly<Record<string, unknown>>): Record<string, z.infer<typeof ParameterValue>> =>
  Object.fromEntries(
    Object.entries(body).filter(([name, value]) => isParameter(name) && value !== undefined),
  ) as Record<string, z.infer<typeof ParameterValue>>;

export const changeOptions = {
  validation_mode: z
    .enum(['strict', 'loose'])
    .default('strict')
    .describe(
      'strict: refused as a whole when the device cannot have one of the parameters or a value is out of range; what was written before the device refused another is written back. loose: those are left out and reported.',
    ),
  apply_immediately: z
    .boolean()
    .default(true)
    .describe('false: held until nothing charges on the device, for at most a week.'),
  backup_current: z
    .boolean()
    .default(false)
    .describe('Read the whole configuration first and keep it as a version of its own.'),
  reason: text(200).optional().describe('Kept with the version.'),
};
const someParameter = [
  (body: Readonly<Record<string, unknown>>) => Object.keys(parametersIn(body)).length > 0,
  'name at least one parameter',
] as const;
const ChangeBody = z
  .strictObject({ ...parameterFields, ...changeOptions })
  .refine(...someParameter)
  .meta({ id: 'ParameterChangeRequest' });

export const RequestedBy = z
  .object({ client_id: z.string().nullable(), name: z.string().nullable() })
  .meta({ id: 'RequestedBy' });
const ParameterResult = z
  .object({
    name: z.string(),
    requested: Value,
    before: Value.describe('null: not known, or not set.'),
    actual: Value.describe('As the device has it now; null: it cannot tell.'),
    outcome: ParameterOutcome.describe(
      'mismatch: the device took it and tells another value. unknown: the device did not answer. undone: written, and written back because the device refused another parameter of a strict change. not_tried: the change came to an end before. superseded: a later change has set it meanwhile.',
    ),
    reason: z.string().nullable(),
  })
  .meta({ id: 'ParameterResult' });
export const ParameterChange = z
  .object({
    change_id: z.string(),
    phy_id: z.string(),
    status: z
      .enum(['held', 'waiting', 'applying', 'done'])
      .describe('held: until the device is idle. waiting: for the device, or for another change of it.'),
    outcome: ChangeOutcome.nullable().describe(
      'null: not done yet. superseded: later changes of the device have set all of it.',
    ),
    reason: z.string().nullable(),
    source: z.string().describe('api, batch, template or restore.'),
    requested_by: RequestedBy,
    note: z.string().nullable(),
    job_id: z.string().nullable(),
    requested: Values,
    parameters: z.array(ParameterResult).nullable().describe('null: not done yet.'),
    version: z.int().nullable().describe('Version that it made; null: nothing changed.'),
    created_at: instant,
    expires_at: instant,
    finished_at: instant.nullable(),
  })
  .meta({ id: 'ParameterChange' });
export type ParameterChange = z.infer<typeof ParameterChange>;

const support = {
  support: z
    .enum(['native', 'emulated', 'none'])
    .describe('native: the device has it. emulated: the platform keeps to it. none: CAPABILITY_NOT_SUPPORTED.'),
  why: z.string().nullable(),
};
/** Where what is known of a parameter comes from, and how old it is. */
export const known = {
  source: z
    .enum(['device', 'platform', 'written'])
    .nullable()
    .describe(
      'device: as it told. platform: as the platform keeps to. written: taken, but never told. null: not known.',
    ),
  known_at: instant.nullable(),
  age_s: z.int().nullable().describe('s since then.'),
};
export const refreshed = z
  .enum(['complete', 'partial', 'offline', 'no_reply'])
  .nullable()
  .describe('How far the device could be asked; null: it was not.');
const DeviceParameter = z
  .object({
    name: z.string(),
    value: Value,
    unit: z.string(),
    ...known,
    ...support,
  })
  .meta({ id: 'DeviceParameter' });
const DeviceParameters = z
  .object({
    phy_id: z.string(),
    protocol: z.string().nullable(),
    version: z.int().nullable().describe('The latest; null: nothing was changed yet.'),
    refreshed,
    params: Values.describe('What is known, by name.'),
    parameters: z.array(DeviceParameter),
  })
  .meta({ id: 'DeviceParameters' });
export const ParameterVersion = z
  .object({
    phy_id: z.string(),
    version: z.int(),
    change_id: z.string(),
    source: z.string().describe('api, batch, template, restore; backup: what was before a change.'),
    changed_by: RequestedBy,
    note: z.string().nullable(),
    job_id: z.string().nullable(),
    changes: z.array(z.object({ name: z.string(), before: Value, after: Value }).meta({ id: 'ParameterDifference' })),
    params: Values.describe('Everything that was known then.'),
    created_at: instant,
  })
  .meta({ id: 'ParameterVersion' });
const Definition = z
  .object({
    name: z.string(),
    aliases: z.array(z.string()),
    unit: z.string(),
    type: z.enum(['number', 'integer', 'range']),
    min: z.number(),
    max: z.number(),
    title: z.object({ en: z.string(), zh: z.string() }).meta({ id: 'ParameterTitle' }),
    description: z.string(),
    example: ParameterValue,
    support: z
      .record(z.string(), z.object(support).meta({ id: 'ParameterSupport' }))
      .describe('By protocol; with phy_id that of the device alone.'),
  })
  .meta({ id: 'ParameterDefinition' });

const tag = 'Parameters';
const waits = z
  .enum(['none', 'ack'])
  .optional()
  .describe('none: answer at once. ack: until it is done, at most 30 s. Left out: at most 2 s.');
const changePath = z.object({ phyId, changeId: z.string().min(1).max(100) });

const changeExample: ParameterChange = {
  change_id: 'prm_9f1c2d4e',
  phy_id: '04AB373B',
  status: 'done',
  outcome: 'applied',
  reason: null,
  source: 'api',
  requested_by: { client_id: '0190a0e0-0000-7000-8000-0000000000c1', name: null },
  note: null,
  job_id: null,
  requested: { max_current: 32, voltage_threshold: [200, 250] },
  parameters: [
    { name: 'max_current', requested: 32, before: 16, actual: 32, outcome: 'applied', reason: null },
    {
      name: 'voltage_threshold',
      requested: [200, 250],
      before: [100, 270],
      actual: [200, 250],
      outcome: 'applied',
      reason: null,
    },
  ],
  version: 7,
  created_at: '2024-01-13T10:00:00.000Z',
  expires_at: '2024-01-14T10:00:00.000Z',
  finished_at: '2024-01-13T10:00:02.000Z',
};
const heldExample: ParameterChange = {
  ...changeExample,
  status: 'held',
  outcome: null,
  parameters: null,
  version: null,
  finished_at: null,
};
const phyIdExample = { phyId: changeExample.phy_id };
const changePathExample = { ...phyIdExample, changeId: changeExample.change_id };

export const listParameters = defineRoute({
  id: 'listParameters',
  method: 'GET',
  path: '/api/third/parameters',
  scope: 'devices:read',
  tag,
  summary: 'The parameter dictionary',
  description: 'Every parameter that devices can be given: unit, range, spellings, and what has it.',
  query: { phy_id: phyId.optional() },
  response: z.object({ parameters: z.array(Definition) }).meta({ id: 'ParameterDictionary' }),
  errors: [DeviceNotFound],
  example: {
    params: {},
    query: { phy_id: '04AB373B' },
    response: {
      parameters: [
        {
          name: 'temperature_threshold',
          aliases: ['temp_threshold'],
          unit: '°C',
          type: 'integer',
          min: 20,
          max: 120,
          title: { en: 'Temperature limit', zh: '温度阈值' },
          description: 'Highest temperature of a port while charging.',
          example: 60,
          support: { ap3000: { support: 'native', why: 'portAlarmTempC of run2' } },
        },
      ],
    },
  },
});

export const setParameters = defineRoute({
  id: 'setParameters',
  method: 'POST',
  path: '/api/third/devices/{phyId}/params',
  scope: 'params:write',
  tag,
  summary: 'Set parameters of a device',
  description:
    'The device is asked what it has, given what differs, asked again, and compared. What it cannot have the platform keeps to where it can, which `support` of the parameter tells. Changes of one device are carried out one after the other, the latest of those that wait first; one for a device that is away waits for it for a day, and leaves out what later changes have set meanwhile. The end is told by the webhook device.param_result.',
  params: devicePath,
  query: { wait: waits },
  body: ChangeBody,
  response: ParameterChange,
  ordersDevice: true,
  errors: [DeviceNotFound, CapabilityNotSupported],
  example: {
    params: phyIdExample,
    body: {
      max_current: 32,
      voltage_threshold: [200, 250],
      validation_mode: 'strict',
      apply_immediately: true,
      backup_current: true,
    },
    response: changeExample,
  },
});

export const getParameters = defineRoute({
  id: 'getParameters',
  method: 'GET',
  path: '/api/third/devices/{phyId}/params',
  scope: 'devices:read',
  tag,
  summary: 'Parameters of a device',
  description: 'What is known, with where it comes from and how old it is. refresh=true asks the device first.',
  params: devicePath,
  query: { refresh: flagInQuery.optional() },
  response: DeviceParameters,
  errors: [DeviceNotFound],
  example: {
    params: phyIdExample,
    query: { refresh: 'true' },
    response: {
      phy_id: '04AB373B',
      protocol: 'ap3000',
      version: 7,
      refreshed: 'complete',
      params: { voltage_threshold: [200, 250] },
      parameters: [
        {
          name: 'voltage_threshold',
          value: [200, 250],
          unit: 'V',
          source: 'device',
          known_at: '2024-01-13T10:00:02.000Z',
          age_s: 12,
          support: 'native',
          why: 'underVoltageV, overVoltageV of limits',
        },
      ],
    },
  },
});

export const listParameterChanges = defineList({
  id: 'listParameterChanges',
  method: 'GET',
  path: '/api/third/devices/{phyId}/params/changes',
  scope: 'devices:read',
  tag,
  summary: 'Changes that were asked for',
  params: devicePath,
  query: { status: ParameterChange.shape.status.optional() },
  sort: ['created_at'],
  response: ParameterChange,
  errors: [DeviceNotFound],
  example: { params: phyIdExample, query: { status: 'held' }, response: heldExample },
});

export const getParameterChange = defineRoute({
  id: 'getParameterChange',
  method: 'GET',
  path: '/api/third/devices/{phyId}/params/changes/{changeId}',
  scope: 'devices:read',
  tag,
  summary: 'One change of parameters',
  params: changePath,
  response: ParameterChange,
  errors: [DeviceNotFound, ParameterChangeNotFound],
  example: { params: changePathExample, response: changeExample },
});

export const cancelParameterChange = defineRoute({
  id: 'cancelParameterChange',
  method: 'POST',
  path: '/api/third/devices/{phyId}/params/changes/{changeId}/cancel',
  scope: 'params:write',
  tag,
  summary: 'Take back a change that was not begun',
  params: changePath,
  response: ParameterChange,
  errors: [DeviceNotFound, ParameterChangeNotFound, ParameterChangeNotCancellable],
  example: {
    params: changePathExample,
    response: { ...changeExample, outcome: 'cancelled', parameters: [], version: null },
  },
});

export const listParameterVersions = defineList({
  id: 'listParameterVersions',
  method: 'GET',
  path: '/api/third/devices/{phyId}/params/versions',
  scope: 'devices:read',
  tag,
  summary: 'Versions of a device’s parameters',
  description: 'Every change: who, when, before, after.',
  params: devicePath,
  sort: ['version'],
  response: ParameterVersion,
  errors: [DeviceNotFound],
  example: {
    params: phyIdExample,
    response: {
      phy_id: '04AB373B',
      version: 7,
      change_id: changeExample.change_id,
      source: 'api',
      changed_by: changeExample.requested_by,
      note: null,
      job_id: null,
      changes: [{ name: 'max_current', before: 16, after: 32 }],
      params: { max_current: 32, voltage_threshold: [200, 250] },
      created_at: '2024-01-13T10:00:02.000Z',
    },
  },
});

export const restoreParameterVersion = defineRoute({
  id: 'restoreParameterVersion',
  method: 'POST',
  path: '/api/third/devices/{phyId}/params/versions/{version}/restore',
  scope: 'params:write',
  tag,
  summary: 'Bring a version back',
  description: 'A new change with the values of that version; what it did not know stays as it is.',
  params: z.object({ phyId, version: numberInQuery(z.int().min(1).max(2_147_483_647)) }),
  query: { wait: waits },
  body: z
    .strictObject({ ...changeOptions, validation_mode: changeOptions.validation_mode.default('loose') })
    .prefault({})
    .meta({ id: 'ParameterRestoreRequest' }),
  response: ParameterChange,
  ordersDevice: true,
  errors: [DeviceNotFound, ParameterVersionNotFound, CapabilityNotSupported],
  example: {
    params: { ...phyIdExample, version: 6 },
    body: {},
    response: { ...changeExample, source: 'restore', note: 'version 6' },
  },
});
