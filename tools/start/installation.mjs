// The development installation: private servers, the apps, the demo around them. Started in order, stopped in order.
import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import path from 'node:path';
import { root } from '../lib/workspace.mjs';
import { EmbeddedServers } from '../servers/embedded-servers.mjs';
import { EmbeddedError } from '../servers/process.mjs';
import { bindable } from '../servers/readiness.mjs';
import { bootstrapDemo, callApi } from './demo-client.mjs';
import { CARD, STATIONS, waitingPort } from './demo-devices.mjs';
import { DemoWebhooks } from './demo-webhooks.mjs';
import { renderScreen } from './screen.mjs';
import { addresses, APPS, fixedPorts, sharedEnvironment } from './settings.mjs';
import { SupervisedApp } from './supervised-app.mjs';

const script = (app, file = 'main.js') => path.join(root, 'apps', app, 'dist', file);

export class Installation {
  #dataDir;
  #say;
  #servers;
  #apps = [];
  #webhooks = null;
  #stopping;

  /** @param {{dataDir: string, say: (line: string) => void}} options */
  constructor({ dataDir, say }) {
    this.#dataDir = dataDir;
    this.#say = say;
    this.#servers = new EmbeddedServers({ dataDir, project: 'chargebus', log: say });
  }

  /** @returns {Promise<(seconds: string) => string>} what to show */
  async start() {
    await refuseTakenPorts();
    const urls = await this.#servers.start();
    const env = sharedEnvironment(this.#dataDir, urls);
    const { applied } = await createRequire(import.meta.url)('@chargebus/persistence').migrate(env.DATABASE_URL);
    if (applied.length > 0) this.#say(`database: ${applied.length} migrations`);
    const demo = await bootstrapDemo(this.#dataDir, env);
    env.ADOPT_UNKNOWN_DEVICES_TENANT_ID ??= demo.tenant_id;

    this.#webhooks = new DemoWebhooks({ dataDir: this.#dataDir, port: addresses.webhookPort, say: this.#say });
    await this.#webhooks.listen();
    await Promise.all(APPS.map((app) => this.#startApp(app.name, script(app.name), { ...env, OPS_PORT: app.opsPort })));
    await this.#webhooks.register(addresses.http, demo);
    await callApi(addresses.http, demo, 'PUT', `/api/third/tokens/${CARD}`, { type: 'card' });
    await callApi(addresses.http, demo, 'POST', '/api/third/devices/import', { devices: STATIONS });
    const devices = path.join(root, 'tools', 'start', 'run-demo-devices.mjs');
    const { deviceHost, devicePort, stationHost, stationPort } = addresses;
    await this.#startApp('simulator', devices, env, [deviceHost, devicePort, stationHost, stationPort].map(String));
    const orderNo = `DEMO-${randomBytes(3).toString('hex').toUpperCase()}`;
    return (seconds) => renderScreen({ addresses, apps: APPS, demo, waiting: waitingPort, orderNo, seconds });
  }

  async #startApp(name, file, env, args = []) {
    if (this.#stopping) throw new EmbeddedError('stopped while starting');
    const began = performance.now();
    const app = new SupervisedApp({
      name,
      script: file,
      args,
      env,
      logDir: path.join(this.#dataDir, 'log'),
      watchdog: this.#servers.watchdog,
      say: this.#say,
    });
    this.#apps.push(app);
    await app.start();
    this.#say(`${name} is ready, ${Math.round(performance.now() - began)} ms`);
  }

  /** Ends what was started, and nothing else: the devices, the apps, the servers. Safe at any time and twice. */
  stop() {
    this.#stopping ??= (async () => {
      await Promise.allSettled(this.#apps.map((app) => app.stop()));
      await this.#webhooks?.close();
      await this.#servers.stop();
    })();
    return this.#stopping;
  }
}

async function refuseTakenPorts() {
  for (const { host, port, of, variable } of fixedPorts)
    if ((await bindable(port, host)) === 0)
      throw new EmbeddedError(`Port ${port} (${of}) is in use. Free it, or choose another: ${variable}=... npm start`);
}
