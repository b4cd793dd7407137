// Small things about processes that several files of this folder need.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';

/** An error whose message alone is meant for the person at the terminal. */
export class EmbeddedError extends Error {}

export const isRoot = process.getuid?.() === 0;
export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Runs a program to its end; never rejects (127: it could not be run). */
export const runQuietly = (command, args, options = {}) =>
  new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let out = '';
    let err = '';
    child.stdout.on('data', (data) => (out += data));
    child.stderr.on('data', (data) => (err += data));
    child.on('error', (error) => resolve({ code: 127, out, err: String(error) }));
    child.on('close', (code) => resolve({ code, out, err }));
  });

/** False for what has ended as well, whether or not anybody has collected it: PID 1 of some containers never does. */
export const isAlive = (pid) => exists(pid) && !/^State:\s+Z/m.test(statusOf(pid));

function exists(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
/** What Linux says of a process, '' when it is gone and on other systems. */
function statusOf(pid) {
  try {
    return fs.readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return '';
  }
}

/** The command line of a process, '' when it is gone. A process is only ever signalled after a look at this. */
export function commandLineOf(pid) {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() ?? '';
  }
}
export const isOurs = (pid, marker) => isAlive(pid) && commandLineOf(pid).includes(marker);

/** The parent of another process, where the system tells it cheaply (Linux); otherwise always 0. */
export const parentOf = (pid) => Number(/^PPid:\s+(\d+)$/m.exec(statusOf(pid))?.[1] ?? 0);

/** Processes whose parent this is, where the system tells it cheaply (Linux); otherwise always none. */
export function childrenOf(pid) {
  if (!fs.existsSync('/proc/self/status')) return [];
  const pids = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((child) => parentOf(child) === pid);
}
