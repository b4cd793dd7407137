const utf8 = new TextEncoder();
const hex = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** HMAC-SHA256 over `method\npath\ntimestamp\nnonce\nsha256(body)`; the path is the target as sent, with its query. */
export async function signed(request: Request, apiKey: string, apiSecret: string): Promise<Request> {
  const { pathname, search } = new URL(request.url);
  const timestamp = Math.floor(Date.now() / 1000).toString();
  const nonce = crypto.randomUUID();
  const digest = hex(await crypto.subtle.digest('SHA-256', await request.clone().arrayBuffer()));
  const text = [request.method, `${pathname}${search}`, timestamp, nonce, digest].join('\n');
  const key = await crypto.subtle.importKey('raw', utf8.encode(apiSecret), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ]);
  request.headers.set('x-api-key', apiKey);
  request.headers.set('x-timestamp', timestamp);
  request.headers.set('x-nonce', nonce);
  request.headers.set('x-signature', hex(await crypto.subtle.sign('HMAC', key, utf8.encode(text))));
  return request;
}
