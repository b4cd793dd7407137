import { randomBytes } from 'node:crypto';
import type { SignatureKind } from '@chargebus/persistence/webhook';
import { classicSignature, standardSignature } from '@chargebus/security';

/** One message to one endpoint. */
export interface OutgoingMessage {
  readonly endpointId: string;
  readonly url: string;
  readonly signature: SignatureKind;
  readonly secrets: readonly [string, ...string[]]; // the present one first; the previous one during a rotation
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
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'Chargebus-Webhooks/1',
    ...(message.signature === 'classic' ? {} : standardHeaders(message, timestampS)),
    ...(message.signature === 'standard' ? {} : classicHeaders(message, timestampS)),
  };
}

const standardHeaders = ({ eventId, body, secrets }: OutgoingMessage, timestampS: number): Record<string, string> => ({
  'webhook-id': eventId,
  'webhook-timestamp': timestampS.toString(),
  'webhook-signature': standardSignature(secrets, { id: eventId, timestampS, body }),
});

function classicHeaders(message: OutgoingMessage, timestampS: number): Record<string, string> {
  const { pathname, search } = new URL(message.url);
  const parts = {
    method: 'POST',
    path: pathname + search,
    timestamp: timestampS.toString(),
    nonce: randomBytes(16).toString('hex'),
    body: message.body,
  };
  return {
    'x-api-key': message.endpointId,
    'x-timestamp': parts.timestamp,
    'x-nonce': parts.nonce,
    'x-signature': classicSignature(message.secrets[0], parts),
  };
}
