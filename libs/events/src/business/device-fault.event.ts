import { PortNo, SessionId } from '@chargebus/domain';
import { z } from 'zod';
import { defineEvent } from '../define-event';
import type { EventOf } from '../define-event';

/** Something is wrong with a device or port. */
export const DeviceFault = defineEvent({
  type: 'device.fault',
  version: 1,
  title: 'Something is wrong with a device or port',
  data: z.object({
    faultId: z.string(),
    faultType: z.string(),
    severity: z.enum(['info', 'warning', 'critical']),
    portNo: PortNo.nullable(),
    details: z.record(z.string(), z.unknown()),
    affectedSession: SessionId.nullable(),
    autoRecovery: z.boolean(), // false: the device never says that it is over
    suggestedActions: z.array(z.string()),
  }),
  example: {
    faultId: 'flt_1',
    faultType: 'temperature_overheat',
    severity: 'warning',
    portNo: 1,
    details: { current_temperature: 75, threshold: 60, sensor_id: 'T1' },
    affectedSession: 'SES20240113001',
    autoRecovery: false,
    suggestedActions: ['check_cooling'],
  },
});
export type DeviceFault = EventOf<typeof DeviceFault>;
