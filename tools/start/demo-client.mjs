// The demo tenant's client: made by the api's bootstrap, used by the screen's curl line and for the demo's own calls.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { signatureHeaders } from '../lib/signature.mjs';
import { root } from '../lib/workspace.mjs';

const BOOTSTRAP = path.join(root, 'apps', 'api', 'dist', 'bootstrap.js');

/**
 * Makes sure that the demo tenant and its client exist, with a key and secret that are made once per data folder.
 * @returns {Promise<{tenant_id: string, api_key: string, api_secret: string}>}
 */
export async function bootstrapDemo(dataDir, env) {
  const file = path.join(dataDir, 'dev-client.json');
  const client = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : newCredentials();
  const args = ['--tenant-name', 'demo', '--client-name', 'demo', '--scopes', 'third,internal'];
  const credentials = ['--api-key', client.api_key, '--api-secret', client.api_secret];
  const { stdout } = await promisify(execFile)(process.execPath, [BOOTSTRAP, ...args, ...credentials], { env });
  fs.writeFileSync(file, `${JSON.stringify(client)}\n`, { mode: 0o600 });
  return { ...client, tenant_id: JSON.parse(stdout).tenant_id };
}
const newCredentials = () => ({
  api_key: `demo_${randomBytes(12).toString('hex')}`,
  api_secret: `development-only-${randomBytes(24).toString('base64url')}`,
});

/** Calls the API as the demo client: resolves with `data`, rejects with the failure's sentence. */
export async function callApi(http, credentials, method, target, payload) {
  const body = payload === undefined ? '' : JSON.stringify(payload);
  const response = await fetch(`${http}${target}`, {
    method,
    headers: {
      ...signatureHeaders(credentials, method, target, body),
      ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(payload === undefined ? {} : { body }),
  });
  const envelope = await response.json();
  if (envelope.code !== 0) throw new Error(`${method} ${target}: ${response.status} ${envelope.message}`);
  return envelope.data;
}
