import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { createWriteStream, mkdirSync } from 'node:fs';
import path from 'node:path';
import { Redis } from 'ioredis';
import { freePort, throwAwayDatabase, throwAwayNats, throwAwayRedis } from './servers';
import type { ThrowAwayDatabase, ThrowAwayServer } from './servers';

const ROOT = path.resolve(__dirname, '..', '..', '..');
const LOG_DIR = path.join(ROOT, '.data', 'test-log');

export const APPS = ['protocol-gateway', 'command', 'session', 'webhook-dispatcher', 'fleet', 'api'] as const;
export type AppName = (typeof APPS)[number];

/** One running process of an app. */
export interface AppProcess {
  readonly app: AppName;
  readonly child: ChildProcess;
  readonly port: number; // device TCP of a gateway, HTTP of an api; 0 for the rest
  readonly stationPort: number; // of WebSocket devices; 0: none
}

export interface InstallationOptions {
  /** How many processes of each app; 1 where not named. */
  readonly replicas?: Partial<Record<AppName, number>>;
  /** Settings on top of those of a test installation, for one app or for all (`*`). */
  readonly settings?: Partial<Record<AppName | '*', Readonly<Record<string, string>>>>;
  /** Unknown devices are adopted into the installation's tenant. On by default. */
  readonly adoptDevices?: boolean;
  /** Postgres; by default a database of its own on the server that all tests share. */
  readonly database?: ThrowAwayDatabase;
}

/**
 * A whole Chargebus as an operator runs it: every app a process of its own (the build, not the sources), on servers
 * that belong to this installation alone. Processes can be killed and started again one by one.
 */
export class Installation {
  readonly processes: AppProcess[] = [];
  private readonly starting = new Set<AppName>();
  readonly tenantId = randomUUID();
  readonly apiKey = `cbk_${randomBytes(12).toString('hex')}`;
  readonly apiSecret = `cbs_${randomBytes(24).toString('hex')}`;

  private constructor(
    readonly database: ThrowAwayDatabase,
    readonly nats: ThrowAwayServer,
    readonly redis: ThrowAwayServer,
    private readonly options: InstallationOptions,
    private readonly secretsKeys: string,
    /** Of the first api, and of FTP at the first fleet: known before they start, for the addresses that devices get. */
    private readonly firstPorts: { readonly http: number; readonly ftp: number },
  ) {}

  static async start(options: InstallationOptions = {}): Promise<Installation> {
    const [database, nats, redis] = await Promise.all([
      options.database ?? throwAwayDatabase(),
      throwAwayNats(),
      throwAwayRedis(),
    ]);
    const ports = { http: await freePort(), ftp: await freePort() };
    const keys = `k1:${randomBytes(32).toString('base64')}`;
    const installation = new Installation(database, nats, redis, options, keys, ports);
    try {
      await installation.bootstrap([
        ...['--tenant-id', installation.tenantId, '--tenant-name', 'Test operator'],
        ...['--client-name', 'Test platform', '--scopes', 'third,internal'],
        ...['--api-key', installation.apiKey, '--api-secret', installation.apiSecret],
      ]);
      await Promise.all(
        APPS.flatMap((app) => Array.from({ length: options.replicas?.[app] ?? 1 }, () => installation.startApp(app))),
      );
    } catch (error) {
      await installation.stop();
      throw error;
    }
    return installation;
  }

