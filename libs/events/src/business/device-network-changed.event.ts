import { z } from 'zod';
import { defineEvent } from '../define-event';
import type { EventOf } from '../define-event';

/** The sockets of a radio network are others: a device took a list, or told of a socket that is in none. */
export const DeviceNetworkChanged = defineEvent({
  type: 'device.network_changed',
  version: 1,
  title: 'The sockets of a radio network are others',
  data: z.object({
    reason: z.enum(['confirmed', 'reported']),
    channel: z.number().int().nullable(), // null: not known
    sockets: z.array(
      z.object({
        socketNo: z.number().int().positive(),
        mac: z.string().nullable(), // null: a socket that is in no list of ours
        uid: z.string().nullable(),
        state: z.enum(['pending', 'online', 'offline', 'unlisted']),
      }),
    ),
  }),
  example: {
    reason: 'confirmed',
    channel: 4,
    sockets: [{ socketNo: 1, mac: '450030700247', uid: '301015011402415', state: 'pending' }],
  },
});
export type DeviceNetworkChanged = EventOf<typeof DeviceNetworkChanged>;
