import { PortNo, PortState } from '@chargebus/domain';
import { z } from 'zod';
import { defineEvent } from '../define-event';
import type { EventOf } from '../define-event';

/** A port changed its state. */
export const PortStatusChanged = defineEvent({
  type: 'port.status_changed',
  version: 1,
  title: 'A port changed its state',
  internal: true,
  data: z.object({
    portNo: PortNo,
    from: PortState.nullable(),
    to: PortState,
    detail: z.string().optional(), // the device's own word for it, where it says more
  }),
  example: {
    portNo: 1,
    from: 'idle',
    to: 'charging',
  },
});
export type PortStatusChanged = EventOf<typeof PortStatusChanged>;
