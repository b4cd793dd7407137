import { Installation } from '@chargebus/testing';
import { answer, end, startChild } from '../child';
import { fire } from '../http-load';
import type { LoadCall } from '../http-load';
import type { Figure } from '../report';
import { untilOnline } from '../until-online';

const DEVICES = 2_000;
const FRAMES_PER_S = 400;
const RATE_PER_S = 800;
const SECONDS = 20;
const BATCH = 1_000;

const get = (path: string): LoadCall => ({ method: 'GET', path: `/api/third/${path}` });
const post = (path: string, body: unknown): LoadCall => ({ method: 'POST', path: `/api/third/${path}`, body });

/** What platforms ask all day; `phyId` is another device each time. */
const MIX: readonly ((phyId: string, turn: number) => LoadCall)[] = [
  (phyId) => get(`devices/${phyId}`),
  (phyId) => get(`devices/${phyId}/ports`),
  (phyId) => get(`devices/${phyId}/realtime`),
  (phyId) => get(`devices/${phyId}/charge/status?port_no=1`),
  (phyId) => get(`devices/${phyId}/charge/status?port_no=1&include_realtime=true`),
  (phyId) => get(`devices/${phyId}/logs?size=20`),
  (phyId) => get(`devices/${phyId}/params`),
  (phyId) => get(`devices/${phyId}/history?points=50`),
  (phyId) => get(`devices/${phyId}/alarms`),
  () => get('devices?page=1&size=20'),
  () => get('devices?online=true&type=AC&size=50'),
  (_, turn) => get(`devices?limit=20&offset=${(Math.floor(turn / MIX.length) % 50) * 20}`),
  () => get('devices/batch/summary'),
  () => get('commands?size=20'),
  () => get('webhooks/endpoints'),
  () => get('stations'),
  () => get('tokens?size=20'),
  () => get('jobs?size=20'),
  () => get('parameters'),
  (_, turn) => ({ method: 'PUT', path: `/api/third/tokens/BENCH${turn % 500}`, body: { status: 'accepted' } }),
];

/** Twenty endpoints, read for the most part, while a fleet reports; and the status of many devices at once. */
export async function measureApi(): Promise<Figure[]> {
  const bare = await startChild('ceilings/bare-http.js');
  const ceiling = { url: `http://127.0.0.1:${bare.port}`, apiKey: 'k', apiSecret: 's' };
  const top = await fire(ceiling, () => ({ method: 'GET', path: '/' }), 8, RATE_PER_S);
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
    await untilOnline(installation, DEVICES); // else many are asked for before they are known
    fleet.child.send({ load: { ratePerS: FRAMES_PER_S, seconds: 2 * SECONDS + 30 } });
    const { apiKey, apiSecret } = installation;
    const target = { url: installation.baseUrls[0] ?? '', apiKey, apiSecret };
    let turn = 0;
    const next = (): LoadCall => {
      turn++;
      const phyId = deviceIds[(turn * 7) % deviceIds.length] ?? '';
      return (MIX[turn % MIX.length] ?? get)(phyId, turn);
    };
    await fire(target, next, 8, RATE_PER_S); // warm
    const mix = await fire(target, next, SECONDS, RATE_PER_S);
    const asked = { device_phy_ids: deviceIds.slice(0, BATCH), include_ports: true, include_realtime: true };
    const ask = () => post('devices/batch/status', asked);
    await fire(target, ask, 4, 4, 1); // warm
    const batch = await fire(target, ask, 20, 4, 1); // on one connection, else they come in heaps
    const heading = `${MIX.length} endpoints at ${RATE_PER_S} requests/s, ${DEVICES} devices reporting`;
    return [
      {
        measure: `${heading}: p95`,
        unit: 'ms',
        value: mix.p95Ms,
        must: { atMost: 20 },
        ceiling: { what: 'bare HTTP server, p95 at that rate', value: top.p95Ms },
        note: `${mix.errors}, ${Math.round(mix.rate)} answers/s; 97.5th percentile`,
      },
      {
        measure: `${heading}: p99`,
        unit: 'ms',
        value: mix.p99Ms,
        must: { atMost: 60 },
        ceiling: { what: 'bare HTTP server, p99 at that rate', value: top.p99Ms },
      },
      {
        measure: `POST devices/batch/status of ${BATCH} devices with ports and samples, 4 a second: p95`,
        unit: 'ms',
        value: batch.p95Ms,
        must: { atMost: 150 },
        ceiling: null,
        note: batch.errors,
      },
    ];
  } finally {
    await end(fleet.child);
    await installation.stop();
  }
}
