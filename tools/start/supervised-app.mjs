// One app as a child process: started, watched, started again when it ends unasked, stopped in order.
import { fork } from 'node:child_process';
import path from 'node:path';
import { EmbeddedError } from '../servers/process.mjs';
import { RotatingLog } from './rotating-log.mjs';

const READY_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 25_000; // an app gives itself 20 s
const RESTART_DELAYS_MS = [500, 1_000, 2_000, 5_000, 10_000, 30_000];
const STEADY_MS = 60_000; // after which a crash counts as the first one again

export class SupervisedApp {
  #options;
  #log;
  #child = null;
  #stopping = false;
  #crashes = 0;
  #restart; // timer

  /**
   * @param {{name: string, script: string, args?: string[], env: Record<string, string>, logDir: string,
   *   watchdog: import('../servers/watchdog.mjs').Watchdog, say: (line: string) => void}} options
   */
  constructor(options) {
    this.#options = options;
    this.#log = new RotatingLog(path.join(options.logDir, `${options.name}.log`));
  }

  get name() {
    return this.#options.name;
  }

  /** Resolves when the app says it is ready. Rejects with the end of its log when it ended before that. */
  start() {
    const { script, args = [], env, watchdog } = this.#options;
    const startedAt = Date.now();
    // In a process group of its own: Ctrl-C reaches the starter only, which stops the apps before the servers.
    const child = fork(script, args, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    this.#child = child;
    if (child.pid) watchdog.watch('app', child.pid, 'SIGTERM', script);
    child.stdout.on('data', (chunk) => this.#log.write(chunk));
    child.stderr.on('data', (chunk) => this.#log.write(chunk));
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => child.kill('SIGKILL'), READY_TIMEOUT_MS);
      let ready = false;
      child.on('message', (message) => {
        if (message !== 'ready' || ready) return;
        ready = true;
        clearTimeout(late);
        resolve();
      });
      child.once('error', reject);
      child.once('close', (code, signal) => {
        clearTimeout(late);
        if (this.#child === child) this.#child = null;
        const how = signal ?? `code ${code}`;
        if (!ready) reject(new EmbeddedError(`${this.name} did not start (${how})\n${this.#log.tail}`));
        else if (!this.#stopping) this.#startAgain(how, Date.now() - startedAt);
      });
    });
  }

  #startAgain(how, livedMs) {
    if (livedMs > STEADY_MS) this.#crashes = 0;
    const delay = RESTART_DELAYS_MS[Math.min(this.#crashes++, RESTART_DELAYS_MS.length - 1)];
    const { say } = this.#options;
    say(`${this.name} ended (${how}); starting it again in ${delay / 1000} s`);
    this.#restart = setTimeout(() => {
      if (this.#stopping) return;
      const began = Date.now();
      this.start().then(
        () => say(`${this.name} is back`),
        (error) => !this.#stopping && this.#startAgain(error.message.split('\n')[0], Date.now() - began),
      );
    }, delay);
  }

  /** SIGTERM, and SIGKILL for one that does not end in time. */
  async stop() {
    this.#stopping = true;
    clearTimeout(this.#restart);
    const child = this.#child;
    if (child !== null && child.exitCode === null && child.signalCode === null) {
      const gone = new Promise((resolve) => child.once('close', resolve));
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
      await gone;
      clearTimeout(late);
    }
    this.#log.close();
  }
}
