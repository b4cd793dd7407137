import { eventually } from '@chargebus/testing';
import { connect } from 'node:net';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { ClientOptions } from 'ws';

export interface StationOptions extends ClientOptions {
  readonly subprotocols?: readonly string[];
  readonly password?: string | Buffer;
  readonly user?: string;
}

/** `user:password` as the header carries it; the password may be bytes that are no text. */
export const basic = (user: string, password: string | Buffer): string =>
  `Basic ${Buffer.concat([Buffer.from(`${user}:`), Buffer.from(password as string)]).toString('base64')}`;

/** A station's end of a WebSocket. */
export class Station {
  readonly received: string[] = [];
  closeCode: number | null = null;

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => this.received.push(data.toString()));
    socket.on('error', () => undefined);
    socket.on('close', (code) => (this.closeCode = code));
  }

  /** Rejects with the status of the refusal. */
  static async connect(url: string, options: StationOptions = {}): Promise<Station> {
    const { subprotocols = ['words1'], password, user, ...rest } = options;
    const identity = user ?? decodeURIComponent(new URL(url).pathname.split('/').pop() ?? '');
    const headers = password === undefined ? {} : { authorization: basic(identity, password) };
    const socket = new WebSocket(url, [...subprotocols], { ...rest, headers: { ...headers, ...rest.headers } });
    const station = new Station(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return station;
  }

  say(...messages: readonly string[]): void {
    for (const message of messages) this.socket.send(message);
  }
  hears(text: string, timeoutMs?: number): Promise<void> {
    return eventually(() => {
      if (!this.received.some((message) => message.includes(text)))
        throw new Error(`heard only ${JSON.stringify(this.received)}`);
    }, timeoutMs);
  }
  isClosed(code: number, timeoutMs?: number): Promise<void> {
    return eventually(() => {
      expect(this.closeCode).toBe(code);
    }, timeoutMs);
  }
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly rest: Buffer; // what came behind the headers
}

/** A request written by hand, for what no client library would send; resolves when the other side has hung up. */
export async function knock(
  port: number,
  target: string,
  headers: Readonly<Record<string, string>> = {},
  method = 'GET',
): Promise<RawAnswer> {
  const socket = connect({ port, host: '127.0.0.1' });
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(socket, 'connect');
  const all = {
    Host: 'gateway',
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Protocol': 'words1',
    ...headers,
  };
  const lines = Object.entries(all).flatMap(([name, value]) => (value === '' ? [] : [`${name}: ${value}`]));
  socket.write(`${method} ${target} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
  await once(socket, 'end');
  socket.destroy();
  const answer = Buffer.concat(chunks);
  const end = answer.indexOf('\r\n\r\n');
  const [statusLine = '', ...rows] = answer.subarray(0, end).toString().split('\r\n');
  return {
    status: Number(statusLine.split(' ')[1]),
    headers: Object.fromEntries(rows.map((row) => [row.split(': ')[0]?.toLowerCase() ?? '', row.split(': ')[1] ?? ''])),
    rest: answer.subarray(end + 4),
  };
}
