import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { eventually, freePort } from '@chargebus/testing';

const root = path.resolve(__dirname, '..', '..');
const READY_WITHIN_MS = 90_000;

/** `npm start` as a person runs it, on ports and data of its own. */
class Started {
  readonly child: ChildProcess;
  readonly exit: Promise<number | null>;
  output = '';

  constructor(readonly env: NodeJS.ProcessEnv) {
    this.child = spawn(process.execPath, ['tools/bin/start.mjs'], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    this.exit = new Promise((resolve) => this.child.once('exit', resolve));
  }

  /** Resolves when the screen is shown. */
  async ready(): Promise<this> {
    await eventually(() => {
      if (this.child.exitCode !== null) throw new Error(`npm start ended:\n${this.output}`);
      if (!this.output.includes('Chargebus is running (started')) throw new Error(`not up yet:\n${this.output}`);
    }, READY_WITHIN_MS);
    return this;
  }
  stop(signal: NodeJS.Signals): Promise<number | null> {
    this.child.kill(signal);
    return this.exit;
  }
}

interface Process {
  readonly pid: number;
  readonly command: string;
}
/** Processes that have this folder in their environment: apps, servers and devices alike. */
const processesOf = (dataDir: string): Process[] =>
  readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((pid) => {
      try {
        if (!readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`CHARGEBUS_DATA_DIR=${dataDir}\0`)) return [];
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
        return command === '' ? [] : [{ pid: Number(pid), command }];
      } catch {
        return []; // it is gone, or not ours to look at
      }
    });

