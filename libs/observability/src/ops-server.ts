import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Metrics } from './metrics';

/** One thing that the app truly needs. Resolves when it is there, rejects with the reason when not. */
export type HealthCheck = () => Promise<void>;

export interface HealthReport {
  readonly status: 'ok' | 'failing';
  readonly checks: Readonly<Record<string, string>>; // `ok`, or why not
}

const CHECK_TIMEOUT_MS = 2_000;

export async function runChecks(checks: Readonly<Record<string, HealthCheck>>): Promise<HealthReport> {
  const results = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => {
      const timeout = new Promise<never>((_, reject) =>
        setTimeout(() => {
          reject(new Error(`no answer within ${CHECK_TIMEOUT_MS.toString()} ms`));
        }, CHECK_TIMEOUT_MS).unref(),
      );
      try {
        await Promise.race([check(), timeout]);
        return [name, 'ok'] as const;
      } catch (error) {
        return [name, error instanceof Error ? error.message : String(error)] as const;
      }
    }),
  );
  return {
    status: results.every(([, result]) => result === 'ok') ? 'ok' : 'failing',
    checks: Object.fromEntries(results),
  };
}

/** `/health/live`, `/health/ready` and `/metrics` of an app that has no HTTP of its own. */
export class OpsServer {
  private constructor(
    readonly port: number,
    readonly close: () => Promise<void>,
  ) {}

  static async listen(options: {
    readonly host: string;
    readonly port: number;
    readonly metrics: Metrics;
    readonly checks: Readonly<Record<string, HealthCheck>>;
  }): Promise<OpsServer> {
    const server = createServer((request, response) => {
      void (async () => {
        const path = (request.url ?? '/').split('?')[0];
        if (path === '/metrics') {
          response.setHeader('content-type', options.metrics.registry.contentType).end(await options.metrics.expose());
        } else if (path === '/health/live') {
          response.setHeader('content-type', 'application/json').end('{"status":"ok"}');
        } else if (path === '/health/ready') {
          const report = await runChecks(options.checks);
          response.statusCode = report.status === 'ok' ? 200 : 503;
          response.setHeader('content-type', 'application/json').end(JSON.stringify(report));
        } else {
          response.statusCode = 404;
          response.end();
        }
      })();
    });
    await new Promise<void>((resolve, reject) =>
      server.once('error', reject).listen(options.port, options.host, resolve),
    );
    return new OpsServer(
      (server.address() as AddressInfo).port,
      () =>
        new Promise((resolve) => {
          server.close(() => {
            resolve();
          });
          server.closeAllConnections();
        }),
    );
  }
}
