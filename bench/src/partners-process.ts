import { createServer } from 'node:http';
import type { RequestListener, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Partners' servers, a process of its own: any number of endpoints, which are told apart by their addresses, so that a
 * sender sees as many hosts. Ordered over IPC, each order answered with one message.
 */
export interface PartnersOrder {
  /** From now on the ailing endpoints are ill; by default everybody is well. */
  readonly fallIll?: true;
  /** Forgets what has arrived. */
  readonly listen?: true;
  /** Answered with `{ ages }`. */
  readonly report?: true;
}
export interface PartnersReport {
  readonly ages: readonly number[]; // ms from event to arrival, at endpoints that are always well
}
export interface PartnersPorts {
  readonly port: number;
  readonly mortalPort: number; // gone when its endpoints are ill: connections to it are refused
}
/** The path says what becomes of an endpoint. */
export type Constitution = 'well' | 'slow' | 'silent';

const SLOW_ANSWER_MS = 5_000;
let ill = false;
let ages: number[] = [];

const reception: RequestListener = (request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const constitution = request.url?.slice(1) as Constitution;
    if (constitution !== 'well') answerAs(constitution, response);
    else {
      const event = JSON.parse(Buffer.concat(chunks).toString()) as { occurred_at: string };
      ages.push(Date.now() - Date.parse(event.occurred_at));
      response.end('ok');
    }
  });
};
function answerAs(constitution: 'slow' | 'silent', response: ServerResponse): void {
  if (!ill) response.end('ok');
  else if (constitution === 'slow') setTimeout(() => response.end('ok'), SLOW_ANSWER_MS);
}

const listening = (): Promise<Server> =>
  new Promise((resolve) => {
    const server = createServer({ keepAliveTimeout: 60_000 }, reception).listen(0, '0.0.0.0', () => {
      resolve(server);
    });
  });
const portOf = (server: Server): number => (server.address() as AddressInfo).port;

async function main(): Promise<void> {
  const [lasting, mortal] = await Promise.all([listening(), listening()]);
  process.on('message', (order: PartnersOrder) => {
    if (order.fallIll === true) {
      ill = true;
      mortal.close();
      mortal.closeAllConnections();
    }
    if (order.listen === true) ages = [];
    const report: PartnersReport = { ages: order.report === true ? ages : [] };
    process.send?.(report);
  });
  process.on('disconnect', () => process.exit(0));
  const ports: PartnersPorts = { port: portOf(lasting), mortalPort: portOf(mortal) };
  process.send?.(ports);
}

void main();
