// Where the development installation listens and what its apps are started with. Every value can be overridden by the
// environment variable of the same name; so can every other setting of an app.
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const OPS_PORT_BASE = Number(process.env.OPS_PORT_BASE || 3100);

/** What `npm start` runs, in the order in which it is shown. opsPort 0: any free one, the app has a door of its own. */
export const APPS = [
  { name: 'protocol-gateway', opsPort: OPS_PORT_BASE + 1 },
  { name: 'command', opsPort: OPS_PORT_BASE + 2 },
  { name: 'session', opsPort: OPS_PORT_BASE + 3 },
  { name: 'webhook-dispatcher', opsPort: OPS_PORT_BASE + 4 },
  { name: 'fleet', opsPort: OPS_PORT_BASE + 5 },
  { name: 'api', opsPort: 0 },
];

const given = (name, fallback) => process.env[name] || fallback;

export const addresses = {
  httpHost: given('HTTP_HOST', '127.0.0.1'),
  httpPort: Number(given('HTTP_PORT', '3000')),
  deviceHost: given('DEVICE_TCP_HOST', '127.0.0.1'),
  devicePort: Number(given('DEVICE_TCP_PORT', '7000')),
  stationHost: given('DEVICE_WS_HOST', '127.0.0.1'),
  stationPort: Number(given('DEVICE_WS_PORT', '9000')),
  ftpPort: Number(given('FTP_PORT', '2121')),
  webhookPort: Number(given('DEMO_WEBHOOK_PORT', '3900')),
  get http() {
    return `http://${this.httpHost}:${this.httpPort}`;
  },
};

/** Ports that must be free before anything is started: port, who listens there, the variable that moves it. */
export const fixedPorts = [
  { host: addresses.httpHost, port: addresses.httpPort, of: 'HTTP', variable: 'HTTP_PORT' },
  { host: addresses.deviceHost, port: addresses.devicePort, of: 'device TCP', variable: 'DEVICE_TCP_PORT' },
  { host: addresses.stationHost, port: addresses.stationPort, of: 'device WebSocket', variable: 'DEVICE_WS_PORT' },
  { host: '127.0.0.1', port: addresses.ftpPort, of: 'FTP', variable: 'FTP_PORT' },
  { host: '127.0.0.1', port: addresses.webhookPort, of: 'the demo webhook receiver', variable: 'DEMO_WEBHOOK_PORT' },
  ...APPS.filter(({ opsPort }) => opsPort !== 0).map(({ name, opsPort }) => ({
    host: '127.0.0.1',
    port: opsPort,
    of: `metrics and health of ${name}`,
    variable: 'OPS_PORT_BASE',
  })),
];

/** Environment that all apps share. The secrets carry a mark with which no other profile starts. */
export function sharedEnvironment(dataDir, serverUrls) {
  return {
    CHARGEBUS_PROFILE: 'development',
    LOG_LEVEL: 'info',
    NODE_OPTIONS: '--max-semi-space-size=32', // as in deploy/Dockerfile
    HTTP_HOST: addresses.httpHost,
    HTTP_PORT: String(addresses.httpPort),
    PUBLIC_BASE_URL: addresses.http,
    AUTH_BEARER_PLAIN_HTTP: 'true', // tokens of people without TLS, on a laptop
    DEVICE_TCP_HOST: addresses.deviceHost,
    DEVICE_TCP_PORT: String(addresses.devicePort),
    DEVICE_WS_HOST: addresses.stationHost,
    DEVICE_WS_PORT: String(addresses.stationPort),
    FTP_PORT: String(addresses.ftpPort),
    STATION_CA_FILE: path.join(dataDir, 'secrets', 'station-ca.pem'),
    SECRETS_KEYS: kept(dataDir, 'secrets-keys', () => `development-only:${randomBytes(32).toString('base64')}`),
    ...process.env,
    ...serverUrls,
  };
}

/** A value made once per data folder. */
function kept(dataDir, name, make) {
  const file = path.join(dataDir, 'secrets', name);
  if (!fs.existsSync(file)) {
    fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    fs.writeFileSync(file, make(), { mode: 0o600 });
  }
  return fs.readFileSync(file, 'utf8');
}
