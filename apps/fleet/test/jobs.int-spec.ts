import type { DeviceId } from '@chargebus/domain';
import { Bus } from '@chargebus/messaging';
import { Database, Outbox } from '@chargebus/persistence';
import { JobItemRepository, JobRepository } from '@chargebus/persistence/fleet';
import { eventually } from '@chargebus/testing';
import { z } from 'zod';
import { CommandLookup } from '../src/commands/command-lookup';
import { JobBoard } from '../src/jobs/job-board';
import type { Job, JobItem, JobKind, Standing, Steering, Step } from '../src/jobs/job-kind';
import { JobRegistry } from '../src/jobs/job-registry';
import { ItemEndings } from '../src/jobs/item-endings';
import { JobService } from '../src/jobs/job.service';
import { JobStore } from '../src/jobs/job-store';
import { JobWatch } from '../src/jobs/job-watch';
import { OrderWatch } from '../src/jobs/order-watch';
import { CLIENT, logger, REBOOT, TENANT, World } from './harness';

const WAVES = 3;
const OF_A_WAVE = 4;

/** Items in waves, found a wave at a time; they wait for a key, unless they are told to fail or to come again. */
class WavesJob implements JobKind<{ name: string }, { place: number }> {
  readonly kind = 'test.waves';
  readonly parameters = z.object({ name: z.string() });
  readonly input = z.object({ place: z.number() });
  readonly begun: number[] = [];
  steering: (standing: Standing) => Steering = () => 'go_on';
  doing: (item: JobItem<unknown, { place: number }>) => Step = ({ input: { place } }) => ({
    status: 'running',
    awaits: { key: `test:${place.toString()}` },
  });

  find(_job: Job<unknown>, after: string | null) {
    const wave = after === null ? 1 : Number(after);
    const items = Array.from({ length: OF_A_WAVE }, (_, i) => ({
      deviceId: `D${wave.toString()}${i.toString()}`,
      input: { place: (wave - 1) * OF_A_WAVE + i },
      stage: wave,
    }));
    return Promise.resolve({ items, next: wave < WAVES ? (wave + 1).toString() : null });
  }
  run(item: JobItem<unknown, { place: number }>): Promise<Step> {
    this.begun.push(item.input.place);
    return Promise.resolve(this.doing(item));
  }
  steer(_job: Job<unknown>, standing: Standing): Promise<Steering> {
    return Promise.resolve(this.steering(standing));
  }
}

