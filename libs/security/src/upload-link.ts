import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** Path under which `api` takes what devices bring. A device may add a file name of its own behind a slash. */
const UPLOADS = '/api/uploads/';
const UPLOAD_ID = /^[A-Za-z0-9_-]{1,64}$/;

export type UploadOpening = { readonly uploadId: string } | { readonly refused: 'forged' | 'expired' };

/**
 * Addresses that take one upload until they expire, for devices that have no credentials. Everything is in the path,
 * because devices add the name of their file to it. The first key of SECRETS_KEYS signs, all verify.
 */
export class UploadLink {
  private readonly keys: readonly [Buffer, ...Buffer[]];

  /** `baseUrl`: where devices reach `api` (PUBLIC_BASE_URL). */
  constructor(
    secretsKeys: string,
    private readonly baseUrl: string,
  ) {
    const [first, ...others] = secretsKeys.split(',').map(derive);
    if (first === undefined) throw new Error('SECRETS_KEYS is empty');
    this.keys = [first, ...others];
  }

  urlOf(uploadId: string, expiresAt: Date): string {
    if (!UPLOAD_ID.test(uploadId)) throw new Error(`no link can name ${uploadId}`);
    const expires = Math.floor(expiresAt.getTime() / 1000).toString();
    const signature = signatureOf(this.keys[0], uploadId, expires).toString('base64url');
    return `${this.baseUrl.replace(/\/+$/, '')}${UPLOADS}${uploadId}.${expires}.${signature}`;
  }

  /** `token`: the part of the path behind `/api/uploads/`, without what a device added. */
  open(token: string, now: Date): UploadOpening {
    const [uploadId = '', expires = '', given = ''] = token.split('.');
    if (!UPLOAD_ID.test(uploadId) || !/^\d{1,12}$/.test(expires)) return { refused: 'forged' };
    const signature = Buffer.from(given, 'base64url');
    const ours = this.keys.some((key) => {
      const expected = signatureOf(key, uploadId, expires);
      return expected.length === signature.length && timingSafeEqual(expected, signature);
    });
    if (!ours) return { refused: 'forged' };
    return Number(expires) * 1000 <= now.getTime() ? { refused: 'expired' } : { uploadId };
  }
}

function derive(entry: string): Buffer {
  const secret = Buffer.from(entry.split(':')[1] ?? '', 'base64');
  if (secret.length !== 32) throw new Error('a secrets key must be id:base64 of 32 bytes');
  return Buffer.from(hkdfSync('sha256', secret, '', 'chargebus upload link', 32));
}

const signatureOf = (key: Buffer, uploadId: string, expires: string): Buffer =>
  createHmac('sha256', key).update(`${UPLOADS}${uploadId}\n${expires}`).digest();
