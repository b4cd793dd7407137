import { randomUUID } from 'node:crypto';
import { toInstant } from '@chargebus/domain';
import type { ClientId, DeviceId, TenantId } from '@chargebus/domain';
import { ChargingProgress } from '@chargebus/events';
import type { EventEnvelope } from '@chargebus/events';
import { Bus } from '@chargebus/messaging';
import { createLogger } from '@chargebus/observability';
import { CreateWebhookEndpoint } from '@chargebus/requests';
import { Installation } from '@chargebus/testing';
import { answer, end, startChild } from '../child';
import type { Constitution, PartnersOrder, PartnersPorts, PartnersReport } from '../partners-process';
import type { Figure } from '../report';
import { delay, percentile } from '../statistics';

const TENANTS = 10;
const ENDPOINTS_PER_TENANT = 50; // one refuses connections, one never answers, two answer after 5 s
const EVENTS_PER_S = 12; // each goes to every endpoint of its tenant: 600 deliveries a second
const DEVICES_PER_TENANT = 20;
const CLIENT = randomUUID() as ClientId;
const WARM_UP_SECONDS = 20;
const SECONDS = 40;
/** Until what the ill endpoints cost is all there: attempts that time out, retries, deliveries that wait. */
const FALLING_ILL_SECONDS = 20;

/** How far 40 endpoints that are dead or slow hold up the other 460: the dispatcher alone, events straight onto the bus. */
export async function measureWebhookIsolation(): Promise<Figure[]> {
  const installation = await Installation.start({
    replicas: { 'protocol-gateway': 0, command: 0, session: 0, fleet: 0, api: 0 },
  });
  const { child, port, mortalPort } = await startChild<PartnersPorts>('partners-process.js');
  const bus = await Bus.connect({ url: installation.nats.url, app: 'bench', logger: createLogger('bench', 'silent') });
  const tell = (order: PartnersOrder): Promise<PartnersReport> => {
    child.send(order);
    return answer(child);
  };
  try {
    const tenants = Array.from({ length: TENANTS }, () => randomUUID() as TenantId);
    for (const [index, tenantId] of tenants.entries()) await subscribe(bus, tenantId, index, { port, mortalPort });
    const stream = eventsOf(tenants);
    await publish(bus, stream, WARM_UP_SECONDS);
    const agesDuring = async (): Promise<readonly number[]> => {
      await tell({ listen: true });
      await publish(bus, stream, SECONDS);
      return (await tell({ report: true })).ages;
    };
    const before = await agesDuring();
    await tell({ fallIll: true });
    await publish(bus, stream, FALLING_ILL_SECONDS);
    const beside = await agesDuring();
    return figuresOf(before, beside);
  } finally {
    await bus.close();
    await end(child);
    await installation.stop();
  }
}

function figuresOf(before: readonly number[], beside: readonly number[]): Figure[] {
  const p99 = [before, beside].map((ages) => percentile(ages, 0.99)) as [number, number];
  const median = (ages: readonly number[]): string => `median ${percentile(ages, 0.5).toFixed(0)} ms`;
  const common = { unit: 'ms', must: null, ceiling: null } as const;
  return [
    {
      measure: 'deliveries to 460 of 500 endpoints beside 20 dead and 20 slow ones',
      unit: 'deliveries/s',
      value: beside.length / SECONDS,
      must: { atLeast: (before.length / SECONDS) * 0.99 },
      ceiling: null,
    },
    { ...common, measure: 'age at them, p99, everybody well', value: p99[0], note: median(before) },
    { ...common, measure: 'age at them, p99, beside the ill ones', value: p99[1], note: median(beside) },
    { ...common, measure: 'ratio of the two', unit: '', value: p99[1] / p99[0], must: { atMost: 1.1 } },
  ];
}

/** An address of its own for each endpoint, as partners have. */
async function subscribe(
  bus: Bus,
  tenantId: TenantId,
  tenantNo: number,
  { port, mortalPort }: PartnersPorts,
): Promise<void> {
  const kinds: readonly [Constitution, number][] = [
    ['silent', mortalPort],
    ['silent', port],
    ['slow', port],
    ['slow', port],
  ];
  for (let no = 0; no < ENDPOINTS_PER_TENANT; no++) {
    const [constitution, at] = kinds[no] ?? ['well', port];
    await bus.ask(CreateWebhookEndpoint, {
      tenantId,
      url: `http://127.1.${tenantNo}.${no + 1}:${at}/${constitution}`,
      events: ['charging.*'],
      payloadVersion: 'v1',
      signature: 'both',
      description: null,
      deviceFilter: null,
      rateLimitPerMin: null,
      clientId: CLIENT,
      headers: null,
      timeoutS: null,
      retryCount: null,
    });
  }
}

/** Without end: progress of each tenant's devices in turn. */
function* eventsOf(tenants: readonly TenantId[]): Generator<EventEnvelope, never> {
  for (let sequence = 1; ; sequence++) {
    const tenantId = tenants[sequence % tenants.length]!;
    const deviceNo = Math.floor(sequence / tenants.length) % DEVICES_PER_TENANT;
    yield {
      id: `evt_${randomUUID().replaceAll('-', '')}`,
      type: ChargingProgress.type,
      version: ChargingProgress.version,
      tenantId,
      deviceId: `DEV${deviceNo}` as DeviceId,
      occurredAt: toInstant(Date.now()),
      sequence,
      causeId: null,
      data: ChargingProgress.example,
    };
  }
}

async function publish(bus: Bus, stream: Generator<EventEnvelope, never>, seconds: number): Promise<void> {
  const began = performance.now();
  for (let sent = 1; sent <= EVENTS_PER_S * seconds; sent++) {
    await bus.publishEvents([stream.next().value]);
    await delay(Math.max(0, began + (sent * 1_000) / EVENTS_PER_S - performance.now()));
  }
}
