// A partner's webhook endpoint for the demo: takes what the dispatcher posts, checks both signatures, writes it down.
import { createHmac, createHash, timingSafeEqual } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { callApi } from './demo-client.mjs';
import { RotatingLog } from './rotating-log.mjs';

const QUIET = new Set(['device.heartbeat', 'charging.progress', 'device.online', 'device.offline']); // too many for a terminal
const ENDPOINTS = '/api/third/webhooks/endpoints';

export class DemoWebhooks {
  #log;
  #port;
  #say;
  #secret = '';
  #secretFile;
  #server = http.createServer((request, response) => void this.#take(request, response));

  constructor({ dataDir, port, say }) {
    this.#port = port;
    this.#say = say;
    this.#secretFile = path.join(dataDir, 'secrets', 'demo-webhook');
    this.#log = new RotatingLog(path.join(dataDir, 'webhooks.log'), { keep: 1 });
  }

  listen() {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.#port, '127.0.0.1', resolve);
    });
  }

  /** Registers the receiver with the demo tenant, once: a secret is shown only when it is made. */
  async register(apiUrl, credentials) {
    const url = `http://127.0.0.1:${this.#port}/webhooks`;
    const { items } = await callApi(apiUrl, credentials, 'GET', ENDPOINTS);
    const registered = items.find((endpoint) => endpoint.url === url);
    if (registered !== undefined && fs.existsSync(this.#secretFile)) {
      this.#secret = fs.readFileSync(this.#secretFile, 'utf8');
      return;
    }
    if (registered !== undefined)
      await callApi(apiUrl, credentials, 'DELETE', `${ENDPOINTS}/${registered.endpoint_id}`);
    const made = await callApi(apiUrl, credentials, 'POST', ENDPOINTS, {
      url,
      events: ['*'],
      description: 'the demo receiver of npm start',
    });
    this.#secret = made.secret;
    fs.writeFileSync(this.#secretFile, made.secret, { mode: 0o600 });
  }

  async #take(request, response) {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const signatures = {
      classic: matches(classic(this.#secret, request, body), request.headers['x-signature']),
      standard: matches(standard(this.#secret, request.headers, body), request.headers['webhook-signature']),
    };
    response.statusCode = signatures.classic && signatures.standard ? 204 : 401;
    response.end();
    this.#write(body, signatures);
  }

  #write(body, signatures) {
    const at = new Date().toISOString();
    let event;
    try {
      event = JSON.parse(body.toString());
    } catch {
      event = body.toString();
    }
    this.#log.write(Buffer.from(`${JSON.stringify({ received_at: at, signatures, event })}\n`));
    const type = event.event ?? event.type;
    if (QUIET.has(type)) return;
    const verdict = signatures.classic && signatures.standard ? 'signed' : 'SIGNATURE WRONG';
    this.#say(`webhook  ${type}  ${describe({ device_phy_id: event.device_phy_id, ...event.data })}  ${verdict}`);
  }

  async close() {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    this.#log.close();
  }
}

const describe = (data) =>
  ['device_phy_id', 'port_no', 'session_id', 'order_no', 'end_reason', 'energy_consumed']
    .filter((name) => data[name] !== undefined && data[name] !== null)
    .map((name) => `${name}=${data[name]}`)
    .join(' ');

/** X-Signature: HMAC-SHA256 hex over method, path, timestamp, nonce and the body's digest. */
function classic(secret, { method, url, headers }, body) {
  const digest = createHash('sha256').update(body).digest('hex');
  const text = [method, url, headers['x-timestamp'], headers['x-nonce'], digest].join('\n');
  return createHmac('sha256', secret).update(text).digest('hex');
}

/** webhook-signature of Standard Webhooks: the secret is `whsec_` and base64. */
function standard(secret, headers, body) {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const text = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body.toString()}`;
  return `v1,${createHmac('sha256', key).update(text).digest('base64')}`;
}

/** A header may hold several signatures while a secret is being rotated. */
const matches = (expected, header = '') =>
  String(header)
    .split(' ')
    .some((given) => given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected)));
