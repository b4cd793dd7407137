import { fork } from 'node:child_process';
import path from 'node:path';
import { Client } from 'pg';
import type { ThrowAwayDatabase } from './servers';

const SCRIPT = path.resolve(__dirname, '..', '..', '..', 'tools', 'bin', 'private-postgres.mjs');

/** A migrated database on a Postgres that belongs to one test alone, so that the test may crash the server. */
export interface PrivatePostgres extends ThrowAwayDatabase {
  /** SIGKILL, then up again on the same data; resolves when it answers. */
  crash(): Promise<void>;
}

export async function privatePostgres(): Promise<PrivatePostgres> {
  const child = fork(SCRIPT, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const ready = (): Promise<string> =>
    new Promise((resolve, reject) => {
      child.once('message', (message) => {
        resolve((message as { url: string }).url);
      });
      child.once('exit', (code) => {
        reject(new Error(`private Postgres stopped with ${String(code)}`));
      });
    });
  const url = await ready();
  return {
    url,
    query: async <R extends object>(sql: string, params: readonly unknown[] = []) => {
      const client = new Client({ connectionString: url });
      await client.connect();
      try {
        return (await client.query(sql, [...params])).rows as R[];
      } finally {
        await client.end();
      }
    },
    crash: async () => {
      const back = ready();
      child.send('crash');
      await back;
    },
    drop: () =>
      new Promise<void>((resolve) => {
        child.once('exit', () => {
          resolve();
        });
        child.disconnect();
      }),
  };
}
