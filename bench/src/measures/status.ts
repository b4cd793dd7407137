import { Installation } from '@chargebus/testing';
import { answer, end, startChild } from '../child';
import { fire } from '../http-load';
import type { LoadCall } from '../http-load';
import type { Figure } from '../report';

const DEVICES = 200;
const FRAMES_PER_S = 2_000;
const SECONDS = 20;
/** `GET …/charge/status`, signed, while frames flow. */
export async function measureStatus(): Promise<Figure[]> {
  const bare = await startChild('ceilings/bare-http.js');
  const ceiling = { url: `http://127.0.0.1:${bare.port}`, apiKey: 'k', apiSecret: 's' };
  const top = await fire(ceiling, () => ({ method: 'GET', path: '/' }), 8);
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
    const next = (): LoadCall => ({
      method: 'GET',
      path: `/api/third/devices/${deviceIds[turn++ % deviceIds.length] ?? ''}/charge/status?port_no=1&include_realtime=true`,
    });
    const target = {
      url: installation.baseUrls[0] ?? '',
      apiKey: installation.apiKey,
      apiSecret: installation.apiSecret,
    };
    await fire(target, next, 5); // warm
    const most = await fire(target, next, SECONDS);
    const steady = await fire(target, next, SECONDS, 1_500);
    return [
      {
        measure: `GET charge/status while ${FRAMES_PER_S} frames/s flow, 16 connections`,
        unit: 'requests/s',
        value: most.rate,
        must: { atLeast: 1_500 },
        ceiling: { what: 'bare HTTP server', value: top.rate },
        note: `${most.errors}, p99 ${most.p99Ms} ms`,
      },
      {
        measure: 'p99 of it at 1,500 requests/s',
        unit: 'ms',
        value: steady.p99Ms,
        must: { atMost: 25 },
        ceiling: { what: 'bare HTTP server, p99 at its most', value: top.p99Ms },
        note: steady.errors,
      },
    ];
  } finally {
    await end(fleet.child);
    await installation.stop();
  }
}
