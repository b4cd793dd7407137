import { DeviceId, toInstant } from '@chargebus/domain';
import { downSubject } from '@chargebus/messaging';
import {
  AdmissionChanged,
  AdmitDevices,
  ConfirmCredentials,
  DeliverCredentials,
  DownRequest,
  GetCredentials,
  ListQuarantined,
  RaiseDeviceAlarm,
  SetCredentials,
  SignCertificate,
} from '@chargebus/requests';
import type { DeviceAdmission } from '@chargebus/requests';
import type { CommandOutcome } from '@chargebus/domain';
import { verifyDevicePassword } from '@chargebus/security';
import { eventually } from '@chargebus/testing';
import { Pkcs10CertificateRequestGenerator, X509Certificate } from '@peculiar/x509';
import { webcrypto } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Sweeper } from '../src/sweeper/sweeper';
import { Facts } from './facts';
import { OTHER_TENANT, TENANT, World } from './harness';
import type { Replica } from './harness';

const DAY_MS = 86_400_000;

describe('credentials and certificates of devices', () => {
  let world: World;
  let replica: Replica;
  let folder: string;
  const changed: string[] = [];

  beforeAll(async () => {
    world = await World.create();
    folder = mkdtempSync(path.join(tmpdir(), 'chargebus-ca-'));
    replica = await world.replica({
      STATION_CA_FILE: path.join(folder, 'station-ca.pem'),
      STATION_OPERATOR: 'Chargebus',
      STATION_CERTIFICATE_DAYS: '60',
    });
    world.bus.nc.subscribe(`${AdmissionChanged.prefix}.*`, {
      callback: (_error, message) => {
        changed.push(AdmissionChanged.schema.parse(message.json()).deviceId);
      },
    });
    await world.bus.nc.flush();
  });
  afterAll(async () => {
    await world.close();
    rmSync(folder, { recursive: true });
  });

  async function admission(deviceId: string): Promise<DeviceAdmission | null> {
    const knock = { deviceId: DeviceId.parse(deviceId), remoteAddress: '10.0.0.1', subprotocols: ['ocpp1.6'] };
    return (await world.bus.ask(AdmitDevices, { knocks: [knock] })).admissions[0] ?? null;
  }
  it('A11 tells the gateway which stations have been accepted before', async () => {
    const deviceId = await world.registerDevice();
    expect(await admission(deviceId)).toMatchObject({ accepted: false });
    const facts = new Facts(deviceId, world.clock);
    await world.say(facts.registered({ protocol: 'ocpp1.6', attributes: { registration: 'Pending' } }));
    await world.say(facts.registered({ protocol: 'ocpp1.6', attributes: { registration: 'Accepted' } }));
    await eventually(async () => {
      expect(await admission(deviceId)).toMatchObject({ accepted: true });
    });
  });

  const set = (deviceId: string, settings: object) =>
    world.bus.ask(SetCredentials, { tenantId: TENANT, deviceId, generatePassword: false, ...settings });
  const opens = async (password: string, hash: string | null | undefined): Promise<boolean> =>
    hash != null && verifyDevicePassword(Buffer.from(password), hash);

  /** The gateway's end of one order: notes what it carried and ends it so. */
  function gatewayAnswers(deviceId: string, outcome: CommandOutcome): { carried: unknown } {
    const heard: { carried: unknown } = { carried: null };
    const subscription = world.bus.nc.subscribe(downSubject(deviceId), {
      max: 1,
      callback: (_error, message) => {
        heard.carried = DownRequest.parse(message.json()).command;
        const at = toInstant(Date.now());
        message.respond(JSON.stringify({ stage: 'sent', at }));
        message.respond(JSON.stringify({ stage: 'done', at, outcome, sends: 1 }));
        subscription.unsubscribe();
      },
    });
    return heard;
  }

  it('answers for many identities at once and shows those that nobody owns to operators', async () => {
    const known = await world.registerDevice();
    const knocks = [known, 'Stranger-1', 'Stranger-1', 'Stranger-2'].map((id) => ({
      deviceId: DeviceId.parse(id),
      remoteAddress: '10.1.1.1',
      subprotocols: ['ocpp1.6'],
    }));
    const { admissions } = await world.bus.ask(AdmitDevices, { knocks });
    expect(admissions).toMatchObject([{ enabled: true, securityProfile: 1, passwordHash: null }, null, null, null]);
    const { items } = await world.bus.ask(ListQuarantined, {
      page: { limit: 10, offset: 0, cursor: null, sort: 'created_at', order: 'desc' },
    });
    expect(items.filter(({ deviceId }) => deviceId.startsWith('Stranger'))).toMatchObject([
      { protocol: 'ocpp1.6', remoteAddress: '10.1.1.1', reason: 'unregistered', keptFacts: 0 },
      { protocol: 'ocpp1.6' },
    ]);
  });

  it('lets strangers of a laboratory in without credentials', async () => {
    const laboratory = await World.create();
    await laboratory.replica({ CHARGEBUS_PROFILE: 'development', ADOPT_UNKNOWN_DEVICES_TENANT_ID: TENANT });
    const knock = { deviceId: DeviceId.parse('Stranger-3'), remoteAddress: '10.0.0.1', subprotocols: [] };
    const { admissions } = await laboratory.bus.ask(AdmitDevices, { knocks: [knock] });
    expect(admissions).toMatchObject([{ securityProfile: 0 }]);
    await laboratory.close();
  });

  it('sets a password that only its hash is kept of, and tells the gateways', async () => {
    const deviceId = await world.registerDevice();
    const view = await set(deviceId, { generatePassword: true, subprotocols: ['ocpp1.6'] });
    expect(view).toMatchObject({ securityProfile: 1, hasPassword: true, passwordChange: 'none' });
    expect(view.password).toMatch(/^[0-9a-f]{40}$/);
    const admitted = await admission(deviceId);
    expect(admitted).toMatchObject({ securityProfile: 1, subprotocols: ['ocpp1.6'], passwordUntil: null });
    expect(await opens(view.password ?? '', admitted?.passwordHash)).toBe(true);
    const [row] = await world.postgres.query<{ all: string }>(
      'SELECT c::text AS all FROM session.device_credentials c WHERE device_id = $1',
      [deviceId],
    );
    expect(row?.all).not.toContain(view.password);
    await eventually(() => {
      expect(changed).toContain(deviceId);
    });

    const again = await set(deviceId, { enabled: false });
    expect(again).toMatchObject({ enabled: false, hasPassword: true, password: null, subprotocols: ['ocpp1.6'] });
    expect(await admission(deviceId)).toMatchObject({ enabled: false });
    await expect(world.bus.ask(GetCredentials, { tenantId: OTHER_TENANT, deviceId })).rejects.toMatchObject({
      name: 'DEVICE_NOT_FOUND',
    });
  });

  it('hands a connected device a new password; both count until it has used the newer one', async () => {
    const deviceId = await world.registerDevice();
    const { password: older } = await set(deviceId, { generatePassword: true });
    const gateway = gatewayAnswers(deviceId, { status: 'acked', result: {} });
    const delivered = await world.bus.ask(DeliverCredentials, {
      tenantId: TENANT,
      deviceId,
      newPassword: true,
      securityProfile: null,
    });
    expect(delivered).toMatchObject({ outcome: { status: 'acked' }, credentials: { passwordChange: 'accepted' } });
    const { password: newer } = gateway.carried as { password: string };
    const both = await admission(deviceId);
    expect(await opens(older ?? '', both?.passwordHash)).toBe(true);
    expect(await opens(newer, both?.nextPasswordHash)).toBe(true);
    expect(Date.parse(both?.passwordUntil ?? '') - world.clock.ms).toBe(600_000);

    const used = { deviceId, passwordHash: both?.nextPasswordHash ?? null, securityProfile: null };
    await world.bus.ask(ConfirmCredentials, used);
    await world.bus.ask(ConfirmCredentials, used);
    const after = await admission(deviceId);
    expect(after).toMatchObject({ nextPasswordHash: null, passwordUntil: null });
    expect(await opens(newer, after?.passwordHash)).toBe(true);
  });

  it.each([
    ['refused', { status: 'rejected', reason: 'Rejected' } as const, 'none'],
    ['without an answer', { status: 'no_reply' } as const, 'offered'],
  ])('keeps the old password when the new one was %s', async (_name, outcome, passwordChange) => {
    const deviceId = await world.registerDevice();
    const { password: older } = await set(deviceId, { generatePassword: true });
    gatewayAnswers(deviceId, outcome);
    const order = { tenantId: TENANT, deviceId, newPassword: true, securityProfile: null };
    expect(await world.bus.ask(DeliverCredentials, order)).toMatchObject({ outcome, credentials: { passwordChange } });
    const admitted = await admission(deviceId);
    expect(admitted?.passwordUntil).toBeNull();
    expect(await opens(older ?? '', admitted?.passwordHash)).toBe(true);
  });

  it('says when the device is not connected, and changes nothing', async () => {
    const deviceId = await world.registerDevice();
    const order = { tenantId: TENANT, deviceId, newPassword: true, securityProfile: null };
    await expect(world.bus.ask(DeliverCredentials, order)).rejects.toMatchObject({ name: 'DEVICE_IS_OFFLINE' });
    expect(await admission(deviceId)).toMatchObject({ nextPasswordHash: null });
  });

  it('raises the security profile, never lowers it, and accepts both until the higher one was used', async () => {
    const deviceId = await world.registerDevice();
    await set(deviceId, { generatePassword: true, securityProfile: 1 });
    const raise = (securityProfile: number) =>
      world.bus.ask(DeliverCredentials, { tenantId: TENANT, deviceId, newPassword: false, securityProfile });
    await expect(raise(1)).rejects.toMatchObject({ name: 'SECURITY_PROFILE_REFUSED' });
    await expect(raise(3)).rejects.toThrow(/no valid certificate/);
    const gateway = gatewayAnswers(deviceId, { status: 'acked', result: {} });
    await raise(2);
    expect(gateway.carried).toEqual({ kind: 'credentials.set', password: null, securityProfile: 2 });
    expect(await admission(deviceId)).toMatchObject({ securityProfile: 1, nextSecurityProfile: 2 });
    await world.bus.ask(ConfirmCredentials, { deviceId, passwordHash: null, securityProfile: 2 });
    expect(await admission(deviceId)).toMatchObject({ securityProfile: 2, nextSecurityProfile: null });
  });

  it('takes the next profile from an operator, for devices that are raised by other orders', async () => {
    const deviceId = await world.registerDevice();
    await set(deviceId, { generatePassword: true });
    await set(deviceId, { nextSecurityProfile: 2 });
    expect(await admission(deviceId)).toMatchObject({ securityProfile: 1, nextSecurityProfile: 2 });
    await set(deviceId, { securityProfile: 2 });
    expect(await admission(deviceId)).toMatchObject({ securityProfile: 2, nextSecurityProfile: null });
  });

  const P256 = { name: 'ECDSA', namedCurve: 'P-256' };
  type KeyAlgorithm = webcrypto.EcKeyGenParams | Omit<webcrypto.RsaHashedKeyGenParams, 'hash'>;
  async function csr(name: string, algorithm: KeyAlgorithm = P256): Promise<string> {
    const signingAlgorithm = { ...algorithm, hash: 'SHA-256' };
    const keys = await webcrypto.subtle.generateKey(signingAlgorithm, true, ['sign', 'verify']);
    return (await Pkcs10CertificateRequestGenerator.create({ name, keys, signingAlgorithm })).toString('pem');
  }

  it('signs what a device asks for when it names the device and the operator, and records it', async () => {
    const deviceId = await world.registerDevice();
    const reply = await world.bus.ask(SignCertificate, {
      deviceId,
      use: 'station',
      csrPem: await csr(`CN=${deviceId}, O=Chargebus`),
    });
    expect(reply).toMatchObject({ decision: 'accepted', reason: null });
    const [leaf, root] = (reply.chainPem ?? '')
      .split(/(?<=-----END CERTIFICATE-----\n)/)
      .map((pem) => new X509Certificate(pem));
    expect(leaf?.subject).toBe(`CN=${deviceId}, O=Chargebus`);
    expect(await leaf?.verify(root === undefined ? {} : { publicKey: root })).toBe(true);
    expect(reply.chainPem?.length).toBeLessThan(10_000);
    const { certificateUntil } = await world.bus.ask(GetCredentials, { tenantId: TENANT, deviceId });
    expect(Math.round((Date.parse(certificateUntil ?? '') - world.clock.ms) / DAY_MS)).toBe(60);
  });

  it.each([
    ['another name', 'CN=Somebody, O=Chargebus', undefined, /not this device/],
    ['another operator', 'CN=<id>, O=Other', undefined, /not the operator/],
    ['no operator', 'CN=<id>', undefined, /not the operator/],
    ['another curve', 'CN=<id>, O=Chargebus', { name: 'ECDSA', namedCurve: 'P-384' }, /P-256/],
    [
      'a short key',
      'CN=<id>, O=Chargebus',
      { name: 'RSASSA-PKCS1-v1_5', modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]) },
      /too short/,
    ],
  ])('rejects a request with %s', async (_name, subject, algorithm, reason) => {
    const deviceId = await world.registerDevice();
    const csrPem = await csr(subject.replace('<id>', deviceId), algorithm);
    const reply = await world.bus.ask(SignCertificate, { deviceId, use: 'station', csrPem });
    expect(reply).toMatchObject({ decision: 'rejected', chainPem: null });
    expect(reply.reason).toMatch(reason);
  });

  it('rejects what is no request, and what comes from nobody', async () => {
    const deviceId = await world.registerDevice();
    const garbage = { deviceId, use: 'station' as const, csrPem: 'no PEM' };
    expect(await world.bus.ask(SignCertificate, garbage)).toMatchObject({ decision: 'rejected' });
    const nobody = { deviceId: DeviceId.parse('Nobody'), use: 'station' as const, csrPem: await csr('CN=Nobody') };
    expect(await world.bus.ask(SignCertificate, nobody)).toMatchObject({ decision: 'rejected' });
  });

  it('tells once of a certificate that ends soon, and not of one that was renewed', async () => {
    const [renewed, ending] = [await world.registerDevice(), await world.registerDevice()];
    const sign = async (deviceId: DeviceId): Promise<unknown> =>
      world.bus.ask(SignCertificate, { deviceId, use: 'station', csrPem: await csr(`CN=${deviceId}, O=Chargebus`) });
    await sign(renewed);
    await sign(ending);
    world.clock.advance(40 * DAY_MS);
    await sign(renewed);
    const sweeper = replica.context.get(Sweeper);
    await sweeper.sweep();
    world.clock.advance(DAY_MS);
    await sweeper.sweep();
    await eventually(() => {
      expect(world.eventsOf(ending, 'system.alarm')).toMatchObject([
        { data: { alarmType: 'device_certificate_expires', details: { use: 'station' } } },
      ]);
    });
    expect(world.eventsOf(renewed, 'system.alarm')).toEqual([]);
  });

  it('makes one alarm of what the gateway saw, however often it says so', async () => {
    const deviceId = await world.registerDevice();
    const alarm = {
      deviceId,
      causeId: 'contested:1',
      alarmType: 'identity_contested',
      message: 'two stations use one identity',
      details: { addresses: ['10.0.0.1', '10.0.0.2'] },
    };
    await world.bus.ask(RaiseDeviceAlarm, alarm);
    await world.bus.ask(RaiseDeviceAlarm, alarm);
    await eventually(() => {
      const alarms = world.eventsOf(deviceId, 'system.alarm');
      expect(alarms[0]).toMatchObject({ data: { alarmType: 'identity_contested' } });
      expect(new Set(alarms.map(({ id }) => id)).size).toBe(1);
    });
  });
});
