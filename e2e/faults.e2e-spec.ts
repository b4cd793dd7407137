import { privatePostgres } from '@chargebus/testing';
import type { AppName, InstallationOptions } from '@chargebus/testing';
import { RunningCharges } from './harness/running-charges';
import type { Account } from './harness/running-charges';
import { Story } from './harness/story';

const DEVICES = 100; // two charges each

/** Nothing lost, nothing doubled in effect: both sides agree to the unit. */
function expectBalanced(account: Account, charges = DEVICES * 2): void {
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

describe('faults in the middle of 200 charges', () => {
  let story: Story;
  let seed = 1;

  beforeAll(async () => {
    story = await Story.begin();
  }, 60_000);
  afterAll(async () => {
    await story.end();
  });

  const survive = async (disturb: () => Promise<void>): Promise<void> => {
    const charges = await RunningCharges.begin(story, { devices: DEVICES, seed: seed++ });
    try {
      await Promise.all([disturb(), charges.stopAll()]);
      expectBalanced(await charges.account());
      expect(story.receiver.problems).toEqual([]);
    } finally {
      charges.close();
    }
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
});

describe('Postgres crashes in the middle of 200 charges', () => {
  it('AC08 loses and doubles nothing', async () => {
    const database = await privatePostgres();
    await withStory({ database }, async (story) => {
      const charges = await RunningCharges.begin(story, { devices: DEVICES, seed: 90 });
      try {
        await Promise.all([database.crash(), charges.stopAll()]);
        expectBalanced(await charges.account());
      } finally {
        charges.close();
      }
    });
  }, 180_000);
});

describe('two replicas of every service at once', () => {
  it('B12 Y26 account for every charge once', async () => {
    const two = { 'protocol-gateway': 2, command: 2, session: 2, 'webhook-dispatcher': 2, api: 2 };
    await withStory({ replicas: two }, async (story) => {
      const byGateway = await Promise.all(
        story.installation.devicePorts.map((port, index) =>
          RunningCharges.begin(story, { devices: DEVICES / 2, seed: 91 + index, port }),
        ),
      );
      try {
        await Promise.all(byGateway.map((charges) => charges.stopAll()));
        for (const charges of byGateway) expectBalanced(await charges.account(), DEVICES);
        const ids = story.receiver.deliveries.map(({ event }) => event.event_id);
        expect(new Set(ids).size).toBe(ids.length);
      } finally {
        for (const charges of byGateway) charges.close();
      }
    });
  }, 180_000);
});

async function withStory(options: InstallationOptions, tell: (story: Story) => Promise<void>): Promise<void> {
  const story = await Story.begin(options);
  try {
    await tell(story);
  } finally {
    await story.end();
  }
}
