import createClient from 'openapi-fetch';
import type { Client, ClientOptions as FetchOptions } from 'openapi-fetch';
import type { paths as InternalPaths } from './generated/internal';
import type { paths as ThirdPaths } from './generated/third';
import { signed } from './signing';

export interface ClientOptions {
  readonly baseUrl: string; // where `api` is reached, without a path
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly fetch?: NonNullable<FetchOptions['fetch']>; // by default the platform's own
}

/** A method for each HTTP method; paths, parameters, bodies and answers are those of the OpenAPI documents. */
export type ChargebusClient = Client<ThirdPaths & InternalPaths>;

/** A client that signs each call (decision 13). Runs in Node 20 and in browsers. */
export function connect({ baseUrl, apiKey, apiSecret, fetch }: ClientOptions): ChargebusClient {
  const client = createClient<ThirdPaths & InternalPaths>({
    baseUrl,
    querySerializer: { array: { style: 'form', explode: false } },
    ...(fetch === undefined ? {} : { fetch }),
  });
  client.use({ onRequest: ({ request }) => signed(request, apiKey, apiSecret) });
  return client;
}
