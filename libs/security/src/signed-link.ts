import { createHmac, timingSafeEqual } from 'node:crypto';
import { derivedKeys } from './derived-keys';

/** Path under which `api` serves what links lead to; a name holds nothing that an address would have to escape. */
const DOWNLOADS = '/api/downloads/';
const BUCKET = /^[a-z0-9-]{1,40}$/;
const FILE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,119}$/;

/** A blob as a link names it. */
export interface LinkedBlob {
  readonly bucket: string; // lower-case letters, digits and hyphens
  readonly file: string; // name of the blob: letters, digits, `.`, `_` and `-`, at most 120
}
export type LinkRefusal = 'malformed' | 'forged' | 'expired';

/**
 * Links to blobs that open without credentials until they expire, for devices and browsers. What is signed is path and
 * expiry, so that neither can be changed; the keys are derived from SECRETS_KEYS, the first one signs, all verify.
 */
export class SignedLink {
  private readonly keys: readonly [Buffer, ...Buffer[]];

  /** `baseUrl`: where devices and browsers reach `api` (PUBLIC_BASE_URL). */
  constructor(
    secretsKeys: string,
    private readonly baseUrl: string,
  ) {
    this.keys = derivedKeys(secretsKeys, 'chargebus signed link');
  }

  /** Throws for a blob whose name a link cannot carry. */
  urlOf({ bucket, file }: LinkedBlob, expiresAt: Date): string {
    if (!BUCKET.test(bucket) || !FILE.test(file)) throw new Error(`no link can name ${bucket}/${file}`);
    const path = `${DOWNLOADS}${bucket}.${file}`;
    const expires = Math.floor(expiresAt.getTime() / 1000).toString();
    const signature = signatureOf(this.keys[0], path, expires).toString('base64url');
    return `${this.baseUrl.replace(/\/+$/, '')}${path}?expires=${expires}&signature=${signature}`;
  }

  /** What a link leads to, or why it leads nowhere. `expired` is only said of a link that was ours. */
  open(link: { readonly name: string; readonly expires: string; readonly signature: string }, now: Date): LinkOpening {
    const dot = link.name.indexOf('.');
    const blob = { bucket: link.name.slice(0, Math.max(dot, 0)), file: link.name.slice(dot + 1) };
    if (!BUCKET.test(blob.bucket) || !FILE.test(blob.file)) return { refused: 'malformed' };
    if (!/^\d{1,12}$/.test(link.expires)) return { refused: 'malformed' };
    const given = Buffer.from(link.signature, 'base64url');
    const path = `${DOWNLOADS}${link.name}`;
    const ours = this.keys.some((key) => sameBytes(signatureOf(key, path, link.expires), given));
    if (!ours) return { refused: 'forged' };
    return Number(link.expires) * 1000 <= now.getTime() ? { refused: 'expired' } : { blob };
  }
}
export type LinkOpening = { readonly blob: LinkedBlob } | { readonly refused: LinkRefusal };

const signatureOf = (key: Buffer, path: string, expires: string): Buffer =>
  createHmac('sha256', key).update(`${path}\n${expires}`).digest();

const sameBytes = (expected: Buffer, given: Buffer): boolean =>
  expected.length === given.length && timingSafeEqual(expected, given);