  /** Runs the api's bootstrap command with this installation's settings; its last line of JSON comes back. */
  async bootstrap(args: readonly string[]): Promise<Record<string, unknown>> {
    const child = fork(path.join(ROOT, 'apps/api/dist/bootstrap.js'), args, {
      env: this.settingsOf('api', 0, 0),
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    let output = '';
    child.stdout?.on('data', (data: Buffer) => (output += data.toString()));
    const code = await new Promise((resolve) => child.once('close', resolve));
    if (code !== 0) throw new Error(`bootstrap failed: ${output}`);
    return JSON.parse(output.trim().split('\n').at(-1) ?? '{}') as Record<string, unknown>;
  }

  /** Starts one more process of an app; on `port` where it listens for devices or HTTP. */
  async startApp(app: AppName, port?: number, stationPort?: number): Promise<AppProcess> {
    const listens = app === 'protocol-gateway' || app === 'api';
    const isFirst = !this.starting.has(app);
    this.starting.add(app);
    const at = listens ? (port ?? (app === 'api' && isFirst ? this.firstPorts.http : await freePort())) : 0;
    const stationsAt = app === 'protocol-gateway' ? (stationPort ?? (await freePort())) : 0;
    mkdirSync(LOG_DIR, { recursive: true });
    const child = fork(path.join(ROOT, 'apps', app, 'dist/main.js'), [], {
      env: this.settingsOf(app, at, stationsAt),
      // A session of its own, as under `npm start`: Linux shares the processors among sessions first.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const log = createWriteStream(path.join(LOG_DIR, `${app}.log`), { flags: 'a' });
    child.stdout?.pipe(log);
    child.stderr?.pipe(log);
    const running: AppProcess = { app, child, port: at, stationPort: stationsAt };
    this.processes.push(running);
    await new Promise<void>((resolve, reject) => {
      child.once('message', () => {
        resolve();
      });
      child.once('exit', (code) => {
        reject(new Error(`${app} stopped with ${String(code)} while starting; see ${LOG_DIR}/${app}.log`));
      });
    });
    return running;
  }

  /** The first running process of an app. */
  process(app: AppName, index = 0): AppProcess {
    const found = this.processes.filter((process) => process.app === app)[index];
    if (found === undefined) throw new Error(`no ${app} runs`);
    return found;
  }
  /** Where devices connect: one port for each gateway. */
  get devicePorts(): number[] {
    return this.processes.filter((process) => process.app === 'protocol-gateway').map((process) => process.port);
  }
  get devicePort(): number {
    return this.process('protocol-gateway').port;
  }
  /** Where devices connect by WebSocket. */
  get stationPort(): number {
    return this.process('protocol-gateway').stationPort;
  }
  /** Where the HTTP interface is: one for each api. */
  get baseUrls(): string[] {
    return this.processes
      .filter((process) => process.app === 'api')
      .map((process) => `http://127.0.0.1:${process.port}`);
  }

  /** SIGKILL, then a new process on the same port. */
  async crash(app: AppName, index = 0): Promise<void> {
    const victim = this.process(app, index);
    await this.end(victim, 'SIGKILL');
    await this.startApp(app, victim.port === 0 ? undefined : victim.port, victim.stationPort);
  }

  async end(victim: AppProcess, signal: NodeJS.Signals): Promise<void> {
    const at = this.processes.indexOf(victim);
    if (at >= 0) this.processes.splice(at, 1);
    const { child } = victim;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await gone;
  }

  /** Everything that Redis held is gone, as after a failover to an empty replica. */
  async emptyRedis(): Promise<void> {
    const client = new Redis(this.redis.url);
    await client.flushall();
    client.disconnect();
  }

  async stop(): Promise<void> {
    await Promise.all([...this.processes].map((process) => this.end(process, 'SIGKILL')));
    await Promise.all([this.nats.stop(), this.redis.stop(), this.database.drop()]);
  }

  private settingsOf(app: AppName, port: number, stationPort: number): NodeJS.ProcessEnv {
    return {
      PATH: process.env.PATH,
      NODE_OPTIONS: '--max-semi-space-size=32', // as in deploy/Dockerfile
      CHARGEBUS_PROFILE: 'development',
      LOG_LEVEL: 'info',
      DATABASE_URL: this.database.url,
      NATS_URL: this.nats.url,
      REDIS_URL: this.redis.url,
      SECRETS_KEYS: this.secretsKeys,
      OPS_PORT: '0',
      OUTBOUND_ALLOW_CIDRS: '127.0.0.0/8',
      ...(app === 'protocol-gateway' ? { DEVICE_TCP_PORT: String(port), DEVICE_WS_PORT: String(stationPort) } : {}),
      PUBLIC_BASE_URL: `http://127.0.0.1:${this.firstPorts.http}`,
      ...(app === 'api' ? { HTTP_PORT: String(port) } : {}),
      ...(app === 'fleet' && (this.options.replicas?.fleet ?? 1) === 1
        ? { FTP_PORT: String(this.firstPorts.ftp) }
        : {}),
      ...(app === 'session' && this.options.adoptDevices !== false
        ? { ADOPT_UNKNOWN_DEVICES_TENANT_ID: this.tenantId }
        : {}),
      ...this.options.settings?.['*'],
      ...this.options.settings?.[app],
    };
  }
}
