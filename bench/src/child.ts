import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import path from 'node:path';

/** A helper process of the benchmark that tells its port, or ports, when it listens. */
export async function startChild<Ports = { readonly port: number }>(
  file: string,
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly child: ChildProcess } & Ports> {
  const child = fork(path.join(__dirname, file), [], { env: { ...process.env, ...env } });
  return { child, ...(await answer<Ports>(child)) };
}

/** The next message of a child; rejects when it exits first. */
export function answer<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => {
      resolve(message as T);
    });
    child.once('exit', (code) => {
      reject(new Error(`child stopped with ${String(code)}`));
    });
  });
}

/** Ends a child and waits for it. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await gone;
}
