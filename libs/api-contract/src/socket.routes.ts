import { CapabilityNotSupported, DeviceNotFound, PortBusy, QueueFull } from '@chargebus/errors';
import { z } from 'zod';
import { Command, commandExample } from './command.routes';
import { defineRoute } from './define-route';
import { devicePath, wait } from './fields';

const socketNo = z.int().min(1).max(250).describe('Number that the platform gives the socket; unique per gateway.');
/** As printed on the back of a socket, with or without separators. */
const mac = z
  .string()
  .max(40)
  .transform((given) => given.replace(/[:\-.\s]/g, '').toLowerCase())
  .pipe(z.string().regex(/^[0-9a-f]{12}$/, 'must be 12 hexadecimal digits'))
  .describe('Radio address, 12 hex digits; separators are taken.');
const uid = z
  .string()
  .regex(/^[0-9A-Za-z-]{1,40}$/, 'must be 1 to 40 letters, digits or hyphens')
  .describe('Number on the sticker. Enough by itself once its MAC was given.');

const Socket = z
  .object({
    socket_no: z.int(),
    mac: z.string().nullable().describe('null: it told of itself and is in no list.'),
    uid: z.string().nullable(),
    state: z
      .enum(['pending', 'online', 'offline', 'unlisted'])
      .describe('pending: taken by the gateway, not heard of since. unlisted: heard of, and in no list.'),
    port_nos: z.array(z.int()).describe('Ports that it told of.'),
  })
  .meta({ id: 'Socket' });
export const SocketNetwork = z
  .object({
    phy_id: z.string(),
    channel: z.int().nullable().describe('Radio channel; null: not known.'),
    sockets: z.array(Socket),
    planned_by: z.string().nullable().describe('Command whose list the gateway has not taken yet.'),
  })
  .meta({ id: 'SocketNetwork' });

const unique = (values: readonly unknown[]): boolean => new Set(values).size === values.length;
const Wanted = z
  .strictObject({
    channel: z.int().min(1).max(15).nullish().describe('Radio channel; as it is when it is left out, 1 at first.'),
    sockets: z
      .array(
        z
          .strictObject({ socket_no: socketNo, mac: mac.nullish(), uid: uid.nullish() })
          .refine(({ mac: address, uid: sticker }) => address != null || sticker != null, 'needs mac or uid'),
      )
      .min(1, 'an empty list would cut every socket off')
      .max(250)
      .refine((sockets) => unique(sockets.map((socket) => socket.socket_no)), 'a socket number stands twice')
      .refine((sockets) => {
        const macs = sockets.flatMap(({ mac: address }) => (address == null ? [] : [address]));
        return unique(macs);
      }, 'a MAC stands twice'),
  })
  .meta({ id: 'SocketList' });

const common = { tag: 'Sockets', params: devicePath } as const;
const example = { phyId: '86004459453005' };
const networkExample = {
  phy_id: '86004459453005',
  channel: 4,
  sockets: [
    { socket_no: 1, mac: '450030700247', uid: '301015011402415', state: 'online' as const, port_nos: [1, 2] },
    { socket_no: 2, mac: '450030700743', uid: null, state: 'pending' as const, port_nos: [] },
  ],
  planned_by: null,
};

export const getSockets = defineRoute({
  ...common,
  id: 'getSockets',
  method: 'GET',
  path: '/api/third/devices/{phyId}/sockets',
  scope: 'devices:read',
  summary: 'Sockets of a radio network',
  description: 'The table of the platform is the only record: gateways do not tell theirs.',
  response: SocketNetwork,
  errors: [DeviceNotFound],
  example: { params: example, response: networkExample },
});
export const putSockets = defineRoute({
  ...common,
  id: 'putSockets',
  method: 'PUT',
  path: '/api/third/devices/{phyId}/sockets',
  scope: 'commands:write',
  summary: 'Set the sockets of a radio network',
  description:
    'The whole list that is to be. The gateway is ordered to take it; the table follows when it has (webhook device.network_changed), and `command` tells how far it is. A socket that charges can neither go nor get another number.',
  query: { wait: wait.default('none') },
  body: Wanted,
  ordersDevice: true,
  response: SocketNetwork.extend({ command: Command }).meta({ id: 'SocketNetworkOrdered' }),
  errors: [DeviceNotFound, CapabilityNotSupported, PortBusy, QueueFull],
  example: {
    params: example,
    body: {
      channel: 4,
      sockets: [
        { socket_no: 1, uid: '301015011402415' },
        { socket_no: 2, mac: '45:00:30:70:07:43' },
      ],
    },
    response: {
      ...networkExample,
      planned_by: commandExample.command_id,
      command: {
        ...commandExample,
        phy_id: example.phyId,
        session_id: null,
        action: 'network.refresh',
        parameters: { channel: 4, nodes: [{ socket_no: 2, mac: '450030700743' }] },
        command_status: 'queued' as const,
        result: null,
      },
    },
  },
});
