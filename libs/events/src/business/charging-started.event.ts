import { ClientId, Instant, PortNo, SessionId } from '@chargebus/domain';
import { z } from 'zod';
import { defineEvent } from '../define-event';
import type { EventOf } from '../define-event';
import { StartSource } from '../protocol/protocol-event';

/** A port began to deliver energy: after the device's positive answer or its first progress, once per session. */
export const ChargingStarted = defineEvent({
  type: 'charging.started',
  version: 1,
  title: 'A port began to deliver energy',
  data: z.object({
    sessionId: SessionId,
    orderNo: z.string().nullable(), // the integrator's; null: nobody ordered it
    userId: z.string().nullable(), // the integrator's
    clientId: ClientId.nullable(), // who ordered it
    portNo: PortNo.nullable(), // null: the device has not chosen yet
    source: StartSource,
    mode: z.number().int().min(1).max(4).nullable(), // 1 time, 2 energy, 3 power, 4 until full; null: started at the device
    timeLimitMin: z.number().nullable(),
    energyLimitKwh: z.number().nullable(),
    powerLimitW: z.number().nullable(),
    startedAt: Instant,
    estimatedEndAt: Instant.nullable(),
  }),
  example: {
    sessionId: 'SES20240113001',
    orderNo: 'ORD001',
    userId: 'USER001',
    clientId: null,
    portNo: 1,
    source: 'platform',
    mode: 1,
    timeLimitMin: 120,
    energyLimitKwh: 50,
    powerLimitW: 7000,
    startedAt: '2024-01-13T10:00:00.000Z',
    estimatedEndAt: '2024-01-13T12:00:00.000Z',
  },
});
export type ChargingStarted = EventOf<typeof ChargingStarted>;
