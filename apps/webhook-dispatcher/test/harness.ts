import { randomBytes, randomUUID } from 'node:crypto';
import { readConfig } from '@chargebus/config';
import { toInstant } from '@chargebus/domain';
import type { ClientId, DeviceId, TenantId } from '@chargebus/domain';
import type { EventDefinition, EventEnvelope } from '@chargebus/events';
import { ChargingProgress } from '@chargebus/events';
import { Bus } from '@chargebus/messaging';
import { createLogger, Metrics } from '@chargebus/observability';
import { CreateWebhookEndpoint } from '@chargebus/requests';
import type { ReplyOf, RequestOf } from '@chargebus/requests';
import type { RunningService } from '@chargebus/runtime';
import { throwAwayDatabase, throwAwayNats } from '@chargebus/testing';
import type { ThrowAwayDatabase, ThrowAwayServer } from '@chargebus/testing';
import { configDefinition } from '../src/config';
import { startWebhookApp } from '../src/webhook-app';
import { Receiver } from './receiver';

type Settings = Readonly<Record<string, string>>;
type NewEndpoint = Partial<RequestOf<typeof CreateWebhookEndpoint>> & { readonly url: string };

/** Postgres, NATS, partners' servers and any number of dispatchers, for one test file. */
export class Harness {
  private readonly replicas: (RunningService & { readonly metrics: Metrics })[] = [];
  private readonly receivers: Receiver[] = [];

  private constructor(
    readonly database: ThrowAwayDatabase,
    readonly nats: ThrowAwayServer,
    readonly bus: Bus,
    private readonly settings: Settings,
  ) {}

  static async start(settings: Settings = {}, replicas = 1): Promise<Harness> {
    const [database, nats] = await Promise.all([throwAwayDatabase(), throwAwayNats()]);
    const bus = await Bus.connect({ url: nats.url, app: 'test', logger: createLogger('test', 'silent') });
    const harness = new Harness(database, nats, bus, settings);
    for (let i = 0; i < replicas; i++) await harness.addReplica();
    return harness;
  }

  get environment(): Settings {
    return {
      CHARGEBUS_PROFILE: 'test',
      LOG_LEVEL: 'silent',
      DATABASE_URL: this.database.url,
      DATABASE_POOL_SIZE: '4',
      NATS_URL: this.nats.url,
      SECRETS_KEYS: SECRETS_KEYS,
      OUTBOUND_ALLOW_CIDRS: '127.0.0.0/8',
      WEBHOOK_POLL_MS: '50',
      WEBHOOK_LEASE_MS: '2000',
      WEBHOOK_RETRY_DELAYS_S: '0.2,0.2,0.2',
      ...this.settings,
    };
  }

  async addReplica(settings: Settings = {}): Promise<void> {
    const metrics = new Metrics('webhook-dispatcher');
    const config = readConfig(configDefinition, { ...this.environment, ...settings });
    const service = await startWebhookApp({ config, metrics, logger: createLogger('test', config.LOG_LEVEL) });
    this.replicas.push({ ...service, metrics });
  }

  /** A counter's value with these labels, over all replicas; 0 where it never counted. */
  async count(name: string, labels: Readonly<Record<string, string>>): Promise<number> {
    const values = await Promise.all(
      this.replicas.map(async ({ metrics }) => (await metrics.registry.getSingleMetric(name)?.get())?.values ?? []),
    );
    return values
      .flat()
      .filter((value) => Object.entries(labels).every(([label, wanted]) => value.labels[label] === wanted))
      .reduce((sum, { value }) => sum + value, 0);
  }

  async receiver(path?: string): Promise<Receiver> {
    const receiver = await Receiver.listen(path);
    this.receivers.push(receiver);
    return receiver;
  }

  createEndpoint(tenantId: TenantId, settings: NewEndpoint): Promise<ReplyOf<typeof CreateWebhookEndpoint>> {
    return this.bus.ask(CreateWebhookEndpoint, {
      tenantId,
      events: ['*'],
      payloadVersion: 'v1',
      signature: 'both',
      description: null,
      deviceFilter: null,
      rateLimitPerMin: null,
      clientId: CLIENT,
      headers: null,
      timeoutS: null,
      retryCount: null,
      ...settings,
    });
  }

  async stop(): Promise<void> {
    await Promise.all(this.replicas.map((service) => service.stop()));
    for (const receiver of this.receivers) receiver.close();
    await this.bus.close();
    await this.nats.stop();
    await this.database.drop();
  }
}

const CLIENT = randomUUID() as ClientId;
const SECRETS_KEYS = `k1:${randomBytes(32).toString('base64')}`;

export const aTenant = (): TenantId => randomUUID() as TenantId;

let sequence = 0;
/** The declared example of an event, of this tenant, happening now. */
export function anEvent(
  tenantId: TenantId,
  definition: EventDefinition = ChargingProgress,
  more: Partial<EventEnvelope> = {},
): EventEnvelope {
  sequence += 1;
  return {
    id: `evt_${randomUUID().replaceAll('-', '')}`,
    type: definition.type,
    version: definition.version,
    tenantId,
    deviceId: '04AB373B' as DeviceId,
    occurredAt: toInstant(Date.now()),
    sequence,
    causeId: null,
    data: definition.example,
    ...more,
  };
}
