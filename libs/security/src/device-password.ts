import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** 2^14 blocks of 1 kB: 50 ms and 16 MB a try, for passwords that a person chose. */
const SCRYPT = { N: 2 ** 14, r: 8, p: 1 } as const;
const HASH_BYTES = 32;
const GENERATED_BYTES = 20; // as 40 hexadecimal digits the longest that both versions of OCPP take

export type PasswordOrigin = 'chosen' | 'generated';

/** 160 random bits in hexadecimal. */
export const generateDevicePassword = (): string => randomBytes(GENERATED_BYTES).toString('hex');

/**
 * A salted hash of a device's password: `<scheme>$<form>$<salt>$<hash>`. What we generated is too long to be guessed, so a
 * fast hash keeps it as well as a slow one does, and a city of devices can be let in again within seconds; what a person
 * chose gets scrypt. Form `hex`: the password is hexadecimal and stands for its bytes (OCPP 1.6 `AuthorizationKey`).
 */
export async function hashDevicePassword(password: string, origin: PasswordOrigin): Promise<string> {
  const bytes = fromHex(password);
  const scheme = origin === 'generated' ? 'sha256' : 'scrypt';
  const salt = randomBytes(16);
  const hash = await hashWith(scheme, bytes ?? Buffer.from(password), salt);
  return [scheme, bytes === null ? 'text' : 'hex', salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/** Whether the bytes that a device presented are the password. A hexadecimal one may come as its bytes or as its digits. */
export async function verifyDevicePassword(presented: Buffer, stored: string): Promise<boolean> {
  const [scheme = '', form, salt = '', hash = ''] = stored.split('$');
  const expected = Buffer.from(hash, 'base64url');
  if (expected.length !== HASH_BYTES) return false;
  const digits = form === 'hex' ? fromHex(presented.toString('latin1')) : null;
  for (const candidate of digits === null ? [presented] : [digits, presented])
    if (timingSafeEqual(await hashWith(scheme, candidate, Buffer.from(salt, 'base64url')), expected)) return true;
  return false;
}

/** Whether checking against it takes so little that it needs no queue. */
export const isFastPasswordHash = (stored: string): boolean => stored.startsWith('sha256$');

/** Null: not an even number of hexadecimal digits. */
const fromHex = (text: string): Buffer | null => (/^([0-9a-f]{2})+$/i.test(text) ? Buffer.from(text, 'hex') : null);

async function hashWith(scheme: string, password: Buffer, salt: Buffer): Promise<Buffer> {
  if (scheme === 'sha256') return createHash('sha256').update(salt).update(password).digest();
  return new Promise((resolve, reject) => {
    scrypt(password, salt, HASH_BYTES, SCRYPT, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
