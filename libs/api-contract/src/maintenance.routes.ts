import { TenantNotFound } from '@chargebus/errors';
import { z } from 'zod';
import { defineRoute } from './define-route';
import { tag, tenantId, text } from './fields';

const time = z.iso.datetime({ offset: true });
const announcement = {
  maintenance_id: tag(64).describe('The same through all states of one piece of work.'),
  status: z.enum(['scheduled', 'started', 'finished', 'cancelled']),
  message: text(500),
  start_time: time,
  end_time: time.nullable().describe('null: not known.'),
  affects: z.array(tag(40)).max(20).describe('What may be slower or away: charging, api, webhooks, history …'),
};
const example = {
  maintenance_id: 'mnt_20240114',
  status: 'scheduled' as const,
  message: 'the database moves to new machines; orders may take a minute longer',
  start_time: '2024-01-14T02:00:00Z',
  end_time: '2024-01-14T02:30:00Z',
  affects: ['api'],
};

export const announceMaintenance = defineRoute({
  id: 'announceMaintenance',
  tag: 'Maintenance',
  method: 'POST',
  path: '/api/internal/maintenance',
  scope: 'internal',
  summary: 'Tell tenants of work on the installation',
  description:
    'Publishes system.maintenance to every active tenant, or to the one that is named. The same status of the same maintenance_id is told once.',
  body: z
    .strictObject({
      ...announcement,
      end_time: announcement.end_time.default(null),
      affects: announcement.affects.default([]),
      tenant_id: tenantId.nullish().describe('Only this one.'),
    })
    .refine(({ start_time: start, end_time: end }) => end === null || Date.parse(end) >= Date.parse(start), {
      path: ['end_time'],
      message: 'must not be before start_time',
    })
    .meta({ id: 'MaintenanceAnnouncement' }),
  status: 201,
  response: z.object({ ...announcement, tenants: z.int().describe('How many were told.') }),
  errors: [TenantNotFound],
  example: { params: {}, body: { ...example, tenant_id: null }, response: { ...example, tenants: 3 } },
});
