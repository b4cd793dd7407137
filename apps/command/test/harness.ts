import { randomUUID } from 'node:crypto';
import { readConfig } from '@chargebus/config';
import { toInstant } from '@chargebus/domain';
import type { CommandId, DeviceCommand, DeviceId, OrderRef, SessionId, TenantId } from '@chargebus/domain';
import { DeviceOnline } from '@chargebus/events';
import type { EventEnvelope } from '@chargebus/events';
import { Bus } from '@chargebus/messaging';
import { createLogger, Metrics } from '@chargebus/observability';
import { GetCommand, SubmitCommand } from '@chargebus/requests';
import type { ReplyOf, RequestOf } from '@chargebus/requests';
import type { RunningService } from '@chargebus/runtime';
import { eventually, throwAwayDatabase, throwAwayNats, throwAwayRedis } from '@chargebus/testing';
import type { ThrowAwayDatabase, ThrowAwayServer } from '@chargebus/testing';
import { Redis } from 'ioredis';
import { startCommandApp } from '../src/command-app';
import { configDefinition } from '../src/config';
import { FakeGateway } from './fake-gateway';

export type Submission = RequestOf<typeof SubmitCommand>;
export type Seen = ReplyOf<typeof GetCommand>;

export const logger = createLogger('command-test', 'silent');
export const TENANT = randomUUID() as TenantId;

/** Short times, so that what takes a minute in service is over in a second here. */
const FAST = {
  RETRY_DELAY_MS: '100',
  RETRY_DELAY_MAX_MS: '1000',
  OFFLINE_RECHECK_MAX_MS: '60000',
  LEASE_MS: '1500',
  SWEEP_INTERVAL_MS: '100',
  OVERDUE_MS: '500',
  SEND_WINDOW_MS: '2000',
  SEND_GRACE_MS: '200',
  LOG_LEVEL: 'silent',
};

/** Servers of one test file, with one caller, one gateway and any number of instances of the app. */
export class World {
  readonly apps: RunningService[] = [];

  private constructor(
    readonly database: ThrowAwayDatabase,
    readonly nats: ThrowAwayServer,
    readonly redis: ThrowAwayServer,
    readonly bus: Bus,
    readonly gateway: FakeGateway,
  ) {}

  static async start(instances = 1, settings: Readonly<Record<string, string>> = {}): Promise<World> {
    const [database, nats, redis] = await Promise.all([throwAwayDatabase(), throwAwayNats(), throwAwayRedis()]);
    const bus = await Bus.connect({ url: nats.url, app: 'caller', logger });
    const world = new World(database, nats, redis, bus, await FakeGateway.connect(nats.url));
    for (let i = 0; i < instances; i++) await world.startApp(settings);
    return world;
  }

  settings(changes: Readonly<Record<string, string>> = {}): Record<string, string> {
    const urls = { DATABASE_URL: this.database.url, NATS_URL: this.nats.url, REDIS_URL: this.redis.url };
    return { ...urls, ...FAST, ...changes };
  }
  async startApp(changes: Readonly<Record<string, string>> = {}): Promise<RunningService> {
    const config = readConfig(configDefinition, this.settings(changes));
    const app = await startCommandApp({ config, logger, metrics: new Metrics('command') });
    this.apps.push(app);
    return app;
  }
  async stopApp(app: RunningService): Promise<void> {
    this.apps.splice(this.apps.indexOf(app), 1);
    await app.stop();
  }

  async stop(): Promise<void> {
    await Promise.all(this.apps.splice(0).map((app) => app.stop()));
    await this.gateway.close();
    await this.bus.close();
    await Promise.all([this.nats.stop(), this.redis.stop(), this.database.drop()]);
  }

  submit(order: Submission): Promise<ReplyOf<typeof SubmitCommand>> {
    return this.bus.ask(SubmitCommand, order, { extraTimeoutMs: order.wait?.timeoutMs ?? 0 });
  }
  get(commandId: CommandId, wait: Submission['wait'] = null): Promise<Seen> {
    return this.bus.ask(GetCommand, { tenantId: TENANT, commandId, wait }, { extraTimeoutMs: wait?.timeoutMs ?? 0 });
  }
  /** The command once it has the status. */
  async becomes(commandId: CommandId, status: Seen['status'], timeoutMs = 10_000): Promise<Seen> {
    return eventually(async () => {
      const seen = await this.get(commandId);
      if (seen.status !== status)
        throw new Error(`command is ${seen.status} (${seen.reason ?? '-'}), ${JSON.stringify(seen.log)}`);
      return seen;
    }, timeoutMs);
  }

  /** What `session` says when a device is back. */
  announceOnline(deviceId: DeviceId): Promise<void> {
    const since = toInstant(Date.now());
    return this.announce(DeviceOnline.type, deviceId, { since, protocol: 'ap3000', offlineDurationS: 60 });
  }
  announce(type: string, deviceId: DeviceId, data: unknown): Promise<void> {
    const event: EventEnvelope = {
      id: `evt_${randomUUID()}`,
      type,
      version: 1,
      tenantId: TENANT,
      deviceId,
      occurredAt: toInstant(Date.now()),
      sequence: 1,
      causeId: null,
      data,
    };
    return this.bus.publishEvents([event]);
  }
  /** Everything in Redis is gone, as after a lost disk. */
  async emptyRedis(): Promise<void> {
    const redis = new Redis(this.redis.url);
    await redis.flushall();
    await redis.quit();
  }
}

let devices = 0;
export const aDevice = (): DeviceId => (0x04ab0000 + devices++).toString(16).toUpperCase().padStart(8, '0') as DeviceId;
export const anOrder = (): OrderRef => randomUUID().replaceAll('-', '') as OrderRef;
export const aSession = (): SessionId => `SES${randomUUID()}` as SessionId;
export const inMs = (ms: number): string => toInstant(Date.now() + ms);
export const UNTIL_FINISHED = { until: 'finished', timeoutMs: 10_000 } as const;

export const aStart = (portNo: number | null = 1, orderRef = anOrder()): DeviceCommand => ({
  kind: 'charge.start',
  portNo,
  orderRef,
  durationLimitS: 3600,
  energyLimitWh: null,
  powerLimitW: null,
  primaryLimit: 'duration',
  stopWhenFull: false,
  maxDurationS: null,
  balanceFen: null,
});
export const aStop = (orderRef = anOrder(), portNo: number | null = 1): DeviceCommand => ({
  kind: 'charge.stop',
  portNo,
  orderRef,
  keepLocked: false,
});
export const aSubmission = (command: DeviceCommand, changes: Partial<Submission> = {}): Submission => ({
  commandId: randomUUID() as CommandId,
  tenantId: TENANT,
  deviceId: aDevice(),
  clientId: null,
  sessionId: null,
  command,
  expiresAt: inMs(60_000),
  wait: null,
  ...changes,
});
