import { randomUUID } from 'node:crypto';
import type { SignatureKind } from '@chargebus/persistence/webhook';
import type { Credentials } from '../endpoints/endpoint-secrets';
import { classicSignature, ed25519Signature, standardSignature } from '@chargebus/security';

const CLASSIC: ReadonlySet<SignatureKind> = new Set(['classic', 'both', 'all']);
const WITH_SECRET: ReadonlySet<SignatureKind> = new Set(['standard', 'both', 'all']);
const WITH_KEY: ReadonlySet<SignatureKind> = new Set(['ed25519', 'all']);

/** One message to one endpoint. */
export interface OutgoingMessage extends Credentials {
  readonly endpointId: string;
  readonly url: string;
  readonly signature: SignatureKind;
  readonly eventId: string;
  readonly body: string;
}

/**
 * The headers of one attempt (decision 13): fresh timestamp and nonce, the same body. Standard Webhooks signs with both
 * secrets during a rotation; the classic header has room for one signature, so the new secret makes it. Its key is the
 * secret as it was shown, prefix included.
 */
export function signedHeaders(message: OutgoingMessage, nowMs: number): Record<string, string> {
  const timestampS = Math.floor(nowMs / 1000);
  return {
    ...message.headers,
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'Chargebus-Webhooks/1',
    ...(message.signature === 'classic' ? {} : standardHeaders(message, timestampS)),
    ...(CLASSIC.has(message.signature) ? classicHeaders(message, timestampS) : {}),
  };
}

function standardHeaders(message: OutgoingMessage, timestampS: number): Record<string, string> {
  const { eventId, body, signature, secrets, privateKeys } = message;
  const parts = { id: eventId, timestampS, body };
  const signatures = [
    ...(WITH_SECRET.has(signature) ? [standardSignature(secrets, parts)] : []),
    ...(WITH_KEY.has(signature) && privateKeys.length > 0 ? [ed25519Signature(privateKeys, parts)] : []),
  ];
  return {
    'webhook-id': eventId,
    'webhook-timestamp': timestampS.toString(),
    'webhook-signature': signatures.join(' '),
  };
}

function classicHeaders(message: OutgoingMessage, timestampS: number): Record<string, string> {
  const { pathname, search } = new URL(message.url);
  const parts = {
    method: 'POST',
    path: pathname + search,
    timestamp: timestampS.toString(),
    nonce: randomUUID().replaceAll('-', ''), // from a pool: cheaper than 16 bytes asked for alone
    body: message.body,
  };
  return {
    'x-api-key': message.endpointId,
    'x-timestamp': parts.timestamp,
    'x-nonce': parts.nonce,
    'x-signature': classicSignature(message.secrets[0], parts),
  };
}
