import { ClientId, DeviceId } from '@chargebus/domain';
import { z } from 'zod';
import { CommandView } from './command.requests';
import { audience } from './audience';
import { defineRequest } from './define-request';

const socketNo = z.number().int().min(1).max(250);
const mac = z.string().regex(/^[0-9a-f]{12}$/);
const uid = z.string().min(1).max(40); // on the sticker; not on the wire

export const SocketView = z.object({
  socketNo,
  mac: mac.nullable(), // null: it told of itself and is in no list
  uid: uid.nullable(),
  state: z.enum(['pending', 'online', 'offline', 'unlisted']),
  portNos: z.array(z.number().int()), // those that it told of
});
export const SocketNetworkView = z.object({
  deviceId: DeviceId,
  channel: z.number().int().nullable(), // null: not known
  sockets: z.array(SocketView),
  plannedBy: z.string().nullable(), // command whose list the device has not taken yet
});
export type SocketNetworkView = z.infer<typeof SocketNetworkView>;

const ref = { ...audience, deviceId: z.string().min(1).max(64) };
/** Errors: DEVICE_NOT_FOUND. */
export const GetSockets = defineRequest({
  subject: 'cb.ask.device.sockets',
  timeoutMs: 5_000,
  request: z.object(ref),
  reply: SocketNetworkView,
});
/**
 * Orders the whole list; the table follows when the device has taken it. Errors: DEVICE_NOT_FOUND,
 * CAPABILITY_NOT_SUPPORTED, VALIDATION_FAILED (a UID without a known MAC), PORT_BUSY (a socket that would go charges).
 */
export const PutSockets = defineRequest({
  subject: 'cb.ask.device.put_sockets',
  timeoutMs: 6_000,
  request: z.object({
    ...ref,
    clientId: ClientId,
    channel: z.number().int().min(1).max(15).nullable(), // null: as it is
    sockets: z
      .array(z.object({ socketNo, mac: mac.nullable(), uid: uid.nullable() })) // one of mac and uid at least
      .min(1)
      .max(250),
    wait: z.object({ until: z.enum(['sent', 'finished']), timeoutMs: z.number().int().min(1).max(120_000) }).nullable(),
  }),
  reply: z.object({ network: SocketNetworkView, command: CommandView }),
});
