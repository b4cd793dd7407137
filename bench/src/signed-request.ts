import { createHash, createHmac, randomBytes } from 'node:crypto';

const EMPTY = createHash('sha256').update('').digest('hex');

/** The four headers of a signed request (decision 13). */
export function signedHeaders(
  key: string,
  secret: string,
  method: string,
  path: string,
  body = '',
): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const nonce = randomBytes(12).toString('base64url');
  const digest = body === '' ? EMPTY : createHash('sha256').update(body).digest('hex');
  const signature = createHmac('sha256', secret)
    .update(`${method}\n${path}\n${timestamp}\n${nonce}\n${digest}`)
    .digest('hex');
  return { 'x-api-key': key, 'x-timestamp': timestamp, 'x-nonce': nonce, 'x-signature': signature };
}
