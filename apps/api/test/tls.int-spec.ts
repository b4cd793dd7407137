import { webcrypto } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { SecureVersion } from 'node:tls';
import { readConfig } from '@chargebus/config';
import { createLogger, Metrics } from '@chargebus/observability';
import { PemConverter, X509CertificateGenerator } from '@peculiar/x509';
import { configDefinition } from '../src/config';
import { startApi } from '../src/start';
import { ApiUnderTest } from './api-under-test';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** A certificate for 127.0.0.1 that nobody but this spec believes. */
async function writeCertificate(folder: string): Promise<void> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=127.0.0.1',
    notBefore: new Date(Date.now() - 60_000),
    notAfter: new Date(Date.now() + 3_600_000),
    signingAlgorithm: ALGORITHM,
    keys,
  });
  const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  await writeFile(path.join(folder, 'cert.pem'), certificate.toString('pem'));
  await writeFile(path.join(folder, 'key.pem'), PemConverter.encode(key, 'PRIVATE KEY'));
}

describe('HTTPS of the API itself', () => {
  let api: ApiUnderTest;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'chargebus-tls-'));
    await writeCertificate(folder);
    api = await ApiUnderTest.start({
      HTTP_TLS_CERT_FILE: path.join(folder, 'cert.pem'),
      HTTP_TLS_KEY_FILE: path.join(folder, 'key.pem'),
    });
  });
  afterAll(async () => {
    await api.stop();
    await rm(folder, { recursive: true });
  });
  const get = (maxVersion: SecureVersion): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const target = { host: '127.0.0.1', port: api.api.port, path: '/health/live', rejectUnauthorized: false };
      request({ ...target, maxVersion, minVersion: 'TLSv1', agent: false }, resolve)
        .on('error', reject)
        .end();
    });

  it('Z01 is spoken from TLS 1.2 on, and asks browsers to stay with it', async () => {
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
      const answer = await get(version);
      answer.resume();
      expect(answer.statusCode).toBe(200);
      expect(answer.headers['strict-transport-security']).toBe('max-age=31536000');
    }
    await expect(get('TLSv1.1')).rejects.toThrow();
  });

  it('Z01 takes no plain request', async () => {
    await expect(fetch(`http://127.0.0.1:${api.api.port.toString()}/health/live`)).rejects.toThrow();
  });

  it('Z01 needs a certificate and its key', async () => {
    const config = readConfig(configDefinition, {
      NATS_URL: 'nats://nowhere.invalid',
      REDIS_URL: 'redis://nowhere.invalid',
      DATABASE_URL: 'postgres://nowhere.invalid/x',
      SECRETS_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
      HTTP_TLS_KEY_FILE: path.join(folder, 'key.pem'),
    });
    const started = startApi({ config, logger: createLogger('api', 'silent'), metrics: new Metrics('api') });
    await expect(started).rejects.toThrow(/belong together/);
  });
});
