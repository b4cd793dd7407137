// The demo tenant's client: made by the api's bootstrap, used by the screen's curl line and for the demo's own calls.
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { signatureHeaders } from '../lib/signature.mjs';
import { root } from '../lib/workspace.mjs';

const BOOTSTRAP = path.join(root, 'apps', 'api', 'dist', 'bootstrap.js');

/**
 * Makes sure that the demo tenant and its client exist.
 * @returns {Promise<{tenant_id: string, api_key: string, api_secret: string}>}
 */
export async function bootstrapDemo(dataDir, env) {
  const { stdout } = await promisify(execFile)(process.execPath, [BOOTSTRAP], { env });
  const demo = JSON.parse(stdout.trim().split('\n').at(-1));
  const client = { api_key: demo.api_key, api_secret: demo.api_secret };
  fs.writeFileSync(path.join(dataDir, 'dev-client.json'), `${JSON.stringify(client)}\n`, { mode: 0o600 });
  return demo;
}

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
