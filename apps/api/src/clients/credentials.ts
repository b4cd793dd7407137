import { randomBytes } from 'node:crypto';
import type { ClientId } from '@chargebus/domain';
import type { KeyMaterial } from '@chargebus/persistence/iam';
import type { SecretBox } from '@chargebus/security';
import { apiKeyHash } from '../auth/client-directory';

export interface Credentials {
  readonly apiKey: string;
  readonly apiSecret: string;
}
/** 128 random bits name the client, 256 sign for it. */
export const newCredentials = (): Credentials => ({
  apiKey: `cb_${randomBytes(16).toString('hex')}`,
  apiSecret: `cbs_${randomBytes(32).toString('base64url')}`,
});

/** What the database keeps of them: the key's hash and first characters, the secret sealed for this client. */
export const sealCredentials = (
  box: SecretBox,
  clientId: ClientId,
  { apiKey, apiSecret }: Credentials,
): KeyMaterial => ({
  apiKeyHash: apiKeyHash(apiKey),
  apiKeyHint: `${apiKey.slice(0, 7)}…`,
  secretSealed: box.seal(apiSecret, clientId),
});
