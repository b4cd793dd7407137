import { createHash, createHmac, randomUUID } from 'node:crypto';

export interface ApiAnswer<T = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: {
    readonly code: number;
    readonly data: T;
    readonly message: string;
    readonly error?: string;
    readonly request_id?: string;
  };
}

/**
 * A third party's client, written from the documentation alone: it shares no code with the product, so that a wrong
 * signature scheme on our side cannot agree with itself.
 */
export class PlatformClient {
  private calls = 0;

  /** Calls go to the base URLs in turn, as behind a load balancer. */
  constructor(
    private readonly baseUrls: readonly string[],
    private readonly apiKey: string,
    private readonly apiSecret: string,
  ) {}

  get<T = Record<string, unknown>>(path: string, headers: Record<string, string> = {}): Promise<ApiAnswer<T>> {
    return this.send<T>('GET', path, undefined, headers);
  }
  post<T = Record<string, unknown>>(
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<ApiAnswer<T>> {
    return this.send<T>('POST', path, body, headers);
  }

  send<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<ApiAnswer<T>> {
    return this.exchange<T>(method, path, body === undefined ? '' : JSON.stringify(body), 'application/json', headers);
  }
  /** Posts bytes as they are. */
  upload<T = Record<string, unknown>>(
    path: string,
    bytes: Uint8Array,
    contentType = 'application/octet-stream',
  ): Promise<ApiAnswer<T>> {
    return this.exchange<T>('POST', path, bytes, contentType, {});
  }

  private async exchange<T>(
    method: string,
    path: string,
    body: string | Uint8Array,
    contentType: string,
    headers: Record<string, string>,
  ): Promise<ApiAnswer<T>> {
    const response = await fetch(`${this.baseUrls[this.calls++ % this.baseUrls.length] ?? ''}${path}`, {
      method,
      headers: {
        ...this.sign(method, path, body),
        ...(body === '' ? {} : { 'content-type': contentType }),
        ...headers,
      },
      ...(body === '' ? {} : { body: typeof body === 'string' ? body : Buffer.from(body) }),
    });
    const answer = await response.text();
    const isJson = response.headers.get('content-type')?.includes('application/json') === true;
    const envelope: unknown = isJson ? JSON.parse(answer) : { code: 0, data: answer, message: 'a stream of text' };
    return { status: response.status, headers: response.headers, body: envelope as ApiAnswer<T>['body'] };
  }

  /** For answers that are files. */
  async download(path: string): Promise<{ readonly status: number; readonly headers: Headers; readonly text: string }> {
    const url = `${this.baseUrls[this.calls++ % this.baseUrls.length] ?? ''}${path}`;
    const response = await fetch(url, { headers: this.sign('GET', path, '') });
    const bytes = await response.arrayBuffer();
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    return { status: response.status, headers: response.headers, text };
  }

  sign(
    method: string,
    path: string,
    body: string | Uint8Array,
    at = Math.floor(Date.now() / 1000),
    nonce: string = randomUUID(),
  ): Record<string, string> {
    const digest = createHash('sha256').update(body).digest('hex');
    const text = `${method}\n${path}\n${at}\n${nonce}\n${digest}`;
    return {
      'x-api-key': this.apiKey,
      'x-timestamp': String(at),
      'x-nonce': nonce,
      'x-signature': createHmac('sha256', this.apiSecret).update(text).digest('hex'),
    };
  }
}
