import { Instant } from '@chargebus/domain';
import { z } from 'zod';
import { defineEvent } from '../define-event';
import type { EventOf } from '../define-event';

/** The operators of the installation announce work on it, or that it began, ended or was called off. */
export const SystemMaintenance = defineEvent({
  type: 'system.maintenance',
  version: 1,
  title: 'Work on the installation',
  data: z.object({
    maintenanceId: z.string(), // the same through all its states
    state: z.enum(['scheduled', 'started', 'finished', 'cancelled']),
    message: z.string(),
    startsAt: Instant,
    endsAt: Instant.nullable(), // null: not known
    affects: z.array(z.string()), // tokens: charging, api, webhooks, history …
  }),
  example: {
    maintenanceId: 'mnt_1',
    state: 'scheduled',
    message: 'the database moves to new machines; orders may take a minute longer',
    startsAt: '2024-01-14T02:00:00.000Z',
    endsAt: '2024-01-14T02:30:00.000Z',
    affects: ['api'],
  },
});
export type SystemMaintenance = EventOf<typeof SystemMaintenance>;
