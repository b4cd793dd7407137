import { createHash, createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

export interface ReceivedEvent {
  readonly event: string;
  readonly event_id: string;
  readonly device_phy_id: string | null;
  readonly timestamp: number;
  readonly occurred_at: string;
  readonly sequence: number;
  readonly data: Record<string, unknown>;
}
export interface Delivery {
  readonly event: ReceivedEvent;
  readonly receivedAtMs: number;
}

/** A partner's endpoint. Every request must carry both signatures, checked by code that is not ours. */
export class WebhookReceiver {
  readonly deliveries: Delivery[] = [];
  readonly problems: string[] = [];
  /** What to answer; a test may make the endpoint fail or dawdle. */
  respond: (request: IncomingMessage, response: ServerResponse, event: ReceivedEvent) => void = (_request, response) =>
    response.writeHead(200).end('ok');
  private secret: string | null = null;

  private constructor(private readonly server: Server) {}

  static async listen(): Promise<WebhookReceiver> {
    const server = createServer();
    const receiver = new WebhookReceiver(server);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      receiver.take(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hooks?from=chargebus`;
  }
  /** The secret that the API showed when the endpoint was made. */
  trust(secret: string): void {
    this.secret = secret;
  }
  /** Events by type, each id once, in order of arrival. */
  distinct(type?: string): ReceivedEvent[] {
    const seen = new Map<string, ReceivedEvent>();
    for (const { event } of this.deliveries)
      if ((type === undefined || event.event === type) && !seen.has(event.event_id)) seen.set(event.event_id, event);
    return [...seen.values()];
  }
  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) =>
      this.server.close(() => {
        resolve();
      }),
    );
  }

  private take(request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const event = JSON.parse(body) as ReceivedEvent;
      this.problems.push(...this.verify(request, body));
      if (event.event !== 'webhook.ping') this.deliveries.push({ event, receivedAtMs: Date.now() });
      this.respond(request, response, event);
    });
  }

  private verify(request: IncomingMessage, body: string): string[] {
    if (this.secret === null) return ['no secret is known yet'];
    const problems: string[] = [];
    const header = (name: string): string => String(request.headers[name] ?? '');
    try {
      new Webhook(this.secret).verify(body, {
        'webhook-id': header('webhook-id'),
        'webhook-timestamp': header('webhook-timestamp'),
        'webhook-signature': header('webhook-signature'),
      });
    } catch (error) {
      problems.push(`standard signature: ${String(error)}`);
    }
    const text = [
      'POST',
      request.url,
      header('x-timestamp'),
      header('x-nonce'),
      createHash('sha256').update(body).digest('hex'),
    ].join('\n');
    if (createHmac('sha256', this.secret).update(text).digest('hex') !== header('x-signature'))
      problems.push('classic signature does not match');
    return problems;
  }
}
