import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Installation } from '@chargebus/testing';
import { answer, end, startChild } from '../child';
import type { Figure } from '../report';
import { signedHeaders } from '../signed-request';
import { percentile } from '../statistics';
import { untilOnline } from '../until-online';

const DEVICES = 550; // each reports every 1.1 s, a little slower than its notify interval, so that every report is an event
const EVENTS_PER_S = 500;
const SECONDS = 20;
/** Not counted: processes that were just started compile what they run often. */
const WARM_UP_SECONDS = 10;

/** From the moment an event happened to its arrival at the partner's endpoint. */
export async function measureWebhooks(): Promise<Figure[]> {
  const ages: number[] = [];
  let listening = false;
  const receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      response.end('ok');
      const event = JSON.parse(Buffer.concat(chunks).toString()) as { event: string; occurred_at: string };
      if (listening && event.event === 'charging.progress') ages.push(Date.now() - Date.parse(event.occurred_at));
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const installation = await Installation.start({ settings: { session: { NOTIFY_INTERVAL_S: '1' } } });
  const fleet = await startChild('fleet-process.js');
  try {
    await subscribe(installation, `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`);
    fleet.child.send({
      connect: { port: installation.devicePort, devices: DEVICES, firstDeviceNo: 1, vehicles: 'charging' },
    });
    await answer(fleet.child);
    await untilOnline(installation, DEVICES);
    fleet.child.send({ load: { ratePerS: EVENTS_PER_S, seconds: WARM_UP_SECONDS } });
    await answer(fleet.child);
    listening = true;
    fleet.child.send({ load: { ratePerS: EVENTS_PER_S, seconds: SECONDS } });
    await answer(fleet.child);
    return [
      {
        measure: 'webhooks at their first attempt',
        unit: 'events/s',
        value: ages.length / SECONDS,
        must: { atLeast: EVENTS_PER_S * 0.9 },
        ceiling: null,
      },
      {
        measure: 'age of a webhook at its first attempt, p99',
        unit: 'ms',
        value: percentile(ages, 0.99),
        must: { atMost: 500 },
        ceiling: null,
        note: `median ${percentile(ages, 0.5).toFixed(0)} ms`,
      },
    ];
  } finally {
    await end(fleet.child);
    await installation.stop();
    receiver.closeAllConnections();
    receiver.close();
  }
}

async function subscribe(installation: Installation, url: string): Promise<void> {
  const path = '/api/third/webhooks/endpoints';
  const body = JSON.stringify({ url, events: ['charging.*'] });
  const response = await fetch(`${installation.baseUrls[0] ?? ''}${path}`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      ...signedHeaders(installation.apiKey, installation.apiSecret, 'POST', path, body),
    },
  });
  if (!response.ok) throw new Error(await response.text());
}
