import { ClientId, Instant, PortNo, SessionId } from '@chargebus/domain';
import { z } from 'zod';
import { defineEvent } from '../define-event';
import type { EventOf } from '../define-event';

/** The one terminal event of a session that never started or was never settled. */
export const ChargingFailed = defineEvent({
  type: 'charging.failed',
  version: 1,
  title: 'A charge never started or was never settled',
  data: z.object({
    sessionId: SessionId,
    orderNo: z.string().nullable(), // the integrator's; null: nobody ordered it
    userId: z.string().nullable(), // the integrator's
    clientId: ClientId.nullable(), // who ordered it
    portNo: PortNo.nullable(), // null: the device has not chosen yet
    reason: z.string(), // token: no_charger, no_response, expired, device_offline, not_settled …
    message: z.string(),
    startedAt: Instant.nullable(),
    lastEnergyWh: z.number().nullable(), // last reported total of a charge that was never settled
    waitingPorts: z.array(PortNo), // ports with a vehicle waiting, when the device could not choose
  }),
  example: {
    sessionId: 'SES20240113001',
    orderNo: 'ORD001',
    userId: 'USER001',
    clientId: null,
    portNo: 1,
    reason: 'no_charger',
    message: 'no charger is plugged in',
    startedAt: null,
    lastEnergyWh: null,
    waitingPorts: [],
  },
});
export type ChargingFailed = EventOf<typeof ChargingFailed>;
