#!/usr/bin/env node
// node tools/bin/sign.mjs <method> <path with query> [body]: the signature headers of one request, as curl arguments.
// Key and secret: API_KEY and API_SECRET, else the demo client of the running development installation.
import fs from 'node:fs';
import path from 'node:path';
import { signatureHeaders } from '../lib/signature.mjs';
import { dataDir } from '../lib/workspace.mjs';

const [method, target, body] = process.argv.slice(2);
if (!method || !target?.startsWith('/')) {
  console.error('usage: node tools/bin/sign.mjs <method> <path with query> [body]');
  process.exit(2);
}
const { API_KEY: api_key, API_SECRET: api_secret } = process.env;
const credentials =
  api_key && api_secret
    ? { api_key, api_secret }
    : JSON.parse(fs.readFileSync(path.join(dataDir, 'dev-client.json'), 'utf8'));
const headers = Object.entries(signatureHeaders(credentials, method, target, body));
console.log(headers.map(([name, value]) => `-H ${name}:${value}`).join(' ')); // no blanks: a shell may split at them
