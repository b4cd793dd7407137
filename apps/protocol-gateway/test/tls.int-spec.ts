import { hashDevicePassword } from '@chargebus/security';
import { eventually, throwAwayNats } from '@chargebus/testing';
import type { ThrowAwayServer } from '@chargebus/testing';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect } from 'node:tls';
import { fakeDriver } from './fake-driver';
import { fakeMessageDrivers } from './fake-message-driver';
import { Outside, startGateway, stopAll } from './harness';
import type { RunningGateway } from './harness';
import { TestAuthority } from './pki';
import type { Credential } from './pki';
import { Station } from './station';
import type { StationOptions } from './station';

const PASSWORD = 'a password with 32 characters 12';

describe('the WebSocket door over TLS', () => {
  let nats: ThrowAwayServer;
  let outside: Outside;
  let gateway: RunningGateway;
  let folder: string;
  let servers: TestAuthority;
  let stations: TestAuthority;
  let own: Credential;

  const file = (name: string, content?: string): string => {
    const full = path.join(folder, name);
    if (content !== undefined) writeFileSync(full, content);
    return full;
  };
  async function renewServer(): Promise<void> {
    const [ec, rsa] = [await servers.issue('CN=gateway'), await servers.issue('CN=gateway', 'rsa')];
    file('ec.crt', ec.cert);
    file('ec.key', ec.key);
    file('rsa.crt', rsa.cert);
    file('rsa.key', rsa.key);
  }

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'chargebus-tls-'));
    nats = await throwAwayNats();
    outside = await Outside.connect(nats.url);
    const passwordHash = await hashDevicePassword(PASSWORD, 'generated');
    const nextPasswordHash = await hashDevicePassword(`${PASSWORD}!`, 'generated');
    outside.admits({
      T1: { securityProfile: 1, passwordHash },
      T2: { securityProfile: 2, passwordHash },
      T3: { securityProfile: 3, certificateCn: 'serial-3', passwordHash },
      T3b: { securityProfile: 3 },
      Rising: { securityProfile: 1, nextSecurityProfile: 2, passwordHash },
      Rotating: { securityProfile: 1, passwordHash, nextPasswordHash },
      Overdue: { securityProfile: 1, passwordHash, nextPasswordHash, passwordUntil: '2020-01-01T00:00:00.000Z' },
    });
    [servers, stations] = [await TestAuthority.create('servers'), await TestAuthority.create('stations')];
    await renewServer();
    own = await stations.issue('CN=serial-3, O=Chargebus');
    gateway = await startGateway(
      nats.url,
      {
        DEVICE_WSS_PORT: 0,
        DEVICE_MTLS_PORT: 0,
        DEVICE_TLS_CERT_FILES: [file('ec.crt'), file('rsa.crt')],
        DEVICE_TLS_KEY_FILES: [file('ec.key'), file('rsa.key')],
        DEVICE_TLS_CLIENT_CA_FILE: file('stations.crt', stations.certificate),
        DEVICE_TLS_CLIENT_CRL_FILE: file('stations.crl', await stations.revoke([])),
        DEVICE_TLS_CHECK_S: 0.2,
        STATION_OPERATOR: 'Chargebus',
        DEVICE_WS_ATTEMPTS_PER_MINUTE: 1_000,
      },
      [fakeDriver],
      fakeMessageDrivers,
    );
  });
  afterAll(async () => {
    await stopAll();
    await nats.stop();
    rmSync(folder, { recursive: true });
  });

  /** 101, the status of the refusal, or `tls` when it did not come so far. */
  async function knockAs(identity: string, port: number, options: StationOptions = {}): Promise<number | 'tls'> {
    const scheme = port === gateway.wsPort ? 'ws' : 'wss';
    try {
      const station = await Station.connect(`${scheme}://127.0.0.1:${port}/ocpp/${identity}`, {
        ca: servers.certificate,
        ...options,
      });
      station.say('hb|in');
      await station.hears('hb|in');
      station.socket.terminate();
      return 101;
    } catch (error) {
      const status = /Unexpected server response: (\d+)/.exec(String(error))?.[1];
      return status === undefined ? 'tls' : Number(status);
    }
  }

  it('takes each security profile on its own listener and refuses it on the others', async () => {
    const { mtlsPort, wsPort, wssPort } = gateway;
    const proof = { password: PASSWORD };
    expect(await knockAs('T1', wsPort, proof)).toBe(101);
    expect(await knockAs('T1', wssPort, proof)).toBe(403);
    expect(await knockAs('T2', wsPort, proof)).toBe(403);
    expect(await knockAs('T2', wssPort, proof)).toBe(101);
    expect(await knockAs('T2', wssPort, { password: 'wrong' })).toBe(401);
    expect(await knockAs('T3', mtlsPort, own)).toBe(101);
    expect(await knockAs('T3', wssPort, proof)).toBe(403); // a password is never a substitute
    expect(await knockAs('T3', mtlsPort, proof)).toBe('tls');
  });

  it('takes only the certificate of that station, of our operator, from our authority', async () => {
    const { mtlsPort } = gateway;
    expect(await knockAs('T3b', mtlsPort, own)).toBe(403);
    expect(await knockAs('T3b', mtlsPort, await stations.issue('CN=T3b, O=Chargebus'))).toBe(101);
    expect(await knockAs('T3b', mtlsPort, await stations.issue('CN=T3b, O=Other'))).toBe(403);
    expect(await knockAs('T3b', mtlsPort, await stations.issue('CN=T3b, CN=T3, O=Chargebus'))).toBe(403);
    const strange = await TestAuthority.create('somebody else');
    expect(await knockAs('T3b', mtlsPort, await strange.issue('CN=T3b, O=Chargebus'))).toBe('tls');
  });

  it.each([
    ['ECDHE-ECDSA-AES128-GCM-SHA256'],
    ['ECDHE-ECDSA-AES256-GCM-SHA384'],
    ['AES128-GCM-SHA256'],
    ['AES256-GCM-SHA384'],
  ])('speaks %s', async (ciphers) => {
    const socket = connect({
      port: gateway.wssPort,
      host: '127.0.0.1',
      ca: servers.certificate,
      ciphers,
      maxVersion: 'TLSv1.2',
    });
    await once(socket, 'secureConnect');
    expect(socket.getCipher().name).toBe(ciphers);
    socket.destroy();
  });

  it('does not speak TLS 1.1', async () => {
    const socket = connect({
      port: gateway.wssPort,
      host: '127.0.0.1',
      ca: servers.certificate,
      minVersion: 'TLSv1.1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    await expect(once(socket, 'secureConnect')).rejects.toThrow();
  });

  it('takes renewed certificates and revocations into use, and drops nobody for it', async () => {
    const station = await Station.connect(`wss://127.0.0.1:${gateway.wssPort}/ocpp/T2`, {
      ca: servers.certificate,
      password: PASSWORD,
    });
    const before = await peerSerial();
    await renewServer();
    await eventually(async () => {
      expect(await peerSerial()).not.toBe(before);
    });
    const revoked = await stations.issue('CN=T3b, O=Chargebus');
    expect(await knockAs('T3b', gateway.mtlsPort, revoked)).toBe(101);
    file('stations.crl', await stations.revoke([revoked.serialNumber]));
    await eventually(async () => {
      expect(await knockAs('T3b', gateway.mtlsPort, revoked)).toBe('tls');
    });
    station.say('hb|still here');
    await station.hears('still here');
    station.socket.terminate();

    file('ec.crt', 'no certificate');
    expect(await knockAs('T2', gateway.wssPort, { password: PASSWORD })).toBe(101);
  });

  async function peerSerial(): Promise<string> {
    const socket = connect({ port: gateway.wssPort, host: '127.0.0.1', ca: servers.certificate });
    await once(socket, 'secureConnect');
    const { serialNumber } = socket.getPeerCertificate();
    socket.destroy();
    return serialNumber;
  }

  it('accepts the present and the next profile, the present and the next password, and says which was new', async () => {
    const used = outside.hearsOfCredentials();
    expect(await knockAs('Rising', gateway.wsPort, { password: PASSWORD })).toBe(101);
    expect(await knockAs('Rising', gateway.wssPort, { password: PASSWORD })).toBe(101);
    expect(await knockAs('Rotating', gateway.wsPort, { password: PASSWORD })).toBe(101);
    expect(await knockAs('Rotating', gateway.wsPort, { password: `${PASSWORD}!` })).toBe(101);
    expect(await knockAs('Overdue', gateway.wsPort, { password: PASSWORD })).toBe(401);
    expect(await knockAs('Overdue', gateway.wsPort, { password: `${PASSWORD}!` })).toBe(101);
    await eventually(() => {
      expect(used).toMatchObject([
        { deviceId: 'Rising', passwordHash: null, securityProfile: 2 },
        { deviceId: 'Rotating', passwordHash: expect.stringContaining('$') as unknown, securityProfile: null },
        { deviceId: 'Overdue', securityProfile: null },
      ]);
    });
  });
});
