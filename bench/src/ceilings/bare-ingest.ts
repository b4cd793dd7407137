import { toInstant } from '@chargebus/domain';
import type { ProtocolEvent } from '@chargebus/events';
import { ensureStreams, factSubject } from '@chargebus/messaging';
import { ap3000Driver } from '@chargebus/protocol-ap3000';
import { jetstream } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { createServer } from 'node:net';

/**
 * A socket server that decodes and publishes, and nothing else: no routing, limits, answers, batching or state. The
 * ceiling of the ingest figure. One message per fact, at most `IN_FLIGHT` unacknowledged; sockets wait beyond that.
 */
const IN_FLIGHT = 500;

async function main(): Promise<void> {
  const nc = await connect({ servers: new URL(process.env.NATS_URL ?? '').host });
  await ensureStreams(nc);
  const js = jetstream(nc);
  let inFlight = 0;
  let published = 0;
  const waiting: (() => void)[] = [];
  const publish = (fact: ProtocolEvent): void => {
    inFlight++;
    void js
      .publish(factSubject(fact.deviceId), JSON.stringify({ v: 1, facts: [fact] }), { timeout: 60_000 })
      .finally(() => {
        published++;
        if (--inFlight < IN_FLIGHT / 2) for (const resume of waiting.splice(0)) resume();
      });
  };
  const server = createServer((socket) => {
    const connection = ap3000Driver.open(1);
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      const now = Date.now();
      const at = toInstant(now);
      for (const decoded of connection.push(chunk))
        for (const fact of connection.receive(decoded, at, now).facts) publish(fact);
      if (inFlight >= IN_FLIGHT && !socket.isPaused()) {
        socket.pause();
        waiting.push(() => socket.resume());
      }
    });
  });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    process.send?.({ port: typeof address === 'object' ? address?.port : 0 });
  });
  process.on('message', () => process.send?.({ published }));
  process.on('disconnect', () => process.exit(0));
}

void main();
