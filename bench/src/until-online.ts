import type { Installation } from '@chargebus/testing';
import { signedHeaders } from './signed-request';
import { delay } from './statistics';

const GIVE_UP_MS = 120_000;
/** What follows from the last connection is over by then. */
const CALM_MS = 2_000;
const TARGET = '/api/third/devices?online=true&limit=1';

/** Resolves when so many devices are online and what their connecting caused is done. */
export async function untilOnline(installation: Installation, devices: number): Promise<void> {
  const until = Date.now() + GIVE_UP_MS;
  const headers = (): Record<string, string> =>
    signedHeaders(installation.apiKey, installation.apiSecret, 'GET', TARGET);
  for (;;) {
    const response = await fetch(`${installation.baseUrls[0] ?? ''}${TARGET}`, { headers: headers() });
    const { data } = (await response.json()) as { data?: { pagination?: { total: number } } };
    if (data?.pagination?.total === devices) break;
    if (Date.now() > until) throw new Error(`${data?.pagination?.total ?? 0} of ${devices} devices are online`);
    await delay(200);
  }
  await delay(CALM_MS);
}
