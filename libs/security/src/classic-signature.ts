import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** What the classic scheme signs (decision 13); also the order of the lines. */
export interface ClassicParts {
  readonly method: string; // upper case
  readonly path: string; // request target as sent, query included
  readonly timestamp: string; // Unix seconds
  readonly nonce: string;
  readonly body: Uint8Array | string; // '' when there is none
}

/** HMAC-SHA256, lower-case hex, over `method\npath\ntimestamp\nnonce\nsha256(body)`. */
export function classicSignature(secret: string, parts: ClassicParts): string {
  const digest = createHash('sha256').update(parts.body).digest('hex');
  return createHmac('sha256', secret)
    .update([parts.method, parts.path, parts.timestamp, parts.nonce, digest].join('\n'))
    .digest('hex');
}

/** Compares in constant time; false for anything that is not the right signature. */
export function verifyClassicSignature(secret: string, parts: ClassicParts, signature: string): boolean {
  const expected = Buffer.from(classicSignature(secret, parts));
  const given = Buffer.from(signature.toLowerCase());
  return expected.length === given.length && timingSafeEqual(expected, given);
}
