// Postgres, NATS with JetStream and Redis for a machine that has none of them. A server whose URL is in the
// environment is used as it is and never started or stopped; the others run privately: free loopback ports, random
// passwords, data under the data folder, ended when the process that started them goes away, however it goes.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CATALOGUE } from './catalogue.mjs';
import { forgetRun, lastPort, lockStarting, readRun, rememberPort, writeRun } from './data-folder.mjs';
import { EmbeddedError, isAlive, isOurs, isRoot, sleep } from './process.mjs';
import { freePort, waitReady } from './readiness.mjs';
import { resolveBinary } from './resolve-binary.mjs';
import { startNats } from './start-nats.mjs';
import { startPostgres } from './start-postgres.mjs';
import { startRedis } from './start-redis.mjs';
import { Watchdog } from './watchdog.mjs';

const STARTERS = { postgres: startPostgres, nats: startNats, redis: startRedis };
const STOP_TIMEOUT_MS = 8_000;

export class EmbeddedServers {
  /** Ends whatever it was told of when this process is gone; callers may add processes of their own. */
  watchdog = new Watchdog();
  #options;
  #context; // where this set lives; `extraDirs`: folders outside the data folder
  #toolsContext; // where unpacked binaries are kept between runs
  #started = [];
  #stopping;

  /**
   * @param {{dataDir: string, project: string, ephemeral?: boolean, only?: string[], log: (line: string) => void,
   *   env?: NodeJS.ProcessEnv}} options ephemeral: a folder and ports of its own, removed at the end
   */
  constructor(options) {
    const { project, ephemeral = false, log } = options;
    const base = path.resolve(options.dataDir);
    const dataDir = ephemeral ? fs.mkdtempSync(path.join(os.tmpdir(), `${project}-test-`)) : base;
    fs.mkdirSync(dataDir, { recursive: true });
    if (ephemeral) {
      this.watchdog.removeAtEnd(dataDir);
      if (isRoot) fs.chmodSync(dataDir, 0o711); // Postgres runs as another user
    }
    this.#options = { only: Object.keys(CATALOGUE), env: process.env, ...options };
    this.#context = { project, ephemeral, dataDir, log, extraDirs: [] };
    this.#toolsContext = { ...this.#context, dataDir: base };
  }

  /** @returns {Promise<Record<string, string>>} DATABASE_URL, NATS_URL, REDIS_URL of servers that are ready */
  async start() {
    const { dataDir } = this.#context;
    const unlock = await lockStarting(dataDir);
    try {
      return (await this.#joinRunning()) ?? (await this.#startAll());
    } catch (error) {
      await this.stop();
      throw error;
    } finally {
      unlock();
    }
  }

  /** Stops what this set started, and nothing else. Safe to call at any time and more than once. */
  stop() {
    this.#stopping ??= (async () => {
      await Promise.all(this.#started.map((server) => stopServer(server)));
      this.watchdog.dismiss();
      const { ephemeral, dataDir, extraDirs } = this.#context;
      if (this.#started.length > 0) forgetRun(dataDir);
      if (ephemeral) for (const dir of [dataDir, ...extraDirs]) fs.rmSync(dir, { recursive: true, force: true });
    })();
    return this.#stopping;
  }

  /** Another starter's servers on the same data folder are used, not stopped. Left-overs of a crash are ended. */
  async #joinRunning() {
    const { dataDir, log } = this.#context;
    const { only, env } = this.#options;
    const previous = readRun(dataDir);
    if (previous === null || only.every((name) => env[CATALOGUE[name].url])) return null;
    const { owner, servers } = previous;
    if (owner !== process.pid && isAlive(owner) && servers.every((server) => isAlive(server.pid))) {
      log(`already running, started by process ${owner}: using those servers`);
      const running = Object.fromEntries(servers.map((server) => [CATALOGUE[server.name].url, server.url]));
      return Object.fromEntries(
        only.map((name) => [CATALOGUE[name].url, env[CATALOGUE[name].url] ?? running[CATALOGUE[name].url]]),
      );
    }
    for (const server of servers.filter(({ pid, marker }) => isOurs(pid, marker))) {
      log(`${server.name}: stopping a left-over of an earlier run (process ${server.pid})`);
      try {
        process.kill(server.pid, server.stopSignal);
      } catch (error) {
        if (error.code !== 'ESRCH') throw error; // it has just ended by itself
      }
      for (let tries = 0; tries < 100 && isAlive(server.pid); tries++) await sleep(50);
    }
    forgetRun(dataDir);
    return null;
  }

  async #startAll() {
    const { only } = this.#options;
    const { ephemeral, dataDir, extraDirs } = this.#context;
    const results = await Promise.allSettled(only.map((name) => this.#startOne(name))); // none is left starting behind a failure
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
    if (ephemeral) extraDirs.forEach((dir) => this.watchdog.removeAtEnd(dir));
    if (this.#started.length > 0)
      writeRun(dataDir, {
        owner: process.pid,
        servers: this.#started.map(({ name, child, port, url, marker, stopSignal }) => ({
          name,
          pid: child.pid,
          port,
          url,
          marker,
          stopSignal,
        })),
      });
    return Object.fromEntries(results.map(({ value }) => [CATALOGUE[value.name].url, value.url]));
  }

  async #startOne(name) {
    const { dataDir, log } = this.#context;
    const given = this.#options.env[CATALOGUE[name].url];
    if (given) {
      await waitReady(name, given);
      log(`${name}: using ${CATALOGUE[name].url}`);
      return { name, url: given };
    }
    const began = performance.now();
    const binary = await resolveBinary(name, this.#toolsContext);
    for (let attempt = 1; ; attempt++) {
      const port = await freePort(attempt === 1 ? lastPort(dataDir, name) : undefined);
      const server = { name, port, ...(await STARTERS[name](this.#context, binary, port)) };
      this.#started.push(server);
      if (server.child.pid) this.watchdog.watch('server', server.child.pid, server.stopSignal, server.marker);
      if (this.#stopping) {
        await stopServer(server);
        throw new EmbeddedError(`${name}: stopped while starting`);
      }
      try {
        await waitReady(name, server.url, { child: server.child, tail: server.tail, timeout: 60_000 });
      } catch (error) {
        await stopServer(server);
        this.#started.splice(this.#started.indexOf(server), 1);
        if (attempt < 3 && /in use|already|EADDRINUSE/i.test(error.message)) continue; // taken in between
        throw error;
      }
      rememberPort(dataDir, name, port);
      log(
        `${name} ${binary.version} (${binary.source}) on 127.0.0.1:${port}, ${Math.round(performance.now() - began)} ms`,
      );
      return server;
    }
  }
}

async function stopServer({ child, stopSignal }) {
  if (!child.pid || child.exitCode !== null || child.signalCode) return;
  const gone = new Promise((resolve) => child.once('exit', () => resolve(true)));
  child.kill(stopSignal);
  if ((await Promise.race([gone, sleep(STOP_TIMEOUT_MS)])) === true) return;
  child.kill('SIGKILL');
  await gone;
}
