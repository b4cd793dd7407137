import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import path from 'node:path';
import type { DeviceId } from '@chargebus/domain';
import { DeviceOnline } from '@chargebus/events';
import { eventually } from '@chargebus/testing';
import { anEvent, aTenant, Harness } from './harness';

const MAIN = path.join(__dirname, '..', 'dist', 'main.js'); // `npm test` builds before it tests
const EVENTS = 300;
const DEVICES = 30;

const running = new Set<ChildProcess>();

/** The service as it runs in production, in a process of its own. */
async function startProcess(environment: Readonly<Record<string, string>>): Promise<ChildProcess> {
  const child = fork(MAIN, { env: { ...process.env, ...environment }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  running.add(child);
  child.once('exit', () => running.delete(child));
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => {
      resolve();
    });
    child.once('exit', (code) => {
      reject(new Error(`webhook-dispatcher exited with ${String(code)}`));
    });
  });
  return child;
}
const ended = (child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> =>
  new Promise((resolve) => {
    child.once('exit', resolve);
    child.kill(signal);
  });

describe('a webhook-dispatcher that dies', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await Harness.start({ WEBHOOK_RETRY_DELAYS_S: '1,1,1,1,1' }, 0);
  });
  afterEach(async () => {
    for (const child of running) await ended(child, 'SIGKILL');
  });
  afterAll(() => harness.stop());

  it('I22 I23 loses no delivery when it is killed in the middle, and repeats only those that were under way', async () => {
    const tenantId = aTenant();
    const receiver = await harness.receiver();
    const first = await startProcess(harness.environment);
    const { endpointId } = await harness.createEndpoint(tenantId, { url: receiver.url });
    const answered = EVENTS / 4;
    receiver.answer = (_request, response) => {
      if (receiver.requests.length <= answered) response.writeHead(204).end(); // all others are under way for ever
    };
    const events = Array.from({ length: EVENTS }, (_, i) =>
      anEvent(tenantId, DeviceOnline, { deviceId: `DEV${(i % DEVICES).toString()}` as DeviceId }),
    );
    await harness.bus.publishEvents(events);
    await eventually(async () => {
      expect(receiver.requests.length).toBeGreaterThan(answered);
      const [row] = await harness.database.query(
        `SELECT count(*)::int AS taken, count(*) FILTER (WHERE state = 'succeeded')::int AS done
         FROM webhook.deliveries WHERE endpoint_id = $1`,
        [endpointId],
      );
      expect(row).toEqual({ taken: EVENTS, done: answered });
    });
    await ended(first, 'SIGKILL');
    receiver.answerStatus(204);
    const second = await startProcess(harness.environment);
    await eventually(async () => {
      const rows = await harness.database.query(
        'SELECT state, count(*)::int AS count FROM webhook.deliveries WHERE endpoint_id = $1 GROUP BY state',
        [endpointId],
      );
      expect(rows).toEqual([{ state: 'succeeded', count: EVENTS }]);
    });
    expect(new Set(receiver.eventIds)).toEqual(new Set(events.map(({ id }) => id)));
    expect(receiver.requests.length).toBeLessThan(EVENTS + 100); // those under way come again
    expect(await ended(second, 'SIGTERM')).toBe(0);
  });

  it('I22 finishes what is under way when it is asked to stop, and sends nothing twice', async () => {
    const tenantId = aTenant();
    const receiver = await harness.receiver();
    const first = await startProcess(harness.environment);
    const { endpointId } = await harness.createEndpoint(tenantId, { url: receiver.url });
    receiver.answer = (_request, response) => setTimeout(() => response.writeHead(204).end(), 20);
    await harness.bus.publishEvents(
      Array.from({ length: EVENTS }, (_, i) =>
        anEvent(tenantId, DeviceOnline, { deviceId: `DEV${(i % DEVICES).toString()}` as DeviceId }),
      ),
    );
    await eventually(() => {
      expect(receiver.requests.length).toBeGreaterThan(EVENTS / 4);
    });
    expect(await ended(first, 'SIGTERM')).toBe(0);
    const second = await startProcess(harness.environment);
    await eventually(async () => {
      const rows = await harness.database.query(
        'SELECT state, count(*)::int AS count FROM webhook.deliveries WHERE endpoint_id = $1 GROUP BY state',
        [endpointId],
      );
      expect(rows).toEqual([{ state: 'succeeded', count: EVENTS }]);
    }, 30_000);
    expect(receiver.requests).toHaveLength(EVENTS);
    await ended(second, 'SIGTERM');
  }, 60_000);

  it('sends the events of one device in their order', async () => {
    const tenantId = aTenant();
    const receiver = await harness.receiver();
    const only = await startProcess(harness.environment);
    await harness.createEndpoint(tenantId, { url: receiver.url });
    receiver.answer = (_request, response) => setTimeout(() => response.writeHead(204).end(), Math.random() * 20);
    await harness.bus.publishEvents(Array.from({ length: 50 }, () => anEvent(tenantId)));
    await eventually(() => {
      expect(receiver.requests).toHaveLength(50);
    });
    const sequences = receiver.payloads.map(({ sequence }) => sequence);
    expect(sequences).toEqual([...sequences].sort((a, b) => a - b));
    await ended(only, 'SIGTERM');
  });

  it('I22 I23 goes on when Postgres drops every connection and NATS restarts', async () => {
    const tenantId = aTenant();
    const receiver = await harness.receiver();
    const only = await startProcess(harness.environment);
    const { endpointId } = await harness.createEndpoint(tenantId, { url: receiver.url });
    receiver.answer = (_request, response) => setTimeout(() => response.writeHead(204).end(), 20);
    const events = Array.from({ length: EVENTS }, (_, i) =>
      anEvent(tenantId, DeviceOnline, { deviceId: `DEV${(i % DEVICES).toString()}` as DeviceId }),
    );
    await harness.bus.publishEvents(events.slice(0, EVENTS / 2));
    await eventually(() => {
      expect(receiver.requests.length).toBeGreaterThan(EVENTS / 10);
    });
    await harness.database.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'chargebus-webhook-dispatcher'`,
    );
    await harness.nats.restart();
    await eventually(() => harness.bus.publishEvents(events), 30_000); // one publish that the restart swallowed waits 10 s
    await eventually(async () => {
      const rows = await harness.database.query(
        'SELECT state, count(*)::int AS count FROM webhook.deliveries WHERE endpoint_id = $1 GROUP BY state',
        [endpointId],
      );
      expect(rows).toEqual([{ state: 'succeeded', count: EVENTS }]);
    }, 25_000);
    expect(new Set(receiver.eventIds)).toEqual(new Set(events.map(({ id }) => id)));
    expect(await ended(only, 'SIGTERM')).toBe(0);
  }, 60_000);
});
