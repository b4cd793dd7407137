import { WebSocketServer } from 'ws';
import type { AddressInfo } from 'node:net';

/** The ceiling of OCPP calls: a server that parses and answers, and keeps nothing. */
const ANSWERS: Readonly<Record<string, object>> = {
  BootNotification: { status: 'Accepted', interval: 300, currentTime: new Date().toISOString() },
  Authorize: { idTagInfo: { status: 'Accepted' } },
  StartTransaction: { transactionId: 1, idTagInfo: { status: 'Accepted' } },
};
const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
server.on('connection', (socket) => {
  socket.on('error', () => undefined);
  socket.on('message', (data: Buffer) => {
    const [, id, action] = JSON.parse(data.toString()) as [number, string, string];
    socket.send(JSON.stringify([3, id, ANSWERS[action] ?? {}]));
  });
});
server.on('listening', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('disconnect', () => process.exit(0));
