import { Installation } from '@chargebus/testing';
import { Pool } from 'undici';
import { answer, end, startChild } from '../child';
import type { Figure } from '../report';
import { signedHeaders } from '../signed-request';
import { delay, percentile } from '../statistics';
import { untilOnline } from '../until-online';

const DEVICES = 2_000; // two ports each
const STARTS_PER_S = 300;
const SECONDS = 10;
/** Not counted: processes that were just started compile what they run often. */
const WARM_UP = { starts: 600, perS: 120 };

/** From the request leaving the caller to the start frame arriving at the device. */
export async function measureCommands(): Promise<Figure[]> {
  const installation = await Installation.start({
    settings: { api: { RATE_LIMIT_CLIENT_PER_MIN: '10000000', RATE_LIMIT_TENANT_PER_MIN: '10000000' } },
  });
  const fleet = await startChild('fleet-process.js');
  const pool = new Pool(installation.baseUrls[0] ?? '', { connections: 256 });
  try {
    fleet.child.send({
      connect: { port: installation.devicePort, devices: DEVICES, firstDeviceNo: 1, vehicles: 'plugged' },
    });
    const { deviceIds } = await answer<{ deviceIds: string[] }>(fleet.child);
    await untilOnline(installation, DEVICES);
    const sentAt = new Map<string, number>();
    let refused = 0;
    const start = async (index: number): Promise<void> => {
      const deviceId = deviceIds[index % deviceIds.length] ?? '';
      const portNo = 1 + Math.floor(index / deviceIds.length);
      const path = `/api/third/devices/${deviceId}/charge/start`;
      const body = JSON.stringify({ port_no: portNo, mode: 1, time_limit: 60, third_party_order_no: `B${index}` });
      sentAt.set(`${deviceId}/${portNo}`, Date.now());
      const response = await pool.request({
        method: 'POST',
        path,
        body,
        headers: {
          'content-type': 'application/json',
          ...signedHeaders(installation.apiKey, installation.apiSecret, 'POST', path, body),
        },
      });
      const text = await response.body.text();
      if (response.statusCode !== 200) {
        refused++;
        if (refused < 4) process.stderr.write(`${text}\n`);
      }
    };
    let next = 0;
    /** Seconds from the first request to the last answer. */
    const offer = async (starts: number, perS: number): Promise<number> => {
      const inFlight: Promise<void>[] = [];
      const began = performance.now();
      while (inFlight.length < starts) {
        while (inFlight.length < Math.min(starts, ((performance.now() - began) / 1000) * perS))
          inFlight.push(start(next++));
        await delay(2);
      }
      await Promise.all(inFlight);
      return (performance.now() - began) / 1000;
    };
    await offer(WARM_UP.starts, WARM_UP.perS);
    sentAt.clear();
    const offered = await offer(STARTS_PER_S * SECONDS, STARTS_PER_S);
    await delay(3_000);
    fleet.child.send({ arrivals: true });
    const { arrivals } = await answer<{ arrivals: [string, number][] }>(fleet.child);
    const counted = arrivals.filter(([key]) => sentAt.has(key));
    const latencies = counted.map(([key, at]) => at - (sentAt.get(key) ?? NaN));
    return [
      {
        measure: 'start commands, HTTP sent to frame at the device',
        unit: 'starts/s',
        value: counted.length / offered,
        must: { atLeast: STARTS_PER_S * 0.99 },
        ceiling: null,
        note: `${refused} refused, ${STARTS_PER_S * SECONDS - counted.length} not arrived`,
      },
      {
        measure: 'p99 of it',
        unit: 'ms',
        value: percentile(latencies, 0.99),
        must: { atMost: 150 },
        ceiling: null,
        note: `median ${percentile(latencies, 0.5).toFixed(0)} ms`,
      },
    ];
  } finally {
    await pool.close();
    await end(fleet.child);
    await installation.stop();
  }
}
