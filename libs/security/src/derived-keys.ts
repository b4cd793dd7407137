import { hkdfSync } from 'node:crypto';

/**
 * Keys for one purpose, derived from SECRETS_KEYS (`id:base64` of 32 bytes each): the first one signs, all verify. What
 * is signed for one purpose is worth nothing for another.
 */
export function derivedKeys(secretsKeys: string, purpose: string): readonly [Buffer, ...Buffer[]] {
  const [first, ...others] = secretsKeys.split(',').map((entry) => {
    const secret = Buffer.from(entry.split(':')[1] ?? '', 'base64');
    if (secret.length !== 32) throw new Error('a secrets key must be id:base64 of 32 bytes');
    return Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));
  });
  if (first === undefined) throw new Error('SECRETS_KEYS is empty');
  return [first, ...others];
}
