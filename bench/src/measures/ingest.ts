import { Installation, throwAwayNats } from '@chargebus/testing';
import { answer, end, startChild } from '../child';
import type { Figure } from '../report';
import { delay } from '../statistics';

const SOCKETS = 1_000;
const OFFERED_PER_S = 10_500; // a little above what must be reached
const SECONDS = 60;
const CEILING_SECONDS = 10;
const CEILING_OFFERED_PER_S = 60_000; // more than one process can take: the sockets push back

interface Sent {
  readonly sent: number;
  readonly seconds: number;
}

/** What a bare server decodes and publishes per second, with the same generator on the same machine. */
async function ceiling(): Promise<number> {
  const nats = await throwAwayNats();
  const server = await startChild('ceilings/bare-ingest.js', { NATS_URL: nats.url });
  const fleet = await startChild('fleet-process.js');
  try {
    fleet.child.send({ connect: { port: server.port, devices: SOCKETS, firstDeviceNo: 1, vehicles: 'unanswered' } });
    await answer(fleet.child);
    const published = async (): Promise<number> => {
      server.child.send('count');
      return (await answer<{ published: number }>(server.child)).published;
    };
    const before = await published();
    const began = performance.now();
    fleet.child.send({ load: { ratePerS: CEILING_OFFERED_PER_S, seconds: CEILING_SECONDS } });
    await answer(fleet.child);
    return ((await published()) - before) / ((performance.now() - began) / 1000);
  } finally {
    await Promise.all([end(server.child), end(fleet.child)]);
    await nats.stop();
  }
}

/** Progress frames from the sockets to committed meter values, and the same state in `charge/status`. */
export async function measureIngest(): Promise<Figure[]> {
  const bare = await ceiling();
  const installation = await Installation.start({
    settings: { 'protocol-gateway': { DEVICE_MAX_CONNECTIONS_PER_ADDRESS: '30000' } },
  });
  const fleet = await startChild('fleet-process.js');
  try {
    fleet.child.send({
      connect: { port: installation.devicePort, devices: SOCKETS, firstDeviceNo: 1, vehicles: 'charging' },
    });
    await answer(fleet.child);
    const stored = async (): Promise<number> =>
      Number(
        (await installation.database.query<{ n: string }>('SELECT count(*) AS n FROM session.meter_values'))[0]?.n ?? 0,
      );
    const before = await stored();
    fleet.child.send({ load: { ratePerS: OFFERED_PER_S, seconds: SECONDS } });
    const { sent, seconds } = await answer<Sent>(fleet.child);
    const ended = performance.now();
    while ((await stored()) - before < sent && performance.now() - ended < 30_000) await delay(50);
    const backlogS = (performance.now() - ended) / 1000;
    const lost = sent - ((await stored()) - before);
    const rate = sent / seconds;
    return [
      {
        measure: `progress frames from ${SOCKETS} sockets to committed state, ${SECONDS} s`,
        unit: 'frames/s',
        value: rate,
        must: { atLeast: 10_000 },
        ceiling: { what: 'bare decode and publish', value: bare },
        note: `${lost} of ${sent} lost`,
      },
      { measure: 'frames lost in that run', unit: '', value: lost, must: { atMost: 0 }, ceiling: null },
      {
        measure: 'backlog gone after the end of that run',
        unit: 's',
        value: backlogS,
        must: { atMost: 2 },
        ceiling: null,
      },
    ];
  } finally {
    await end(fleet.child);
    await installation.stop();
  }
}
