import autocannon from 'autocannon';
import type { Result } from 'autocannon';
import { signedHeaders } from './signed-request';

const CONNECTIONS = 16;

/** One signed call of a load. */
export interface LoadCall {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string; // with its query
  readonly body?: unknown;
}
export interface HttpLoad {
  readonly rate: number; // answers 2xx a second
  readonly p95Ms: number; // 97.5 %, the nearest that the generator tells: never better than the true one
  readonly p99Ms: number;
  readonly errors: string; // how many of which status, for people
}

/** Signs and sends what `next` says; at `ratePerS`, which all connections share, or as much as they carry. */
export async function fire(
  target: { readonly url: string; readonly apiKey: string; readonly apiSecret: string },
  next: () => LoadCall,
  seconds: number,
  ratePerS?: number,
  connections = CONNECTIONS,
): Promise<HttpLoad> {
  const result = await autocannon({
    url: target.url,
    connections,
    duration: seconds,
    ...(ratePerS === undefined ? {} : { overallRate: ratePerS }),
    requests: [{ setupRequest: (request) => ({ ...request, ...signed(target, next()) }) }],
  });
  return {
    rate: result['2xx'] / result.duration,
    p95Ms: result.latency.p97_5,
    p99Ms: result.latency.p99,
    errors: errorsOf(result),
  };
}

function errorsOf({ statusCodeStats, errors }: Pick<Result, 'statusCodeStats' | 'errors'>): string {
  const refused = Object.entries(statusCodeStats).filter(([status]) => !status.startsWith('2'));
  const parts = refused.map(([status, { count }]) => `${count} times ${status}`);
  if (errors > 0) parts.push(`${errors} broken off`);
  return parts.length === 0 ? 'no errors' : parts.join(', ');
}

function signed({ apiKey, apiSecret }: { apiKey: string; apiSecret: string }, { method, path, body }: LoadCall) {
  const text = body === undefined ? '' : JSON.stringify(body);
  const headers = signedHeaders(apiKey, apiSecret, method, path, text);
  return text === ''
    ? { method, path, headers }
    : { method, path, headers: { ...headers, 'content-type': 'application/json' }, body: text };
}
