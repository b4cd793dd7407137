import { ClientId, Instant, PortNo, SessionId } from '@chargebus/domain';
import { z } from 'zod';
import { defineEvent } from '../define-event';
import type { EventOf } from '../define-event';

/** One sample of a running charge, at most one per `notify_interval`; never invented between samples. */
export const ChargingProgress = defineEvent({
  type: 'charging.progress',
  version: 1,
  title: 'A charge goes on',
  data: z.object({
    sessionId: SessionId,
    orderNo: z.string().nullable(), // the integrator's; null: nobody ordered it
    userId: z.string().nullable(), // the integrator's
    clientId: ClientId.nullable(), // who ordered it
    portNo: PortNo.nullable(), // null: the device has not chosen yet
    durationS: z.number().nonnegative(),
    energyWh: z.number().nonnegative(),
    powerW: z.number().nullable(),
    voltageV: z.number().nullable(),
    currentA: z.number().nullable(),
    frequencyHz: z.number().nullable(),
    temperatureC: z.number().nullable(),
    socPct: z.number().nullable(),
    progressPct: z.number().min(0).max(100).nullable(), // null: until full
    progressBasis: z.enum(['time', 'energy', 'amount']).nullable(), // the limit that is nearest
    estimatedRemainingS: z.number().nonnegative().nullable(),
    sampledAt: Instant,
    phase: z.enum(['charging', 'finished_waiting_pickup']),
  }),
  example: {
    sessionId: 'SES20240113001',
    orderNo: 'ORD001',
    userId: 'USER001',
    clientId: null,
    portNo: 1,
    durationS: 60,
    energyWh: 1200,
    powerW: 7200,
    voltageV: 220.5,
    currentA: 32.7,
    frequencyHz: 50,
    temperatureC: 45,
    socPct: null,
    progressPct: 15.5,
    progressBasis: 'time',
    estimatedRemainingS: 300,
    sampledAt: '2024-01-13T10:01:00.000Z',
    phase: 'charging',
  },
});
export type ChargingProgress = EventOf<typeof ChargingProgress>;