describe('npm start', () => {
  let dataDir: string;
  let env: NodeJS.ProcessEnv;
  let running: Started;
  beforeAll(async () => {
    dataDir = mkdtempSync(path.join(tmpdir(), 'chargebus-start-'));
    chmodSync(dataDir, 0o755);
    mkdirSync(path.join(root, '.data', 'tools'), { recursive: true });
    symlinkSync(path.join(root, '.data', 'tools'), path.join(dataDir, 'tools')); // fetched binaries are shared
    env = {
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/_URL$|^NODE_ENV$|^npm_/.test(name))),
      CHARGEBUS_DATA_DIR: dataDir,
      HTTP_PORT: String(await freePort()),
      DEVICE_TCP_PORT: String(await freePort()),
      DEVICE_WS_PORT: String(await freePort()),
      FTP_PORT: String(await freePort()),
      DEMO_WEBHOOK_PORT: String(await freePort()),
      OPS_PORT_BASE: String(20_000 + (process.pid % 10_000)),
    };
    running = await new Started(env).ready();
  }, READY_WITHIN_MS);
  afterAll(async () => {
    await running.stop('SIGKILL');
    await eventually(() => {
      expect(processesOf(dataDir)).toEqual([]);
    }, 40_000);
    rmSync(dataDir, { recursive: true, force: true });
  }, 60_000);

  interface Posted {
    readonly signatures: unknown;
    readonly event: {
      readonly event: string;
      readonly device_phy_id: string | null;
      readonly data: { readonly order_no?: string };
    };
  }
  const webhooks = (): Posted[] =>
    readFileSync(path.join(dataDir, 'webhooks.log'), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Posted);
  /** The curl line of the screen, run by a shell in another folder. */
  const paste = async (): Promise<{ code: number; data: Record<string, unknown> }> => {
    const line = running.output.split('\n').find((text) => text.startsWith('curl ')) ?? '';
    const { stdout } = await promisify(execFile)('sh', ['-c', line], { cwd: '/', env });
    return JSON.parse(stdout) as Awaited<ReturnType<typeof paste>>;
  };

  it('Y14 prints one screen and keeps the demo client for scripts', () => {
    const file = path.join(dataDir, 'dev-client.json');
    const client = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
    expect(Object.keys(client)).toEqual(['api_key', 'api_secret']);
    expect(statSync(file).mode & 0o077).toBe(0);
    for (const shown of [client.api_key, client.api_secret, `http://127.0.0.1:${env.HTTP_PORT ?? ''}`, 'Ctrl-C'])
      expect(running.output).toContain(shown);
  });

  it('shows virtual devices that charge by themselves, and stations that know the card', async () => {
    const eventsOf = (prefix: string): string[] =>
      webhooks()
        .filter(({ event }) => event.device_phy_id?.startsWith(prefix) === true && event.event.startsWith('charging.'))
        .map(({ event }) => event.event);
    await eventually(() => {
      expect(eventsOf('04')).toContain('charging.started');
      for (const prefix of ['CS16-', 'CS201-'])
        expect(eventsOf(prefix).slice(0, 2)).toEqual(['charging.started', 'charging.progress']);
    }, 40_000);
  });

  it('AC01 starts a charge with the curl line as it stands, and its signed webhook arrives', async () => {
    const { code, data } = await paste();
    expect({ code, ...data }).toMatchObject({ code: 0, session_id: expect.stringMatching(/^SES/) as string });
    await eventually(() => {
      const started = webhooks().filter(
        ({ event }) => event.event === 'charging.started' && event.data.order_no === data.order_no,
      );
      expect(started).toMatchObject([{ signatures: { classic: true, standard: true } }]);
    }, 20_000);
  });

  it('X01 X02 serves health and metrics of every app', async () => {
    const base = Number(env.OPS_PORT_BASE);
    for (const port of [1, 2, 3, 4].map((offset) => base + offset)) {
      expect((await fetch(`http://127.0.0.1:${port}/health/ready`)).status).toBe(200);
      expect(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()).toContain('# TYPE chargebus_');
    }
    expect((await fetch(`http://127.0.0.1:${env.HTTP_PORT ?? ''}/api/metrics`)).status).toBe(200);
  });

  it('X03 X04 writes one JSON object a line to a log file per app', () => {
    for (const app of ['protocol-gateway', 'command', 'session', 'webhook-dispatcher', 'fleet', 'api']) {
      const lines = readFileSync(path.join(dataDir, 'log', `${app}.log`), 'utf8')
        .trim()
        .split('\n');
      for (const line of lines)
        expect(JSON.parse(line)).toMatchObject({
          app,
          level: expect.stringMatching(/^(ERROR|WARN|INFO|DEBUG)$/) as string,
        });
    }
  });

  it('says that it is running already, and leaves the running one alone', async () => {
    const second = new Started(env);
    expect(await second.exit).toBe(1);
    expect(second.output).toContain('is running already');
    expect(second.output).toContain(`http://127.0.0.1:${env.HTTP_PORT ?? ''}`);
    expect((await paste()).code).toBe(0);
  });

  it('names the variable to change when a port is taken', async () => {
    const elsewhere = mkdtempSync(path.join(tmpdir(), 'chargebus-start-'));
    const blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
    const { port } = blocker.address() as { port: number };
    const refused = new Started({ ...env, CHARGEBUS_DATA_DIR: elsewhere, HTTP_PORT: String(port) });
    expect(await refused.exit).toBe(1);
    expect(refused.output).toContain(`Port ${port} (HTTP) is in use`);
    expect(refused.output).toContain('HTTP_PORT=');
    blocker.close();
    rmSync(elsewhere, { recursive: true });
  });

  it('starts an app again that ends unasked', async () => {
    const command = processesOf(dataDir).find((process) => process.command.includes('apps/command/dist/main.js'));
    process.kill(command!.pid, 'SIGKILL');
    await eventually(() => {
      expect(running.output).toContain('command is back');
    }, 30_000);
  });

  it('Y14 stops everything it started on Ctrl-C, and begins again with its data', async () => {
    const before = await paste();
    expect(await running.stop('SIGINT')).toBe(130);
    expect(processesOf(dataDir)).toEqual([]);
    running = await new Started(env).ready();
    const { stdout } = await promisify(execFile)(process.execPath, [
      '-e',
      `const { signatureHeaders } = await import('${root}/tools/lib/signature.mjs');
       const target = '/api/third/devices/04AB0001/charge/status?port_no=1';
       const client = ${readFileSync(path.join(dataDir, 'dev-client.json'), 'utf8')};
       const answer = await fetch('http://127.0.0.1:${env.HTTP_PORT ?? ''}' + target, { headers: signatureHeaders(client, 'GET', target) });
       console.log(await answer.text());`,
      '--input-type=module',
    ]);
    expect(JSON.parse(stdout)).toMatchObject({ code: 0, data: { session_id: before.data.session_id } });
  }, 180_000);
});
