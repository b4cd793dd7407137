import { PortNo } from '@chargebus/domain';
import { z } from 'zod';
import { defineEvent } from '../define-event';
import type { EventOf } from '../define-event';

/** A fault is over. */
export const DeviceRecovered = defineEvent({
  type: 'device.recovered',
  version: 1,
  title: 'A fault is over',
  data: z.object({
    faultId: z.string(),
    faultType: z.string(),
    portNo: PortNo.nullable(),
    durationS: z.number().nonnegative(),
  }),
  example: {
    faultId: 'flt_1',
    faultType: 'temperature_overheat',
    portNo: 1,
    durationS: 600,
  },
});
export type DeviceRecovered = EventOf<typeof DeviceRecovered>;
