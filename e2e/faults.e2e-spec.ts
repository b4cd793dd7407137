import { eventually, privatePostgres } from '@chargebus/testing';
import type { AppName, PrivatePostgres } from '@chargebus/testing';
import { PlatformClient } from './harness/platform-client';
import { RunningCharges } from './harness/running-charges';
import type { Account } from './harness/running-charges';
import { Story } from './harness/story';

const DEVICES = 100; // two charges each
const STOPPED_PER_FAULT = 24; // eight faults leave a few for the end

/** Nothing lost, nothing doubled in effect: both sides agree to the unit. */
function expectBalanced(account: Account, charges: number): void {
  expect(account).toEqual({
    charges,
    sessions: charges,
    terminalEvents: charges,
    energyWhLedger: account.energyWhLedger,
    energyWhEvents: account.energyWhLedger,
    energyWhSessions: account.energyWhLedger,
  });
  expect(account.energyWhLedger).toBeGreaterThan(0);
}

/** One installation that is hurt again and again while its charges run; each story begins where the last one ended. */
describe('faults in the middle of 200 charges', () => {
  let database: PrivatePostgres; // its own: it is crashed too
  let story: Story;
  let running: RunningCharges;

  beforeAll(async () => {
    database = await privatePostgres();
    story = await Story.begin({ database });
    running = await RunningCharges.begin(story, { devices: DEVICES, seed: 1 });
  }, 180_000);
  afterAll(async () => {
    await story.end();
    running.close();
  }, 60_000);

  /** Some charges are stopped, and when the first of them has ended the fault comes; the rest go on through it. */
  const survive = async (disturb: () => Promise<void>): Promise<void> => {
    const charges = running.take(STOPPED_PER_FAULT);
    const firstEnd = Promise.any(
      charges.map(({ device, portNo }) => device.waitFor('finished', { portNo, timeoutMs: 60_000 })),
    );
    await Promise.all([running.stop(charges), firstEnd.then(disturb)]);
    expectBalanced(await running.account(charges), STOPPED_PER_FAULT);
    await expectRestGoesOn();
    expect(story.receiver.problems).toEqual([]);
  };
  const expectRestGoesOn = async (): Promise<void> => {
    expect(running.left.filter(({ device, portNo }) => device.portState(portNo) !== 'charging')).toEqual([]);
    await eventually(async () => {
      const sessions = await database.query<{ count: string }>(
        "SELECT count(*) FROM session.charging_sessions WHERE status = 'charging'",
      );
      expect(Number(sessions[0]?.count)).toBe(running.left.length);
    });
  };

  it.each([
    ['protocol-gateway', ['protocol-gateway']],
    ['session', ['session']],
    ['command', ['command']],
    ['both ends, webhook-dispatcher and api', ['webhook-dispatcher', 'api']],
  ] as const)(
    'AC08 A15 loses and doubles nothing when %s is killed',
    (_name, apps: readonly AppName[]) =>
      survive(async () => {
        await Promise.all(apps.map((app) => story.installation.crash(app)));
      }),
    180_000,
  );

  it('C01 AC08 starts every charge once when protocol-gateway is killed with their starts on its hands', async () => {
    const disturb = () => story.installation.crash('protocol-gateway');
    const charges = await RunningCharges.begin(story, { devices: 10, seed: 4, disturb });
    try {
      await charges.stop(charges.all);
      expectBalanced(await charges.account(charges.all), 20);
    } finally {
      charges.close();
    }
  }, 180_000);

  it(
    'AC08 loses and doubles nothing when NATS is restarted',
    () => survive(() => story.installation.nats.restart()),
    180_000,
  );
  it(
    'AC08 loses and doubles nothing when Redis is restarted',
    () => survive(() => story.installation.redis.restart()),
    180_000,
  );
  it(
    'C02 loses and doubles nothing when Redis is emptied',
    () => survive(() => story.installation.emptyRedis()),
    180_000,
  );
  it('AC08 loses and doubles nothing when Postgres crashes', () => survive(() => database.crash()), 180_000);

  it('AC08 has accounted for every charge once after all of it', async () => {
    await running.stop(running.take());
    expectBalanced(await running.account(running.all), DEVICES * 2);
  }, 180_000);

  it('B12 Y26 accounts for every charge once with two replicas of every service', async () => {
    const { installation } = story;
    const doubled: AppName[] = ['protocol-gateway', 'command', 'session', 'webhook-dispatcher', 'api'];
    await Promise.all(doubled.map((app) => installation.startApp(app)));
    const deliveredBefore = story.receiver.deliveries.length;
    const platform = new PlatformClient(installation.baseUrls, installation.apiKey, installation.apiSecret);
    const byGateway: RunningCharges[] = [];
    try {
      for (const [index, port] of installation.devicePorts.entries())
        byGateway.push(await RunningCharges.begin(story, { devices: DEVICES / 4, seed: 2 + index, port, platform }));
      await Promise.all(byGateway.map((charges) => charges.stop(charges.all)));
      for (const charges of byGateway) expectBalanced(await charges.account(charges.all), DEVICES / 2);
      const ids = story.receiver.deliveries.slice(deliveredBefore).map(({ event }) => event.event_id);
      expect(new Set(ids).size).toBe(ids.length);
    } finally {
      for (const charges of byGateway) charges.close();
    }
  }, 180_000);
});
