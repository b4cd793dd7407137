import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { DeviceId, partitionOf, toInstant } from '@chargebus/domain';
import type { ClientId, TenantId } from '@chargebus/domain';
import { readConfig } from '@chargebus/config';
import { CommandNotCancellable, QueueFull } from '@chargebus/errors';
import type { EventEnvelope, ProtocolEvent } from '@chargebus/events';
import { Bus, partSubject } from '@chargebus/messaging';
import { createLogger, Metrics } from '@chargebus/observability';
import { Database } from '@chargebus/persistence';
import { CancelCommand, RegisterDevice, SubmitCommand } from '@chargebus/requests';
import type { CommandView, RequestOf } from '@chargebus/requests';
import { throwAwayDatabase, throwAwayNats, throwAwayRedis } from '@chargebus/testing';
import type { ThrowAwayDatabase, ThrowAwayServer } from '@chargebus/testing';
import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import { Redis } from 'ioredis';
import { AppModule } from '../src/app.module';
import { configDefinition } from '../src/config';
import { SessionService } from '../src/service';

export const TENANT = '0190a0e0-0000-7000-8000-00000000000a' as TenantId;
export const OTHER_TENANT = '0190a0e0-0000-7000-8000-00000000000b' as TenantId;
export const CLIENT = '0190a0e0-0000-7000-8000-0000000000c1' as ClientId;

/** A clock that stands until it is moved. */
export class TestClock {
  constructor(public ms = Date.now()) {}
  readonly now = (): number => this.ms;
  advance(ms: number): void {
    this.ms += ms;
  }
  iso(offsetMs = 0): string {
    return toInstant(this.ms + offsetMs);
  }
}

/** Stands for the app `command`: takes every order and remembers it. */
export class FakeCommand {
  readonly submitted: RequestOf<typeof SubmitCommand>[] = [];
  readonly cancelled: string[] = [];
  away = false;
  full = false;
  cancellable = false;

  listen(bus: Bus): void {
    bus.answer(SubmitCommand, (request) => {
      if (this.away) return new Promise(() => undefined);
      if (this.full) return Promise.reject(new QueueFull());
      if (!this.submitted.some(({ commandId }) => commandId === request.commandId)) this.submitted.push(request);
      return Promise.resolve(viewOf(request));
    });
    bus.answer(CancelCommand, ({ commandId }) => {
      const request = this.submitted.find((r) => r.commandId === commandId);
      if (!this.cancellable || request === undefined)
        return Promise.reject(new CommandNotCancellable({ commandId, status: 'sent' }));
      this.cancelled.push(commandId);
      return Promise.resolve({ ...viewOf(request), status: 'cancelled' as const });
    });
  }
  ordersOf(sessionId: string): readonly string[] {
    return this.submitted.filter((r) => r.sessionId === sessionId).map((r) => r.command.kind);
  }
}

function viewOf(request: RequestOf<typeof SubmitCommand>): CommandView {
  const { commandId, tenantId, deviceId, sessionId, clientId, command, expiresAt } = request;
  return {
    commandId,
    tenantId,
    deviceId,
    sessionId,
    clientId,
    command,
    status: 'queued',
    reason: null,
    result: null,
    attempts: 0,
    createdAt: toInstant(Date.now()),
    sentAt: null,
    finishedAt: null,
    expiresAt,
  };
}

export interface Replica {
  readonly context: INestApplicationContext;
  stop(): Promise<void>;
}

/** The three servers, a `command` that obeys, the published events, and as many replicas as a test starts. */
export class World {
  readonly events: EventEnvelope[] = [];
  readonly command = new FakeCommand();
  private readonly replicas: Replica[] = [];

  private constructor(
    readonly postgres: ThrowAwayDatabase,
    readonly nats: ThrowAwayServer,
    readonly redisServer: ThrowAwayServer,
    readonly bus: Bus,
    readonly redis: Redis,
    readonly clock: TestClock,
  ) {}

  static async create(): Promise<World> {
    const [postgres, nats, redis] = await Promise.all([throwAwayDatabase(), throwAwayNats(), throwAwayRedis()]);
    const bus = await Bus.connect({ url: nats.url, app: 'command', logger: createLogger('test', 'silent') });
    const world = new World(postgres, nats, redis, bus, new Redis(redis.url), new TestClock());
    world.command.listen(bus);
    bus.nc.subscribe('cb.evt.>', {
      callback: (_error, message) => {
        world.events.push(message.json<EventEnvelope>());
      },
    });
    await bus.nc.flush();
    return world;
  }

  async replica(settings: Readonly<Record<string, string>> = {}): Promise<Replica> {
    const config = readConfig(configDefinition, {
      CHARGEBUS_PROFILE: 'test',
      LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
      NATS_URL: this.nats.url,
      DATABASE_URL: this.postgres.url,
      REDIS_URL: this.redisServer.url,
      SWEEP_EVERY_MS: '600000',
      ...settings,
    });
    const logger = createLogger('session', config.LOG_LEVEL);
    const module = AppModule.register({ config, logger, metrics: new Metrics('session') }, this.clock.now);
    const context = await NestFactory.createApplicationContext(module, { logger: false, abortOnError: false });
    context.get(Redis).on('error', () => undefined);
    await context.get(SessionService).start();
    const replica: Replica = {
      context,
      stop: async () => {
        this.replicas.splice(this.replicas.indexOf(replica), 1);
        await context.get(SessionService).stop();
        await context.get(Database).close();
        context.get(Redis).disconnect();
        await context.close();
      },
    };
    this.replicas.push(replica);
    return replica;
  }

  async close(): Promise<void> {
    for (const replica of [...this.replicas]) await replica.stop();
    this.redis.disconnect();
    await this.bus.close();
    await Promise.all([this.postgres.drop(), this.nats.stop(), this.redisServer.stop()]);
  }

  async registerDevice(portCount = 2, tenantId = TENANT): Promise<DeviceId> {
    const deviceId = DeviceId.parse(`04${randomUUID().slice(0, 6).toUpperCase()}`);
    await this.bus.ask(RegisterDevice, {
      tenantId,
      deviceId,
      name: null,
      protocol: null,
      type: 'AC',
      region: null,
      portCount,
      heartbeatIntervalS: null,
      offlineTimeoutS: null,
    });
    return deviceId;
  }

  /** Puts facts of one device on the stream, as the gateway does: one message. */
  async say(...facts: readonly ProtocolEvent[]): Promise<void> {
    const [first] = facts;
    if (first === undefined) return;
    await this.bus.js.publish(partSubject(partitionOf(first.deviceId)), JSON.stringify({ v: 1, facts }));
  }

  eventsOf(deviceId: string, type?: string): readonly EventEnvelope[] {
    return this.events.filter((event) => event.deviceId === deviceId && (type === undefined || event.type === type));
  }
  typesOf(deviceId: string): readonly string[] {
    return this.eventsOf(deviceId)
      .toSorted((a, b) => a.sequence - b.sequence)
      .map(({ type }) => type)
      .filter((type) => type.startsWith('charging.'));
  }
}
