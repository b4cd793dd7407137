import { DEVICE_COMMAND_KINDS } from '@chargebus/domain';
import type { Capabilities } from '@chargebus/domain';
import { DeviceNotFound } from '@chargebus/errors';
import { FindDevice, GetDevice, SubmitCommand } from '@chargebus/requests';
import type { RequestOf } from '@chargebus/requests';
import { ApiUnderTest } from './api-under-test';
import type { CallOptions } from './api-under-test';
import { aCommand, aDevice, aPort, HEALTHY } from './fixtures';

const capabilities = {
  ...Object.fromEntries(DEVICE_COMMAND_KINDS.map((kind) => [kind, { support: 'native', why: null }])),
  'lock.move': { support: 'none', why: 'no ground lock' },
} as Capabilities;
const COMMANDS = '/api/third/devices/04AB373B/commands';

describe('orders over HTTP', () => {
  let api: ApiUnderTest;
  const submitted: RequestOf<typeof SubmitCommand>[] = [];

  beforeAll(async () => {
    api = await ApiUnderTest.start();
    for (const question of [FindDevice, GetDevice])
      api.others.answer(question, ({ deviceId }) => {
        if (deviceId === 'NONE') throw new DeviceNotFound({ deviceId });
        return Promise.resolve({
          ...aDevice(),
          groups: [],
          health: HEALTHY,
          ports: [aPort()],
          capabilities: deviceId === 'NEW1' ? null : capabilities,
        });
      });
    api.others.answer(SubmitCommand, (request) => {
      const known = submitted.find(({ commandId }) => commandId === request.commandId);
      if (known === undefined) submitted.push(request);
      const { commandId, deviceId, command } = known ?? request;
      return Promise.resolve(aCommand({ commandId, deviceId, command, status: 'sent', sessionId: null }));
    });
  });
  afterAll(() => api.stop());
  beforeEach(() => {
    submitted.length = 0;
  });
  const order = (body: unknown, options: CallOptions = {}, target = COMMANDS) =>
    api.call('POST', target, { ...options, body });

  it('E33 F14 gives any order of the catalogue and answers with the command', async () => {
    const { status, body } = await order({ kind: 'device.reboot', scope: 'device' }, {}, `${COMMANDS}?expires_in=60`);
    expect(status).toBe(200);
    expect(body.data).toMatchObject({
      phy_id: '04AB373B',
      action: 'device.reboot',
      parameters: { scope: 'device' },
      command_status: 'sent',
      session_id: null,
    });
    expect(submitted).toMatchObject([
      { tenantId: api.client.tenantId, deviceId: '04AB373B', command: { kind: 'device.reboot', scope: 'device' } },
    ]);
    const leftMs = Date.parse(submitted[0]!.expiresAt) - Date.now();
    expect(leftMs).toBeLessThanOrEqual(60_000);
  });

  it('F03 shows the parameters of an order as they were given, without secrets', async () => {
    const values = { maxPowerPercent: 80, AuthorizationKey: 'hidden' };
    const { body } = await order({ kind: 'params.set', group: 'work', values });
    expect(body.data).toMatchObject({ parameters: { values: { maxPowerPercent: 80, AuthorizationKey: '***' } } });
    expect(submitted[0]?.command).toEqual({ kind: 'params.set', group: 'work', values });
    const upload = await order({ kind: 'diagnose', log: 'security', upload_to: 'ftp://u:p@203.0.113.9/logs' });
    expect(upload.body.data).toMatchObject({ parameters: { upload_to: 'ftp://***@203.0.113.9/logs' } });
  });

  it('G02 shows what a device can do, and that of a new one nobody knows', async () => {
    const known = await api.call('GET', '/api/third/devices/04AB373B');
    expect(known.body.data).toMatchObject({
      capabilities: { 'lock.move': { support: 'none', why: 'no ground lock' } },
    });
    expect((await api.call('GET', '/api/third/devices/NEW1')).body.data).toMatchObject({ capabilities: null });
  });

  it('E34 refuses what the device cannot do before anything is queued, in the language of the caller', async () => {
    const refused = await order({ kind: 'lock.move', port_no: 1, raise: true });
    expect(refused).toMatchObject({
      status: 422,
      body: { error: 'CAPABILITY_NOT_SUPPORTED', message: 'device 04AB373B cannot do lock.move: no ground lock' },
    });
    const inChinese = await order(
      { kind: 'lock.move', port_no: 1, raise: true },
      { headers: { 'accept-language': 'zh' } },
    );
    expect(inChinese.body.message).toContain('不支持 lock.move');
    expect(submitted).toEqual([]);
  });

  it('E34 lets the device itself answer where nobody knows what it can do', async () => {
    const { status } = await order(
      { kind: 'lock.move', port_no: 1, raise: true },
      {},
      '/api/third/devices/NEW1/commands',
    );
    expect(status).toBe(200);
    expect(submitted).toHaveLength(1);
  });

  it.each([
    [{ kind: 'device.fly' }, 'kind'],
    [{ kind: 'credentials.set', password: 'secret', security_profile: null }, 'kind'],
    [{ kind: 'device.locate', duration_s: 300 }, 'duration_s'],
    [{ kind: 'device.locate', duration_s: 30, colour: 'red' }, 'colour'],
    [
      { kind: 'voice.set', port_no: null, buzzer: true, voice: true, periods: [{ start: '8:00', end: '9' }] },
      'periods.0.start',
    ],
  ])('E34 validates %j to the last field', async (body, field) => {
    const refused = await order(body);
    expect(refused).toMatchObject({ status: 400, body: { error: 'VALIDATION_FAILED' } });
    expect(refused.body.details?.[0]?.field).toBe(field);
  });

  it.each([
    { kind: 'charge.modify', port_no: 1, order_ref: '00112233445566778899aabbccddeeff', stop_when_full: false },
    { kind: 'charge.stop', port_no: 1, order_ref: '00112233445566778899aabbccddeeff', keep_locked: false },
  ])('Z07 keeps %j for those who maintain devices', async (body) => {
    expect(await order(body)).toMatchObject({ status: 403, body: { error: 'PERMISSION_DENIED' } });
    const maintainer = await api.newClient({ scopes: ['commands:write', 'devices:maintain'] });
    expect((await order(body, { client: maintainer })).status).toBe(200);
    expect(submitted).toHaveLength(1);
  });

  it('E34 takes the same key as the same order, and refuses it for another one', async () => {
    const headers = { 'idempotency-key': 'once' };
    const first = await order({ kind: 'device.locate', duration_s: 30 }, { headers });
    const again = await order({ kind: 'device.locate', duration_s: 30 }, { headers });
    expect(again.body.data?.command_id).toBe(first.body.data?.command_id);
    expect(submitted).toHaveLength(1);
    expect(await order({ kind: 'device.locate', duration_s: 31 }, { headers })).toMatchObject({
      status: 409,
      body: { error: 'IDEMPOTENCY_KEY_REUSED' },
    });
    const stranger = await api.newClient();
    expect((await order({ kind: 'device.locate', duration_s: 31 }, { headers, client: stranger })).status).toBe(200);
  });

  it('E33 says that a device does not exist', async () => {
    const refused = await order({ kind: 'time.sync' }, {}, '/api/third/devices/NONE/commands');
    expect(refused).toMatchObject({ status: 404, body: { error: 'DEVICE_NOT_FOUND' } });
  });
});
