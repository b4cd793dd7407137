#!/usr/bin/env node
// npm start: the whole system on this machine, in the development profile, until Ctrl-C.
import { prepare, requireNode } from '../lib/prepare.mjs';
import { dataDir } from '../lib/workspace.mjs';
import { EmbeddedError, parentOf } from '../servers/process.mjs';
import { claimInstance, releaseInstance, rememberScreen, runningInstance } from '../start/single-instance.mjs';

const began = performance.now();
const seconds = () => ((performance.now() - began) / 1000).toFixed(1);
const say = (line) => console.log(`[${seconds().padStart(6)} s] ${line}`);

requireNode();
if (!claimInstance(dataDir)) {
  const { pid, screen } = runningInstance(dataDir) ?? {};
  console.log(`Chargebus is running already (process ${pid}); this start leaves it alone.\n${screen ?? ''}`);
  process.exit(1);
}

let installation = null;
let ending = false;
async function end(code, reason) {
  if (ending) process.exit(code); // asked twice: at once; the watchdog ends what is left
  ending = true;
  if (reason) say(reason);
  await installation?.stop();
  releaseInstance(dataDir);
  say('stopped');
  process.exit(code);
}
process.on('SIGINT', () => void end(130, 'stopping (Ctrl-C again: at once)'));
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => void end(143, 'stopping'));
process.stdout.on('error', () => {}); // a closed terminal or pipe is no reason to fall

// npm passes signals on, but the shell between it and this process need not, and a killed npm passes on nothing:
// without the npm that started it nobody would stop this.
const ancestors = () => `${process.ppid} ${parentOf(process.ppid)}`;
const started = ancestors();
if (process.env.npm_lifecycle_event)
  setInterval(() => {
    if (ancestors() !== started) void end(143, 'the npm that started this is gone; stopping');
  }, 1_000).unref();

try {
  await prepare(say);
  const { Installation } = await import('../start/installation.mjs'); // needs what `prepare` installed
  installation = new Installation({ dataDir, say });
  const render = await installation.start();
  const screen = render(seconds());
  rememberScreen(dataDir, screen);
  console.log(screen);
} catch (error) {
  if (!ending) {
    console.error(error instanceof EmbeddedError ? error.message : error);
    await end(1, null);
  }
}
