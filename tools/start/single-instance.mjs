// One running installation per data folder: who it is, and what it showed.
import fs from 'node:fs';
import path from 'node:path';
import { isOurs } from '../servers/process.mjs';

const MARKER = path.join('tools', 'bin', 'start.mjs');
const fileOf = (dataDir) => path.join(dataDir, 'start.json');

/** The running starter `{ pid, screen }`, or null. What a killed one left behind does not count. */
export function runningInstance(dataDir) {
  try {
    const instance = JSON.parse(fs.readFileSync(fileOf(dataDir), 'utf8'));
    return isOurs(instance.pid, MARKER) ? instance : null;
  } catch {
    return null;
  }
}

/** Takes the data folder for this process; false when another starter was faster. */
export function claimInstance(dataDir) {
  fs.mkdirSync(dataDir, { recursive: true });
  for (let tries = 0; tries < 2; tries++) {
    try {
      fs.writeFileSync(fileOf(dataDir), JSON.stringify({ pid: process.pid, screen: null }), {
        flag: 'wx',
        mode: 0o600,
      });
      return true;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (runningInstance(dataDir) !== null) return false;
      fs.rmSync(fileOf(dataDir), { force: true });
    }
  }
  return false;
}
export const rememberScreen = (dataDir, screen) =>
  fs.writeFileSync(fileOf(dataDir), JSON.stringify({ pid: process.pid, screen }), { mode: 0o600 });
export const releaseInstance = (dataDir) => fs.rmSync(fileOf(dataDir), { force: true });
