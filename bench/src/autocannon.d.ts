/** The part of autocannon that the benchmark uses; the package brings no types. */
declare module 'autocannon' {
  interface Request {
    path?: string;
    method?: string;
    headers?: Record<string, string>;
    body?: string;
  }
  export interface Result {
    readonly duration: number; // s
    readonly errors: number;
    readonly statusCodeStats: Readonly<Record<string, { readonly count: number }>>;
    readonly '2xx': number;
    readonly latency: { readonly p50: number; readonly p97_5: number; readonly p99: number }; // ms
  }
  export default function autocannon(options: {
    url: string;
    connections: number;
    duration: number;
    overallRate?: number;
    requests: readonly { setupRequest: (request: Request) => Request }[];
  }): Promise<Result>;
}
