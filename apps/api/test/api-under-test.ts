import { randomUUID } from 'node:crypto';
import { acceptedSchema, answerSchema, Failure, ROUTES, SCOPE_BUNDLES } from '@chargebus/api-contract';
import { readConfig } from '@chargebus/config';
import type { TenantId } from '@chargebus/domain';
import { Bus } from '@chargebus/messaging';
import { createLogger, Metrics } from '@chargebus/observability';
import { Database } from '@chargebus/persistence';
import { classicSignature, SecretBox } from '@chargebus/security';
import { throwAwayDatabase, throwAwayNats, throwAwayRedis } from '@chargebus/testing';
import type { ThrowAwayDatabase, ThrowAwayServer } from '@chargebus/testing';
import { provision } from '../src/clients/provision';
import type { ProvisionRequest } from '../src/clients/provision';
import { configDefinition } from '../src/config';
import { nestPaths } from '../src/http/endpoint.decorator';
import { startApi } from '../src/start';
import type { RunningApi } from '../src/start';

export const SECRETS_KEYS = `test:${Buffer.alloc(32, 7).toString('base64')}`;

export interface TestClient {
  readonly tenantId: TenantId;
  readonly clientId: string;
  readonly apiKey: string;
  readonly apiSecret: string;
}
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: AnswerBody;
}
/** Either envelope; `data` is null in the failure one. */
export interface AnswerBody {
  readonly code: number;
  readonly message: string;
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly pagination?: Readonly<Record<string, unknown>>;
  readonly error?: string;
  readonly request_id?: string;
  readonly details?: readonly { readonly field: string; readonly message: string }[];
}
export interface CallOptions {
  readonly body?: unknown;
  readonly rawBody?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  readonly client?: TestClient | null; // null: no credentials at all
  readonly timestamp?: number;
  readonly nonce?: string;
}

/** The API on real servers; the other apps are answered for by the spec, over the real bus. */
export class ApiUnderTest {
  client!: TestClient;

  private constructor(
    readonly nats: ThrowAwayServer,
    readonly redis: ThrowAwayServer,
    readonly postgres: ThrowAwayDatabase,
    readonly others: Bus,
    readonly api: RunningApi,
    readonly metrics: Metrics,
    private readonly database: Database,
  ) {}

  static async start(env: Readonly<Record<string, string>> = {}): Promise<ApiUnderTest> {
    const [nats, redis, postgres] = await Promise.all([throwAwayNats(), throwAwayRedis(), throwAwayDatabase()]);
    const logger = createLogger('api', 'silent');
    const config = readConfig(configDefinition, {
      CHARGEBUS_PROFILE: 'test',
      NATS_URL: nats.url,
      REDIS_URL: redis.url,
      DATABASE_URL: postgres.url,
      DATABASE_POOL_SIZE: '3',
      SECRETS_KEYS,
      HTTP_PORT: '0',
      CLIENT_CACHE_MS: '50',
      ...env,
    });
    const others = await Bus.connect({ url: nats.url, app: 'others', logger });
    const database = await Database.connect({ url: postgres.url, app: 'spec', poolSize: 1 });
    const metrics = new Metrics('api');
    const api = await startApi({ config, logger, metrics });
    const started = new ApiUnderTest(nats, redis, postgres, others, api, metrics, database);
    started.client = await started.newClient();
    return started;
  }

  async newClient(request: Partial<ProvisionRequest> = {}): Promise<TestClient> {
    const made = await provision(this.database, new SecretBox(SECRETS_KEYS), {
      tenantName: `tenant ${randomUUID()}`,
      clientName: 'spec',
      scopes: SCOPE_BUNDLES.third.filter((scope) => scope !== 'devices:maintain'),
      allowUnsigned: false,
      ...request,
    });
    return {
      tenantId: made.tenant_id,
      clientId: made.client_id,
      apiKey: made.api_key ?? request.apiKey!,
      apiSecret: made.api_secret ?? request.apiSecret!,
    };
  }

  /** A signed call; its answer is checked against the contract. */
  async call(method: string, target: string, options: CallOptions = {}): Promise<Answer> {
    const text = options.rawBody ?? (options.body === undefined ? '' : JSON.stringify(options.body));
    const client = options.client === undefined ? this.client : options.client;
    const response = await fetch(`http://127.0.0.1:${this.api.port.toString()}${target}`, {
      method,
      headers: {
        'accept-language': 'en',
        ...(text === '' ? {} : { 'content-type': 'application/json' }),
        ...(client === null ? {} : sign(client, method, target, text, options)),
        ...options.headers,
      },
      ...(text === '' ? {} : { body: text }),
    });
    const answer = { status: response.status, headers: response.headers, body: (await response.json()) as AnswerBody };
    expectContract(method, target, answer);
    return answer;
  }

  async stop(): Promise<void> {
    await this.api.stop();
    await this.stopServers();
  }
  async stopServers(): Promise<void> {
    await this.others.close();
    await this.database.close();
    await Promise.all([this.nats.stop(), this.redis.stop(), this.postgres.drop()]);
  }
}

export function sign(
  client: TestClient,
  method: string,
  target: string,
  body: string | Buffer,
  options: Pick<CallOptions, 'timestamp' | 'nonce'> = {},
): Record<string, string> {
  const timestamp = (options.timestamp ?? Math.floor(Date.now() / 1000)).toString();
  const nonce = options.nonce ?? randomUUID();
  return {
    'x-api-key': client.apiKey,
    'x-timestamp': timestamp,
    'x-nonce': nonce,
    'x-signature': classicSignature(client.apiSecret, { method, path: target, timestamp, nonce, body }),
  };
}

/** No answer leaves that the documents do not describe. */
function expectContract(method: string, target: string, answer: Pick<Answer, 'status' | 'body'>): void {
  if (answer.status >= 400) {
    Failure.parse(answer.body);
    return;
  }
  const path = target.split('?')[0]!;
  const served = ROUTES.flatMap((route) =>
    route.method === method ? nestPaths(route).map((pattern) => ({ route, pattern })) : [],
  );
  const fits = ({ pattern }: { readonly pattern: string }): boolean =>
    new RegExp(`^${pattern.replace(/:\w+/g, '[^/]+')}$`).test(path);
  // A path without names in it is taken before one that a name would fit, as by the router.
  const { route } = served.find(({ pattern }) => pattern === path) ?? served.find(fits) ?? {};
  if (route === undefined) throw new Error(`${method} ${path} is not in the contract`);
  if (answer.status === 202 && route.accepted !== null) {
    acceptedSchema(route)?.parse(answer.body);
    return;
  }
  expect(answer.status).toBe(route.goesOn?.(answer.body.data) === true ? 202 : route.status);
  answerSchema(route).parse(answer.body);
}
