import { z } from 'zod';
import { defineEvent } from '../define-event';
import type { EventOf } from '../define-event';

/** A device described itself for the first time or anew. */
export const DeviceRegistration = defineEvent({
  type: 'device.registered',
  version: 1,
  title: 'A device described itself for the first time or anew',
  data: z.object({
    protocol: z.string(),
    model: z.string().nullable(),
    firmwareVersion: z.string().nullable(),
    portCount: z.number().int().nullable(),
    iccid: z.string().nullable(),
  }),
  example: {
    protocol: 'ap3000',
    model: 'dual_socket',
    firmwareVersion: '6.40',
    portCount: 2,
    iccid: '898604D9162390488297',
  },
});
export type DeviceRegistration = EventOf<typeof DeviceRegistration>;
