import { createHash, createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

export interface Received {
  readonly target: string; // request target as it came
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly atMs: number;
}
export interface WirePayload {
  readonly event: string;
  readonly event_id: string;
  readonly device_phy_id: string | null;
  readonly timestamp: number;
  readonly occurred_at: string;
  readonly sequence: number;
  readonly data: Record<string, unknown>;
}
export type Answer = (request: Received, response: ServerResponse) => void;

/** A partner's server. It answers 204 until it is told otherwise. */
export class Receiver {
  readonly requests: Received[] = [];
  answer: Answer = (_request, response) => response.writeHead(204).end();

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async listen(path = '/hook'): Promise<Receiver> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const received = {
          target: request.url ?? '',
          headers: request.headers,
          body: Buffer.concat(chunks).toString('utf8'),
          atMs: Date.now(),
        };
        receiver.requests.push(received);
        receiver.answer(received, response);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const receiver = new Receiver(
      server,
      `http://127.0.0.1:${(server.address() as AddressInfo).port.toString()}${path}`,
    );
    return receiver;
  }

  answerStatus(status: number, headers: Readonly<Record<string, string>> = {}): void {
    this.answer = (_request, response) => response.writeHead(status, headers).end();
  }
  get payloads(): readonly WirePayload[] {
    return this.requests.map(({ body }) => JSON.parse(body) as WirePayload);
  }
  get eventIds(): readonly string[] {
    return this.payloads.map(({ event_id }) => event_id);
  }
  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

/** As the reference library of Standard Webhooks sees it. */
export const passesStandard = (received: Received, secret: string): boolean => {
  try {
    new Webhook(secret).verify(received.body, received.headers as Record<string, string>);
    return true;
  } catch {
    return false;
  }
};

/** As an integrator writes it from docs/webhooks.md, with nothing of ours. */
export function passesClassic(received: Received, endpointId: string, secret: string): boolean {
  const header = (name: string): string => String(received.headers[name]);
  const bodyHash = createHash('sha256').update(received.body, 'utf8').digest('hex');
  const text = `POST\n${received.target}\n${header('x-timestamp')}\n${header('x-nonce')}\n${bodyHash}`;
  const expected = createHmac('sha256', secret).update(text, 'utf8').digest('hex');
  const ageS = Math.abs(Date.now() / 1000 - Number(header('x-timestamp')));
  return header('x-api-key') === endpointId && ageS < 300 && header('x-signature') === expected;
}
