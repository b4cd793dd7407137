import { z } from 'zod';
import { defineEvent } from '../define-event';
import type { EventOf } from '../define-event';
import { PortReport } from '../protocol/protocol-event';

/** High frequency; delivered only to endpoints that name it, never by a wildcard. */
export const DeviceHeartbeat = defineEvent({
  type: 'device.heartbeat',
  version: 1,
  title: 'A device is alive',
  data: z.object({
    voltageV: z.number().nullable(),
    temperatureC: z.number().nullable(),
    signal: z.number().nullable(),
    ports: z.array(PortReport),
  }),
  example: {
    voltageV: 220.5,
    temperatureC: 28,
    signal: 21,
    ports: [{ portNo: 1, state: 'idle', fault: null }],
  },
});
export type DeviceHeartbeat = EventOf<typeof DeviceHeartbeat>;