describe('jobs', () => {
  let world: World;
  let bus: Bus;
  let database: Database;
  let board: JobBoard;
  let jobs: JobService;
  let endings: ItemEndings;
  let waves: WavesJob;

  beforeAll(async () => {
    world = await World.start();
    bus = await Bus.connect({ url: world.nats.url, app: 'fleet', logger });
    database = await Database.connect({ url: world.database.url, app: 'fleet', poolSize: 4 });
  }, 30_000);
  beforeEach(() => {
    waves = new WavesJob();
    const [rows, items, registry, watch] = [
      new JobRepository(),
      new JobItemRepository(),
      new JobRegistry([waves]),
      new JobWatch(bus),
    ];
    const outbox = new Outbox('fleet', database, bus, logger);
    const store = new JobStore(database, rows, items, outbox, { leaseMs: 5_000, progressEveryMs: 50 });
    const settings = { maxJobs: 5, maxItems: 100, retentionDays: 1 };
    jobs = new JobService(database, rows, items, watch);
    endings = new ItemEndings(database, rows, items, registry, store, watch, logger);
    board = new JobBoard(
      database,
      rows,
      registry,
      store,
      new OrderWatch(bus, new CommandLookup(bus)),
      watch,
      settings,
      logger,
    );
    board.start();
  });
  afterEach(() => board.stop(1_000));
  afterAll(async () => {
    await bus.close();
    await database.close();
    await world.stop();
  });

  const options = { concurrency: 10, timeoutMs: 60_000, continueOnError: true };
  const make = () =>
    jobs.create(waves, { tenantId: TENANT, clientId: CLIENT, within: null, parameters: { name: 'x' }, options });
  const view = (jobId: string) => jobs.get({ tenantId: TENANT, ownedBy: null, jobId, waitMs: 0 });
  /** What they await is in their rows: settled before that, it would be for nobody. */
  const awaiting = (count: number) =>
    eventually(async () => {
      const [row] = await world.database.query<{ n: string }>(
        `SELECT count(*) AS n FROM fleet.job_items WHERE status = 'running' AND wait_key IS NOT NULL`,
      );
      expect(Number(row?.n)).toBe(count);
    }, 10_000);
  const settle = async (wave: number, step: Step): Promise<void> => {
    for (let i = 0; i < OF_A_WAVE; i++) await endings.settle(`test:${((wave - 1) * OF_A_WAVE + i).toString()}`, step);
  };

  it('H13 opens a wave when the one before is over and the kind says so', async () => {
    let may = false;
    waves.steering = ({ over }) => (over && !may ? { waitMs: 10 } : 'go_on');
    const { job } = await make();
    await awaiting(4);
    await settle(1, { status: 'succeeded', result: { v: 1 } });
    await eventually(async () => {
      expect((await view(job.jobId)).tally).toMatchObject({ total: 12, succeeded: 4, pending: 8 });
    });
    may = true;
    await awaiting(4);
    expect(await view(job.jobId)).toMatchObject({ stage: 2, status: 'running' });
    expect(waves.begun).toHaveLength(8);
    await settle(2, { status: 'succeeded' });
    await awaiting(4);
    await settle(3, { status: 'succeeded' });
    await eventually(async () => {
      expect(await view(job.jobId)).toMatchObject({ status: 'completed', tally: { succeeded: 12 } });
    });
    await eventually(() => {
      const told = world.events.filter((event) => (event.data as { jobId?: string }).jobId === job.jobId);
      expect(told.filter(({ type }) => type === 'job.finished')).toHaveLength(1);
      const standings = told.filter(({ type }) => type === 'job.progress').map(({ data }) => JSON.stringify(data));
      expect(standings.length).toBeGreaterThan(0);
      expect(new Set(standings).size).toBe(standings.length); // what stands still is told once
      const numbers = told.map(({ sequence }) => sequence); // Unix milliseconds: it is about no device
      expect(Math.min(...numbers)).toBeGreaterThan(Date.now() - 600_000);
      return Promise.resolve();
    });
  });

  it('H13 halts in the middle of a wave when too many have failed', async () => {
    waves.steering = ({ ofStage }) => (ofStage.failed >= 2 ? { halt: 'failure_rate' } : 'go_on');
    const { job } = await make();
    await awaiting(4);
    await endings.settle('test:0', { status: 'failed', code: 'BAD', reason: 'bad' });
    await endings.settle('test:1', { status: 'failed', code: 'BAD', reason: 'bad' });
    await eventually(async () => {
      expect(await view(job.jobId)).toMatchObject({ status: 'cancelling', reason: 'failure_rate' });
    }, 10_000);
    await endings.settle('test:2', { status: 'succeeded' });
    await endings.settle('test:3', { status: 'succeeded' });
    await eventually(async () => {
      expect(await view(job.jobId)).toMatchObject({ status: 'failed', tally: { failed: 2, succeeded: 2, skipped: 8 } });
    }, 10_000);
    expect(waves.begun).toHaveLength(4);
  });

  it('H13 takes an item again later when it asks for that, and fails one whose kind breaks', async () => {
    const times = new Map<number, number>();
    waves.doing = ({ input: { place } }) => {
      const before = times.get(place) ?? 0;
      times.set(place, before + 1);
      if (place === 3) throw new TypeError('a bug');
      return before < 2 ? { status: 'pending', inMs: 20, reason: 'busy' } : { status: 'succeeded' };
    };
    const { job } = await make();
    await eventually(async () => {
      expect(await view(job.jobId)).toMatchObject({ status: 'completed', tally: { succeeded: 11, failed: 1 } });
    }, 15_000);
    expect(times.get(0)).toBe(3);
  });
});

describe('jobs of processes that are killed', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start();
  }, 30_000);
  afterAll(async () => {
    await world.stop();
  });

  it('H11 H12 goes on after kill -9 in the middle of a large batch, and orders nothing twice', async () => {
    const devices: DeviceId[] = world.session.addDevices(3_000);
    const answering = setInterval(() => void world.command.finishAll('acked'), 100);
    world.command.fate = (deviceId) => (deviceId.endsWith('7') ? 'sent' : 'acked');
    try {
      let process = await world.startProcess();
      const { job } = await world.control(
        devices.map((deviceId) => ({ deviceId, order: REBOOT })),
        { options: { concurrency: 200, timeoutMs: 60_000, continueOnError: true } },
      );
      for (const share of [600, 1_500]) {
        await eventually(() => {
          expect(world.command.orders.size).toBeGreaterThan(share);
          return Promise.resolve();
        }, 60_000);
        process.kill('SIGKILL');
        process = await world.startProcess();
      }
      const done = await world.over(job.jobId, 90_000);
      expect(done).toMatchObject({ status: 'completed', tally: { total: 3_000, succeeded: 3_000 } });
      expect(world.command.orders.size).toBe(3_000);
    } finally {
      clearInterval(answering);
    }
  }, 180_000);
});
