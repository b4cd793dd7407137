import { createHmac, randomBytes } from 'node:crypto';

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
