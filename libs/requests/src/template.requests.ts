import { DeviceId, Instant, VARIABLE_KEYS } from '@chargebus/domain';
import { z } from 'zod';
import { audience } from './audience';
import { defineRequest } from './define-request';
import { JobReport } from './job.requests';
import { Page, PageQuery } from './paging';
import { Actor, GetParameters, NamedValue } from './parameter.requests';

const number = z.union([z.number(), z.string().max(60)]); // a variable: {{name}}
export const TemplateValue = z.union([number, z.tuple([number, number])]);
export const TemplateVariable = z.object({
  name: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/),
  defaultValue: z.number().nullable(),
  by: z.partialRecord(z.enum(VARIABLE_KEYS), z.record(z.string().max(100), z.number())),
});
const content = {
  values: z.record(z.string(), TemplateValue),
  variables: z.array(TemplateVariable).max(50),
  actor: Actor,
  note: z.string().max(200).nullable(),
};
export const TemplateView = z.object({
  templateId: z.string(),
  name: z.string(),
  groups: z.array(z.string()),
  version: z.number().int(),
  ...content,
  createdAt: Instant,
});
export type TemplateView = z.infer<typeof TemplateView>;
const templateId = z.string().max(100);
const groups = z.array(z.string().max(64)).max(1_000);

/**
 * Errors of all: TEMPLATE_NOT_FOUND; of those that change one: VALIDATION_FAILED for what no device could have,
 * BEYOND_DATA_SCOPE for groups that the audience does not have.
 */
export const CreateTemplate = defineRequest({
  subject: 'cb.ask.fleet.template.create',
  timeoutMs: 5_000,
  request: z.object({ ...audience, name: z.string().max(100), groups, ...content }), // also TEMPLATE_EXISTS
  reply: TemplateView,
});
export const ReviseTemplate = defineRequest({
  subject: 'cb.ask.fleet.template.revise',
  timeoutMs: 5_000,
  request: z.object({ ...audience, templateId, ...content }),
  reply: TemplateView,
});
export const AssignTemplate = defineRequest({
  subject: 'cb.ask.fleet.template.assign',
  timeoutMs: 5_000,
  request: z.object({ ...audience, templateId, groups }),
  reply: TemplateView,
});
export const DeleteTemplate = defineRequest({
  subject: 'cb.ask.fleet.template.delete',
  timeoutMs: 5_000,
  request: z.object({ ...audience, templateId }),
  reply: TemplateView,
});
export const GetTemplate = defineRequest({
  subject: 'cb.ask.fleet.template.get',
  timeoutMs: 5_000,
  request: z.object({ ...audience, templateId }),
  reply: TemplateView,
});
export const ListTemplates = defineRequest({
  subject: 'cb.ask.fleet.template.list',
  timeoutMs: 5_000,
  request: z.object({ ...audience, page: PageQuery }),
  reply: Page(TemplateView),
});
export const ListTemplateVersions = defineRequest({
  subject: 'cb.ask.fleet.template.versions',
  timeoutMs: 5_000,
  request: z.object({ ...audience, templateId, page: PageQuery }),
  reply: Page(TemplateView),
});

const drift = {
  status: z.enum(['in_sync', 'drifted', 'unknown', 'unresolved']),
  differences: z.array(
    z.object({
      name: z.string(),
      expected: NamedValue,
      actual: NamedValue,
      source: z.enum(['device', 'platform', 'written']),
      knownAt: Instant,
    }),
  ),
  unknown: z.array(z.string()), // of which nothing was told yet
  problems: z.array(z.string()),
};
export const TemplateDrift = z.object({ deviceId: DeviceId, ...drift });
export type TemplateDrift = z.infer<typeof TemplateDrift>;
/** Which devices of its groups differ from it, by what is known of them. */
export const FindDrift = defineRequest({
  subject: 'cb.ask.fleet.template.drift',
  timeoutMs: 5_000,
  request: z.object({
    ...audience,
    templateId,
    deviceId: z.string().max(64).nullable(), // this device alone
    page: PageQuery, // of the devices of its groups
  }),
  reply: Page(TemplateDrift),
});
/** One device against every template of its groups. Errors: DEVICE_NOT_FOUND. */
export const GetDeviceDrift = defineRequest({
  subject: 'cb.ask.fleet.template.device_drift',
  timeoutMs: 5_000, // plus waitMs
  request: GetParameters.request,
  reply: z.object({
    deviceId: DeviceId,
    refreshed: GetParameters.reply.shape.refreshed,
    templates: z.array(z.object({ templateId: z.string(), name: z.string(), version: z.number().int(), ...drift })),
  }),
});
/** A job that gives every device of its groups what it resolves to. */
export const PushTemplate = defineRequest({
  subject: 'cb.ask.fleet.template.push',
  timeoutMs: 5_000,
  request: z.object({
    ...audience,
    templateId,
    mode: z.enum(['strict', 'loose']),
    hold: z.boolean(),
    actor: Actor,
  }),
  reply: JobReport,
});
