import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { readConfig } from '@chargebus/config';
import type { ClientId, TenantId } from '@chargebus/domain';
import { envelopeSchema } from '@chargebus/events';
import type { EventEnvelope } from '@chargebus/events';
import { Bus } from '@chargebus/messaging';
import { createLogger, Metrics } from '@chargebus/observability';
import { AddBatchOrders, GetJob, ListJobItems, RunBatchControl } from '@chargebus/requests';
import type { BatchOrder, JobItemView, JobView, ReplyOf, RequestOf } from '@chargebus/requests';
import type { RunningService } from '@chargebus/runtime';
import { eventually, throwAwayDatabase, throwAwayNats } from '@chargebus/testing';
import type { ThrowAwayDatabase, ThrowAwayServer } from '@chargebus/testing';
import { configDefinition } from '../src/config';
import { startFleetApp } from '../src/fleet-app';
import { FakeCommand } from './fake-command';
import { FakeSession } from './fake-session';

export const logger = createLogger('fleet-test', 'silent');
export const TENANT = randomUUID() as TenantId;
export const CLIENT = randomUUID() as ClientId;
export const REBOOT: BatchOrder = {
  action: 'control',
  name: 'reboot',
  force: false,
};

/** Servers of one test file, with `command` and `session` played by the spec, and any number of instances of the app. */
export class World {
  readonly apps: RunningService[] = [];
  private readonly children: ChildProcess[] = [];
  readonly events: EventEnvelope[] = [];

  private constructor(
    readonly database: ThrowAwayDatabase,
    readonly nats: ThrowAwayServer,
    readonly bus: Bus,
    readonly command: FakeCommand,
    readonly session: FakeSession,
  ) {
    bus.nc.subscribe('cb.evt.>', {
      callback: (error, message) => {
        if (error === null) this.events.push(envelopeSchema.parse(message.json()));
      },
    });
  }

  static async start(): Promise<World> {
    const [database, nats] = await Promise.all([throwAwayDatabase(), throwAwayNats()]);
    const bus = await Bus.connect({ url: nats.url, app: 'others', logger });
    const command = new FakeCommand(bus);
    return new World(database, nats, bus, command, new FakeSession(bus, command));
  }

  settings(changes: Readonly<Record<string, string>> = {}): Record<string, string> {
    return {
      CHARGEBUS_PROFILE: 'test',
      DATABASE_URL: this.database.url,
      NATS_URL: this.nats.url,
      SECRETS_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
      LOG_LEVEL: 'silent',
      JOB_LEASE_MS: '1500',
      JOB_PROGRESS_INTERVAL_MS: '300',
      OPS_PORT: '0',
      ...changes,
    };
  }
  async startApp(changes: Readonly<Record<string, string>> = {}): Promise<RunningService> {
    const config = readConfig(configDefinition, this.settings(changes));
    const app = await startFleetApp({ config, logger, metrics: new Metrics('fleet') });
    this.apps.push(app);
    return app;
  }
  /** The build as a process of its own, which can be killed. */
  async startProcess(): Promise<ChildProcess> {
    const child = fork(path.resolve(__dirname, '../dist/main.js'), [], {
      env: { PATH: process.env.PATH, ...this.settings() },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.children.push(child);
    await new Promise((resolve, reject) => {
      child.once('message', resolve);
      child.once('exit', reject);
    });
    return child;
  }

  async stop(): Promise<void> {
    for (const child of this.children) child.kill('SIGKILL');
    await Promise.all(this.apps.splice(0).map((app) => app.stop()));
    await this.bus.close();
    await Promise.all([this.nats.stop(), this.database.drop()]);
  }

  /** A batch as `api` asks for it. */
  async control(
    orders: readonly { readonly deviceId: string; readonly order: BatchOrder }[],
    changes: Partial<Omit<RequestOf<typeof RunBatchControl>, 'orders' | 'total'>> = {},
  ): Promise<ReplyOf<typeof RunBatchControl>> {
    const request: RequestOf<typeof RunBatchControl> = {
      tenantId: TENANT,
      clientId: CLIENT,
      idempotencyKey: null,
      orders: orders.slice(0, 1_000),
      total: orders.length,
      options: { concurrency: 10, timeoutMs: 30_000, continueOnError: true },
      waitMs: 0,
      ...changes,
    };
    const report = await this.bus.ask(RunBatchControl, request, { extraTimeoutMs: request.waitMs });
    const { jobId } = report.job;
    for (let after = 1_000; after < orders.length; after += 1_000) {
      const page = orders.slice(after, after + 1_000);
      const last = after + page.length === orders.length;
      await this.bus.ask(AddBatchOrders, { tenantId: TENANT, jobId, after, orders: page, last });
    }
    return report;
  }
  job(jobId: string, tenantId = TENANT): Promise<JobView> {
    return this.bus.ask(GetJob, { tenantId, ownedBy: null, jobId, waitMs: 0 });
  }
  over(jobId: string, timeoutMs = 20_000): Promise<JobView> {
    return eventually(async () => {
      const job = await this.job(jobId);
      if (job.finishedAt === null) throw new Error(`job is ${job.status}: ${JSON.stringify(job.tally)}`);
      return job;
    }, timeoutMs);
  }
  async items(jobId: string, status: JobItemView['status'] | null = null): Promise<readonly JobItemView[]> {
    const all: JobItemView[] = [];
    for (let cursor: string | null = null; ;) {
      const page: ReplyOf<typeof ListJobItems> = await this.bus.ask(ListJobItems, {
        tenantId: TENANT,
        ownedBy: null,
        jobId,
        status,
        page: { limit: 500, offset: 0, cursor, sort: null, order: 'asc' },
      });
      all.push(...page.items);
      cursor = page.nextCursor;
      if (cursor === null) return all;
    }
  }
}
