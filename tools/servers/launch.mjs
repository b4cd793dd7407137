// Starting one child with its log file, and the random password of a private server.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/**
 * In a process group of its own: Ctrl-C at the terminal reaches the starter, which stops things in order.
 * @returns {{child: import('node:child_process').ChildProcess, tail: () => string}} tail: the end of its log
 */
export function launch(context, name, exe, args, { env = {}, ids = {}, stdin, cwd } = {}) {
  const logFile = path.join(context.dataDir, 'log', `${name}.log`);
  fs.mkdirSync(path.dirname(logFile), { recursive: true });
  const log = fs.openSync(logFile, 'w');
  const child = spawn(exe, args, {
    stdio: [stdin === undefined ? 'ignore' : 'pipe', log, log],
    env: { ...process.env, ...env },
    detached: true,
    cwd,
    ...ids,
  });
  fs.closeSync(log);
  child.on('error', () => {}); // readiness reports it
  child.stdin?.on('error', () => {});
  child.stdin?.end(stdin);
  return { child, tail: () => lastLines(logFile, 15) };
}

function lastLines(file, count) {
  try {
    return fs.readFileSync(file, 'utf8').split('\n').slice(-count).join('\n');
  } catch {
    return '';
  }
}

/** Made once per data folder, kept in a file of mode 600. */
export function passwordOf({ dataDir }, name) {
  const file = path.join(dataDir, 'secrets', name);
  if (!fs.existsSync(file)) {
    fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    fs.writeFileSync(file, randomBytes(18).toString('base64url'), { mode: 0o600 });
  }
  return fs.readFileSync(file, 'utf8').trim();
}
