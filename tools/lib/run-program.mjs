// Runs a program of node_modules/.bin, or of PATH, with this terminal.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { root } from './workspace.mjs';

/** Resolves with its exit code. It does not outlive this process, unless that is killed with SIGKILL. */
export function runProgram(command, args, { env = process.env, stdio = 'inherit' } = {}) {
  const local = path.join(root, 'node_modules', '.bin', command);
  return new Promise((resolve, reject) => {
    const child = spawn(fs.existsSync(local) ? local : command, args, { cwd: root, env, stdio });
    const end = () => child.kill('SIGTERM');
    process.once('exit', end);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      process.off('exit', end);
      resolve(code ?? (signal === 'SIGINT' ? 130 : 1));
    });
  });
}

/** Nx as these commands use it: no background process, plain output. */
export const nx = (...args) =>
  runProgram('nx', [...args, '--outputStyle=static'], {
    env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
