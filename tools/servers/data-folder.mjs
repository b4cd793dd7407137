// What is remembered in the data folder: who is starting, what runs, which ports were used last time.
import fs from 'node:fs';
import path from 'node:path';
import { EmbeddedError, isAlive, sleep } from './process.mjs';

/** One starter at a time per data folder; a second one waits for the first to be ready. Resolves with the unlock. */
export async function lockStarting(dataDir) {
  const file = path.join(dataDir, 'starting.lock');
  for (const until = Date.now() + 180_000; ;) {
    try {
      fs.writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => fs.rmSync(file, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const owner = readNumber(file);
    if (owner === undefined || !isAlive(owner)) fs.rmSync(file, { force: true });
    else if (Date.now() > until)
      throw new EmbeddedError(`process ${owner} has been starting the servers in ${dataDir} for too long`);
    else await sleep(50);
  }
}

const runFile = (dataDir) => path.join(dataDir, 'run.json');

/** The servers that run or ran last, with their starter's process id; null: none on record. */
export function readRun(dataDir) {
  try {
    return JSON.parse(fs.readFileSync(runFile(dataDir), 'utf8'));
  } catch {
    return null;
  }
}
export const writeRun = (dataDir, run) => fs.writeFileSync(runFile(dataDir), JSON.stringify(run), { mode: 0o600 });
export const forgetRun = (dataDir) => fs.rmSync(runFile(dataDir), { force: true });

/** A server's port of last time: taken again where it is free, so that a database tool keeps its settings. */
export const lastPort = (dataDir, name) => readNumber(path.join(dataDir, 'ports', name));
export function rememberPort(dataDir, name, port) {
  fs.mkdirSync(path.join(dataDir, 'ports'), { recursive: true });
  fs.writeFileSync(path.join(dataDir, 'ports', name), String(port));
}

function readNumber(file) {
  try {
    return Number(fs.readFileSync(file, 'utf8')) || undefined;
  } catch {
    return undefined;
  }
}
