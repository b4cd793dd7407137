import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import { AddressRefused } from '@chargebus/errors';
import { Agent, buildConnector } from 'undici';
import type { Dispatcher } from 'undici';
import { AddressPolicy } from './address-policy';
import { dnsResolver } from './host-resolver';
import type { ResolveHost } from './host-resolver';
import { OutboundError, toOutboundError } from './outbound-error';

export interface GuardedClientOptions {
  /** Ranges that are allowed besides public addresses. */
  readonly allowCidrs: readonly string[];
  readonly resolve?: ResolveHost;
}
export interface OutboundRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly timeoutMs: number; // from the first packet to the last byte of the answer
  readonly maxResponseBytes: number; // of the body; what comes after is not read
}
export interface DownloadRequest {
  readonly url: string;
  readonly timeoutMs: number; // from the first packet to the last byte
  readonly maxBytes: number;
}
export interface OutboundResponse {
  readonly status: number; // a redirect is an answer like any other and is not followed
  readonly retryAfter: string | null;
  readonly body: Buffer; // at most maxResponseBytes
  readonly truncated: boolean; // longer than that, or broken off after the status had come
}

const CONNECT_TIMEOUT_MS = 5_000;
const IDLE_SOCKET_MS = 10_000;
const MAX_HEADER_BYTES = 16_384;

/**
 * The only way out for a URL that a user has set (`design.md` §7). A name is resolved once per connection, every address
 * it has is checked, and the connection goes to the checked addresses: a name that changes its mind in between gains
 * nothing. Idle sockets are kept for ten seconds; how many are open is bounded by who calls.
 */
export class GuardedClient {
  private readonly policy: AddressPolicy;
  private readonly resolve: ResolveHost;
  private readonly agent: Agent;

  constructor(options: GuardedClientOptions) {
    this.policy = new AddressPolicy(options.allowCidrs);
    this.resolve = options.resolve ?? dnsResolver({ timeoutMs: 1_000, tries: 2 });
    this.agent = new Agent({
      connect: this.connector(),
      keepAliveTimeout: IDLE_SOCKET_MS,
      keepAliveMaxTimeout: IDLE_SOCKET_MS,
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: 0, // one deadline for the whole request: see `request`
      bodyTimeout: 0,
    });
  }

  /**
   * Refuses a URL before it is stored. A name that does not resolve now is let through: its owner may still be setting
   * it up, and every connection is checked again. Throws ADDRESS_REFUSED.
   */
  async check(url: string): Promise<void> {
    try {
      const { hostname } = this.parse(url);
      const addresses = isIP(hostname) === 0 ? await this.resolve(hostname).catch(() => []) : [hostname];
      this.refuse(hostname, addresses);
    } catch (error) {
      if (!(error instanceof OutboundError)) throw error;
      throw new AddressRefused({ host: hostOf(url), reason: error.message }, { cause: error });
    }
  }

  /** Throws OutboundError when no status came back. */
  async request(request: OutboundRequest): Promise<OutboundResponse> {
    try {
      const { target } = this.parse(request.url);
      const response = await this.agent.request({
        origin: target.origin,
        path: target.pathname + target.search,
        method: request.method,
        headers: request.headers,
        body: request.body,
        signal: AbortSignal.timeout(request.timeoutMs),
      });
      const retryAfter = response.headers['retry-after'];
      return {
        status: response.statusCode,
        retryAfter: typeof retryAfter === 'string' ? retryAfter : null,
        ...(await readUpTo(response.body, request.maxResponseBytes)),
      };
    } catch (error) {
      throw toOutboundError(error);
    }
  }

  /**
   * Fetches what is too big for memory: the bytes come as they are read, and end with an OutboundError when there are more
   * than `maxBytes`, the time is over or the sender breaks off. Throws OutboundError for any answer but 200.
   */
  async *download(request: DownloadRequest): AsyncGenerator<Uint8Array> {
    try {
      const { target } = this.parse(request.url);
      const { statusCode, body } = await this.agent.request({
        origin: target.origin,
        path: target.pathname + target.search,
        method: 'GET',
        headers: { accept: '*/*', 'accept-encoding': 'identity' },
        signal: AbortSignal.timeout(request.timeoutMs),
      });
      if (statusCode !== 200) {
        body.destroy();
        throw new OutboundError('broken', `answered with status ${statusCode.toString()}`);
      }
      let length = 0;
      for await (const chunk of body as AsyncIterable<Buffer>) {
        length += chunk.length;
        if (length > request.maxBytes)
          throw new OutboundError('broken', `longer than ${request.maxBytes.toString()} bytes`);
        yield chunk;
      }
    } catch (error) {
      throw toOutboundError(error);
    }
  }

  async close(): Promise<void> {
    await this.agent.destroy();
  }

  /** The URL parser has already turned decimal, octal and hexadecimal forms of IPv4 into dotted ones. */
  private parse(url: string): { target: URL; hostname: string } {
    if (!URL.canParse(url)) throw new OutboundError('refused', 'not a URL');
    const target = new URL(url);
    if (target.protocol !== 'http:' && target.protocol !== 'https:')
      throw new OutboundError('refused', 'only http and https are possible');
    if (target.username !== '' || target.password !== '')
      throw new OutboundError('refused', 'credentials in the URL are not allowed');
    if (target.port !== '' && this.policy.refusesPort(Number(target.port)))
      throw new OutboundError('refused', `port ${target.port} is not allowed`);
    return { target, hostname: target.hostname.replace(/^\[|\]$/g, '') };
  }

  /** One bad address is enough: a name that is public and private at once is no partner's. */
  private refuse(hostname: string, addresses: readonly string[]): void {
    for (const address of addresses) {
      const reason = this.policy.refusal(address);
      if (reason === null) continue;
      throw new OutboundError(
        'refused',
        address === hostname ? `${reason} address` : `the name leads to a ${reason} address`,
      );
    }
  }

  private connector(): buildConnector.connector {
    const lookup: LookupFunction = (hostname, _options, callback) => {
      this.resolve(hostname)
        .then((addresses) => {
          this.refuse(hostname, addresses);
          callback(
            null,
            addresses.map((address) => ({ address, family: isIP(address) })),
          );
        })
        .catch((error: unknown) => {
          callback(error as NodeJS.ErrnoException, []);
        });
    };
    const connect = buildConnector({
      timeout: CONNECT_TIMEOUT_MS,
      lookup,
      autoSelectFamily: true, // so that `lookup` is always asked for all addresses
    });
    return (options, callback) => {
      try {
        const hostname = options.hostname.replace(/^\[|\]$/g, '');
        if (isIP(hostname) !== 0) this.refuse(hostname, [hostname]); // `lookup` is not asked about a literal address
        connect({ ...options, hostname }, callback);
      } catch (error) {
        callback(error as Error, null);
      }
    };
  }
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url.slice(0, 100));

async function readUpTo(
  stream: Dispatcher.ResponseData['body'],
  maxBytes: number,
): Promise<{ body: Buffer; truncated: boolean }> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > maxBytes) break; // leaving the loop destroys the stream and its connection
    }
    return { body: Buffer.concat(chunks).subarray(0, maxBytes), truncated: length > maxBytes };
  } catch {
    return { body: Buffer.concat(chunks).subarray(0, maxBytes), truncated: true };
  }
}
