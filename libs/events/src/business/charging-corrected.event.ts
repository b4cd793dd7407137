import { ClientId, Instant, PortNo, SessionId } from '@chargebus/domain';
import { z } from 'zod';
import { defineEvent } from '../define-event';
import type { EventOf } from '../define-event';

/**
 * What the device told late about a charge that was over here changes its account. The terminal event stays the only
 * one; this takes the place of its figures.
 */
export const ChargingCorrected = defineEvent({
  type: 'charging.corrected',
  version: 1,
  title: 'The account of an ended charge was corrected',
  data: z.object({
    sessionId: SessionId,
    orderNo: z.string().nullable(), // the integrator's; null: nobody ordered it
    userId: z.string().nullable(), // the integrator's
    clientId: ClientId.nullable(), // who ordered it
    portNo: PortNo.nullable(),
    supersedes: z.string(), // id of the event that gave the account before: terminal, or a correction
    startedAt: Instant,
    endedAt: Instant,
    durationS: z.number().nonnegative(),
    energyWh: z.number().nonnegative(),
    endReason: z.string(),
    suspect: z.boolean(), // nothing should be billed by it without a look
    estimated: z.boolean(), // not the difference of two registers of the charge itself
    incomplete: z.boolean(), // the device told of it with gaps
  }),
  example: {
    sessionId: 'SES20240113001',
    orderNo: 'ORD001',
    userId: 'USER001',
    clientId: null,
    portNo: 1,
    supersedes: 'evt_2Zt0pTQyq0pJ5m3cXr1dWw',
    startedAt: '2024-01-13T10:00:00.000Z',
    endedAt: '2024-01-13T11:00:00.000Z',
    durationS: 3600,
    energyWh: 5900,
    endReason: 'time_limit_reached',
    suspect: false,
    estimated: false,
    incomplete: false,
  },
});
export type ChargingCorrected = EventOf<typeof ChargingCorrected>;
