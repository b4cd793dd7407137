import { Installation } from '@chargebus/testing';
import autocannon from 'autocannon';
import { answer, end, startChild } from '../child';
import type { Figure } from '../report';
import { signedHeaders } from '../signed-request';

const DEVICES = 200;
const FRAMES_PER_S = 2_000;
const SECONDS = 20;
const CONNECTIONS = 16;

interface Load {
  readonly rate: number;
  readonly p99Ms: number;
  readonly errors: number;
}

async function fire(
  url: string,
  next: () => { path: string; headers: Record<string, string> },
  seconds: number,
  ratePerS?: number,
): Promise<Load> {
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    duration: seconds,
    ...(ratePerS === undefined ? {} : { overallRate: ratePerS }),
    requests: [{ setupRequest: (request) => ({ ...request, ...next() }) }],
  });
  return { rate: result['2xx'] / result.duration, p99Ms: result.latency.p99, errors: result.non2xx + result.errors };
}

/** `GET …/charge/status`, signed, while frames flow. */
export async function measureStatus(): Promise<Figure[]> {
  const bare = await startChild('ceilings/bare-http.js');
  const top = await fire(
    `http://127.0.0.1:${bare.port}`,
    () => ({ path: '/', headers: signedHeaders('k', 's', 'GET', '/') }),
    8,
  );
  await end(bare.child);

  const installation = await Installation.start({
    settings: { api: { RATE_LIMIT_CLIENT_PER_MIN: '10000000', RATE_LIMIT_TENANT_PER_MIN: '10000000' } },
  });
  const fleet = await startChild('fleet-process.js');
  try {
    fleet.child.send({
      connect: { port: installation.devicePort, devices: DEVICES, firstDeviceNo: 1, vehicles: 'charging' },
    });
    const { deviceIds } = await answer<{ deviceIds: string[] }>(fleet.child);
    fleet.child.send({ load: { ratePerS: FRAMES_PER_S, seconds: 2 * SECONDS + 20 } });
    let turn = 0;
    const next = (): { path: string; headers: Record<string, string> } => {
      const path = `/api/third/devices/${deviceIds[turn++ % deviceIds.length] ?? ''}/charge/status?port_no=1&include_realtime=true`;
      return { path, headers: signedHeaders(installation.apiKey, installation.apiSecret, 'GET', path) };
    };
    const [url] = installation.baseUrls;
    await fire(url ?? '', next, 5); // warm
    const most = await fire(url ?? '', next, SECONDS);
    const steady = await fire(url ?? '', next, SECONDS, 1_500);
    return [
      {
        measure: `GET charge/status while ${FRAMES_PER_S} frames/s flow, ${CONNECTIONS} connections`,
        unit: 'requests/s',
        value: most.rate,
        must: { atLeast: 1_500 },
        ceiling: { what: 'bare HTTP server', value: top.rate },
        note: `${most.errors} errors, p99 ${most.p99Ms} ms`,
      },
      {
        measure: 'p99 of it at 1,500 requests/s',
        unit: 'ms',
        value: steady.p99Ms,
        must: { atMost: 25 },
        ceiling: { what: 'bare HTTP server, p99 at its most', value: top.p99Ms },
        note: `${steady.errors} errors`,
      },
    ];
  } finally {
    await end(fleet.child);
    await installation.stop();
  }
}
