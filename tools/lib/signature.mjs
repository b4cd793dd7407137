// How a request to /api/third is signed; `tools/bin/sign.mjs` and the demo client use it.
import { createHash, createHmac, randomUUID } from 'node:crypto';

/** @param {{api_key: string, api_secret: string}} credentials @param {string} target path with its query, as sent */
export function signatureHeaders({ api_key, api_secret }, method, target, body = '') {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const nonce = randomUUID();
  const digest = createHash('sha256').update(body).digest('hex');
  const text = [method.toUpperCase(), target, timestamp, nonce, digest].join('\n');
  return {
    'X-Api-Key': api_key,
    'X-Timestamp': timestamp,
    'X-Nonce': nonce,
    'X-Signature': createHmac('sha256', api_secret).update(text).digest('hex'),
  };
}
