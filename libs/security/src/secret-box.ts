import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/**
 * Encrypts secrets at rest: AES-256-GCM, the id of the key stored beside the text, so that keys can be rotated.
 * Keys: `id:base64,id:base64`, 32 bytes each; the first one encrypts, all decrypt.
 */
export class SecretBox {
  private readonly keys = new Map<string, Buffer>();
  private readonly current: string;

  constructor(keys: string) {
    for (const entry of keys.split(',')) {
      const [id, base64] = entry.split(':');
      const key = Buffer.from(base64 ?? '', 'base64');
      if (id === undefined || id === '' || key.length !== 32)
        throw new Error('a secrets key must be id:base64 of 32 bytes');
      this.keys.set(id, key);
    }
    this.current = keys.split(':')[0] ?? '';
  }

  /** `context` (for example the row's id) is authenticated: a text moved to another row does not open. */
  seal(plain: string, context: string): string {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.key(this.current), nonce).setAAD(Buffer.from(context));
    const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return [
      'v1',
      this.current,
      nonce.toString('base64url'),
      text.toString('base64url'),
      cipher.getAuthTag().toString('base64url'),
    ].join('.');
  }

  /** Throws when the text was changed, belongs elsewhere, or its key is not here. */
  open(sealed: string, context: string): string {
    const [version, keyId, nonce, text, tag] = sealed.split('.');
    if (version !== 'v1' || keyId === undefined || nonce === undefined || text === undefined || tag === undefined)
      throw new Error('not a sealed secret');
    const decipher = createDecipheriv('aes-256-gcm', this.key(keyId), Buffer.from(nonce, 'base64url'))
      .setAAD(Buffer.from(context))
      .setAuthTag(Buffer.from(tag, 'base64url'));
    return Buffer.concat([decipher.update(Buffer.from(text, 'base64url')), decipher.final()]).toString('utf8');
  }

  private key(id: string): Buffer {
    const key = this.keys.get(id);
    if (key === undefined) throw new Error(`secrets key ${id} is not configured`);
    return key;
  }
}
