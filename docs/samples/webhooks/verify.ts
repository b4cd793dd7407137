import { createHash, createHmac, createPublicKey, timingSafeEqual, verify } from 'node:crypto';

/** Headers by their lower-case names, as node:http gives them; `body` as it came, before anything parsed it. */
type Headers = Readonly<Record<string, string | undefined>>;
const FIVE_MINUTES_S = 300;

const isRecent = (timestamp: string | undefined, nowS: number): boolean =>
  timestamp !== undefined && Math.abs(nowS - Number(timestamp)) <= FIVE_MINUTES_S;
const equal = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);
const signatures = (headers: Headers, version: string): readonly Buffer[] =>
  (headers['webhook-signature'] ?? '')
    .split(' ')
    .filter((part) => part.startsWith(`${version},`))
    .map((part) => Buffer.from(part.slice(version.length + 1), 'base64'));
const signedText = (headers: Headers, body: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`${headers['webhook-id'] ?? ''}.${headers['webhook-timestamp'] ?? ''}.`), body]);

/** Standard Webhooks with the endpoint's secret, `whsec_…`. */
export function holdsStandard(secret: string, headers: Headers, body: Buffer, nowS = Date.now() / 1000): boolean {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const expected = createHmac('sha256', key).update(signedText(headers, body)).digest();
  return isRecent(headers['webhook-timestamp'], nowS) && signatures(headers, 'v1').some((one) => equal(one, expected));
}

/** Standard Webhooks with the endpoint's public key, `whpk_…`. */
export function holdsEd25519(publicKey: string, headers: Headers, body: Buffer, nowS = Date.now() / 1000): boolean {
  const x = Buffer.from(publicKey.replace('whpk_', ''), 'base64').toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  const text = signedText(headers, body);
  return (
    isRecent(headers['webhook-timestamp'], nowS) &&
    signatures(headers, 'v1a').some((one) => verify(null, text, key, one))
  );
}

/** The classic scheme. `target`: path and query as they arrived; the key is the whole secret, `whsec_` included. */
export function holdsClassic(
  secret: string,
  target: string,
  headers: Headers,
  body: Buffer,
  nowS = Date.now() / 1000,
): boolean {
  const { 'x-timestamp': timestamp = '', 'x-nonce': nonce = '', 'x-signature': signature = '' } = headers;
  const lines = ['POST', target, timestamp, nonce, createHash('sha256').update(body).digest('hex')];
  const expected = createHmac('sha256', secret).update(lines.join('\n')).digest();
  return isRecent(timestamp, nowS) && equal(Buffer.from(signature, 'hex'), expected);
}
