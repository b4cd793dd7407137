import { ClientId, Instant, PortNo, SessionId } from '@chargebus/domain';
import { z } from 'zod';
import { defineEvent } from '../define-event';
import type { EventOf } from '../define-event';
import { StartSource } from '../protocol/protocol-event';

/** The one terminal event of a session that was settled. */
export const ChargingCompleted = defineEvent({
  type: 'charging.completed',
  version: 1,
  title: 'A charge is settled',
  data: z.object({
    sessionId: SessionId,
    orderNo: z.string().nullable(), // the integrator's; null: nobody ordered it
    userId: z.string().nullable(), // the integrator's
    clientId: ClientId.nullable(), // who ordered it
    portNo: PortNo.nullable(), // null: the device has not chosen yet
    source: StartSource,
    cardId: z.string().nullable(),
    startedAt: Instant,
    endedAt: Instant,
    durationS: z.number().nonnegative(),
    energyWh: z.number().nonnegative(),
    averagePowerW: z.number().nullable(),
    peakPowerW: z.number().nullable(),
    minPowerW: z.number().nullable(),
    powerFactor: z.number().nullable(), // null: the device does not measure it
    endReason: z.string(),
    abnormal: z.boolean(), // ended by protection or a fault
    /** Of devices that name their charges and report a meter's register; absent: of others. */
    meter: z
      .object({
        transactionRef: z.string().nullable(), // how the device named the charge
        startWh: z.number().nullable(), // register at the beginning; null: never told
        stopWh: z.number().nullable(),
        suspect: z.boolean(), // the energy is not to be billed without a look
        estimated: z.boolean(), // not the difference of two registers
        offline: z.boolean(), // it ran while the device could not reach us
        incomplete: z.boolean(), // the device told of steps that never came
      })
      .optional(),
  }),
  example: {
    sessionId: 'SES20240113001',
    orderNo: 'ORD001',
    userId: 'USER001',
    clientId: null,
    portNo: 1,
    source: 'platform',
    cardId: null,
    startedAt: '2024-01-13T10:00:00.000Z',
    endedAt: '2024-01-13T11:00:00.000Z',
    durationS: 3600,
    energyWh: 5800,
    averagePowerW: 5800,
    peakPowerW: 7200,
    minPowerW: 5000,
    powerFactor: 0.98,
    endReason: 'time_limit_reached',
    abnormal: false,
  },
});
export type ChargingCompleted = EventOf<typeof ChargingCompleted>;
