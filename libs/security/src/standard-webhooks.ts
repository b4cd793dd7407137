import { createHmac, createPrivateKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

const PREFIX = 'whsec_';
const SECRET_BYTES = 32;

/** `whsec_` and the base64 of 32 random bytes, as Standard Webhooks wants it. */
export const newWebhookSecret = (): string => PREFIX + randomBytes(SECRET_BYTES).toString('base64');

/** What is signed (standardwebhooks.com, specification 1.0.0): `id.timestamp.body`. */
export interface StandardParts {
  readonly id: string; // the same on every attempt
  readonly timestampS: number; // Unix seconds of this attempt
  readonly body: string;
}

/** The `webhook-signature` header: `v1,<base64 HMAC-SHA256>` for each secret, separated by a space, the newest first. */
export function standardSignature(secrets: readonly string[], { id, timestampS, body }: StandardParts): string {
  return secrets
    .map((secret) => {
      const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
      return `v1,${createHmac('sha256', key).update(`${id}.${timestampS.toString()}.${body}`).digest('base64')}`;
    })
    .join(' ');
}

const PUBLIC_PREFIX = 'whpk_';

export interface WebhookKeyPair {
  readonly privateKey: string; // PKCS #8, base64
  readonly publicKey: string; // `whpk_` and the base64 of its 32 bytes
}

/** A pair of ed25519 keys, for receivers that are not to know a secret. */
export function newWebhookKeyPair(): WebhookKeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const { x = '' } = publicKey.export({ format: 'jwk' });
  return {
    privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
    publicKey: PUBLIC_PREFIX + Buffer.from(x, 'base64url').toString('base64'),
  };
}

/** As `standardSignature`, with private keys: `v1a,<base64 ed25519>` for each, the newest first. */
export function ed25519Signature(privateKeys: readonly string[], { id, timestampS, body }: StandardParts): string {
  const content = Buffer.from(`${id}.${timestampS.toString()}.${body}`);
  return privateKeys
    .map((key) => createPrivateKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'pkcs8' }))
    .map((key) => `v1a,${sign(null, content, key).toString('base64')}`)
    .join(' ');
}
