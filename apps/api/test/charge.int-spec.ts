import { DeviceNotFound, PortBusy } from '@chargebus/errors';
import { GetChargeStatus, StartCharge, StopCharge } from '@chargebus/requests';
import type { RequestOf } from '@chargebus/requests';
import { ApiUnderTest } from './api-under-test';
import { aCommandId, aSession } from './fixtures';

const START = '/api/third/devices/04AB373B/charge/start';
const STOP = '/api/third/devices/04AB373B/charge/stop';
const STATUS = '/api/third/devices/04AB373B/charge/status?port_no=1';
const body = {
  port_no: 1,
  mode: 1,
  time_limit: 120,
  energy_limit: 50,
  power_limit: 7000,
  third_party_order_no: 'ORD001',
  third_party_user_id: 'USER001',
  notify_interval: 30,
  auto_stop_conditions: { low_power_threshold: 1000, max_temperature: 60, voltage_range: [200, 250] },
};

describe('charge control over HTTP', () => {
  let api: ApiUnderTest;
  const starts: RequestOf<typeof StartCharge>[] = [];
  const stops: RequestOf<typeof StopCharge>[] = [];
  const requestIds: (string | null)[] = [];

  beforeAll(async () => {
    api = await ApiUnderTest.start();
    api.others.answer(StartCharge, (request, { requestId }) => {
      starts.push(request);
      requestIds.push(requestId);
      if (request.deviceId === 'FFFFFFFF') throw new DeviceNotFound({ deviceId: request.deviceId });
      if (request.portNo === 9) throw new PortBusy({ deviceId: request.deviceId, portNo: 9 });
      return Promise.resolve({
        session: aSession({ tenantId: request.tenantId, orderNo: request.orderNo, state: 'starting' }),
        commandStatus: request.waitMs?.until === 'finished' ? ('acked' as const) : ('sent' as const),
        commandReason: null,
        commandId: aCommandId(),
        deviceResponseTimeoutS: 15,
        estimatedStartAt: '2024-01-13T10:00:15.000Z',
        replayed: false,
      });
    });
    api.others.answer(StopCharge, (request) => {
      stops.push(request);
      return Promise.resolve({
        session: aSession({ state: 'stopping', orderNo: request.orderNo }),
        commandStatus: 'sent' as const,
        commandReason: null,
        commandId: null,
        deviceResponseTimeoutS: 15,
      });
    });
    api.others.answer(GetChargeStatus, ({ portNo }) =>
      Promise.resolve({ session: portNo === 1 ? aSession() : null, portState: 'idle' as const, online: true }),
    );
  });
  afterAll(() => api.stop());

  it('E01 E14 E15 E16 E17 E18 D05 answers a start with session, order id, estimate, sent and the device timeout', async () => {
    const answer = await api.call('POST', START, { body });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      code: 0,
      message: 'success',
      data: {
        session_id: 'SES20240113001',
        internal_order_id: 12345,
        third_party_order_no: 'ORD001',
        order_no: 'ORD001',
        estimated_start_time: '2024-01-13T10:00:15.000Z',
        command_status: 'sent',
        device_response_timeout: 15,
      },
    });
  });

  it('E02 to E13 hands every field of a start on, in our units', async () => {
    await api.call('POST', START, { body, headers: { 'idempotency-key': 'once' } });
    expect(starts.at(-1)).toEqual({
      tenantId: api.client.tenantId,
      within: null,
      clientId: api.client.clientId,
      deviceId: '04AB373B',
      portNo: 1,
      orderNo: 'ORD001',
      idempotencyKey: 'once',
      userId: 'USER001',
      limits: { mode: 1, timeLimitMin: 120, energyLimitKwh: 50, powerLimitW: 7000 },
      notifyIntervalS: 30,
      autoStop: { lowPowerThresholdW: 1000, maxTemperatureC: 60, voltageRangeV: [200, 250] },
      requestBody: body,
      waitMs: { until: 'sent', timeoutMs: 1_000 },
      requireOnline: false,
    });
  });

  it('E08 E10 E19 takes order_no, the default interval and every mode', async () => {
    const limit = { 1: { time_limit: 1 }, 2: { energy_limit: 0.5 }, 3: { power_limit: 3500 }, 4: {} };
    for (const mode of [1, 2, 3, 4] as const) {
      const answer = await api.call('POST', START, {
        body: { port_no: 1, mode, order_no: `B${mode.toString()}`, ...limit[mode] },
      });
      expect(answer.body).toMatchObject({ code: 0, data: { third_party_order_no: `B${mode.toString()}` } });
    }
    expect(starts.at(-1)).toMatchObject({ notifyIntervalS: 30, limits: { mode: 4 }, autoStop: null });
  });

  it('waits for the device when asked with wait=ack', async () => {
    const answer = await api.call('POST', `${START}?wait=ack`, { body });
    expect(answer.body.data?.command_status).toBe('acked');
    expect(starts.at(-1)?.waitMs).toEqual({ until: 'finished', timeoutMs: 30_000 });
  });

  it('D01 D04 serves the same resources below /api/v1', async () => {
    expect((await api.call('POST', START.replace('/api/', '/api/v1/'), { body })).status).toBe(200);
  });

  it('E07 refuses two different order numbers and takes two equal ones', async () => {
    const different = await api.call('POST', START, { body: { ...body, order_no: 'ORD002' } });
    expect(different.body).toMatchObject({ code: 1101, error: 'ORDER_NUMBERS_DIFFER' });
    expect((await api.call('POST', START, { body: { ...body, order_no: 'ORD001' } })).status).toBe(200);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['a missing port', { port_no: undefined }, 'port_no'],
    ['a port that is text', { port_no: '1' }, 'port_no'],
    ['port 0', { port_no: 0 }, 'port_no'],
    ['a port beyond the range', { port_no: 1001 }, 'port_no'],
    ['a fraction of a port', { port_no: 1.5 }, 'port_no'],
    ['an unknown mode', { mode: 5 }, 'mode'],
    ['no mode', { mode: undefined }, 'mode'],
    ['mode 1 without its limit', { mode: 1, time_limit: undefined }, 'time_limit'],
    ['mode 2 without its limit', { mode: 2, energy_limit: null }, 'energy_limit'],
    ['mode 3 without its limit', { mode: 3, power_limit: undefined }, 'power_limit'],
    ['a negative time', { time_limit: -1 }, 'time_limit'],
    ['no energy', { energy_limit: 0 }, 'energy_limit'],
    ['power as text', { power_limit: '7000' }, 'power_limit'],
    ['an empty order number', { third_party_order_no: '' }, 'third_party_order_no'],
    ['a long order number', { third_party_order_no: 'x'.repeat(101) }, 'third_party_order_no'],
    ['a control character', { third_party_order_no: 'a\u0000b' }, 'third_party_order_no'],
    ['an interval of 0', { notify_interval: 0 }, 'notify_interval'],
    [
      'a voltage range upside down',
      { auto_stop_conditions: { voltage_range: [250, 200] } },
      'auto_stop_conditions.voltage_range',
    ],
    [
      'a voltage that is text',
      { auto_stop_conditions: { voltage_range: ['200', 250] } },
      'auto_stop_conditions.voltage_range.0',
    ],
    ['an unknown field', { portno: 1 }, 'portno'],
    ['an unknown nested field', { auto_stop_conditions: { max_temp: 1 } }, 'auto_stop_conditions.max_temp'],
    ['__proto__', JSON.parse('{"__proto__":{"mode":1}}') as Record<string, unknown>, '__proto__'],
  ])('D09 names the field of a start with %s', async (_, change, field) => {
    const sent = JSON.stringify({ ...body, ...change });
    const before = starts.length;
    const answer = await api.call('POST', START, { rawBody: sent });
    expect(answer).toMatchObject({ status: 400, body: { code: 1100, data: null, error: 'VALIDATION_FAILED' } });
    expect(answer.body.details?.map((problem) => problem.field)).toContain(field);
    expect(answer.body.message).toContain(field);
    expect(starts).toHaveLength(before);
  });

  it('D09 refuses a body that is no object, or not there', async () => {
    for (const rawBody of ['[]', '"x"', 'null', '1', ''])
      expect(await api.call('POST', START, { rawBody })).toMatchObject({ status: 400, body: { code: 1100 } });
  });

  it('D06 D08 hands on the errors of other services with code, name and Chinese message', async () => {
    const unknown = await api.call('POST', START.replace('04AB373B', 'FFFFFFFF'), {
      body,
      headers: { 'accept-language': '*' },
    });
    expect(unknown).toMatchObject({
      status: 404,
      body: { code: 1001, data: null, message: '设备不存在', error: 'DEVICE_NOT_FOUND' },
    });
    const busy = await api.call('POST', START, { body: { ...body, port_no: 9 } });
    expect(busy).toMatchObject({ status: 409, body: { error: 'PORT_BUSY' } });
    expect(busy.body.message).toContain('port 9 of device 04AB373B');
  });

  it('X14 returns the request id, accepts a good one, replaces a bad one and hands it on', async () => {
    const given = await api.call('POST', START, { body, headers: { 'x-request-id': 'order-7.1' } });
    expect(given.headers.get('x-request-id')).toBe('order-7.1');
    expect(requestIds.at(-1)).toBe('order-7.1');
    const bad = await api.call('POST', START, { body: {}, headers: { 'x-request-id': 'a b' } });
    expect(bad.body.request_id).toMatch(/^[0-9a-f-]{36}$/);
    expect(bad.headers.get('x-request-id')).toBe(bad.body.request_id);
  });

  it('E20 E21 E22 stops with reason, order number and force', async () => {
    await api.call('POST', STOP, {
      body: { port_no: 1, reason: 'emergency', third_party_order_no: 'ORD001', force_stop: true },
    });
    expect(stops.at(-1)).toMatchObject({ portNo: 1, reason: 'emergency', orderNo: 'ORD001', force: true });
    const answer = await api.call('POST', STOP, { body: { order_no: 'ORD002' } });
    expect(stops.at(-1)).toMatchObject({ portNo: null, reason: 'user_stop', orderNo: 'ORD002', force: false });
    expect(answer.body.data).toMatchObject({ command_status: 'sent', command_id: null, session_id: 'SES20240113001' });
  });

  it.each([
    [{}, 'port_no'],
    [{ port_no: 1, reason: 'bored' }, 'reason'],
    [{ order_no: 'A', force_stop: true }, 'port_no'],
    [{ port_no: 1, force_stop: 'yes' }, 'force_stop'],
  ])('E21 refuses the stop %j naming %s', async (sent, field) => {
    const answer = await api.call('POST', STOP, { body: sent });
    expect(answer.status).toBe(400);
    expect(answer.body.details?.[0]?.field).toBe(field);
  });

  it('E23 to E31 answers the status with realtime data', async () => {
    const answer = await api.call('GET', `${STATUS}&include_realtime=true`);
    expect(answer.body.data).toMatchObject({
      session_id: 'SES20240113001',
      third_party_order_no: 'ORD001',
      status: 'charging',
      start_time: '2024-01-13T10:00:03.000Z',
      duration: 1800,
      energy_consumed: 3.6,
      estimated_remaining: 300,
      realtime_data: { voltage: 220.5, current: 32.7, power: 7200, temperature: 45, frequency: 50 },
    });
  });

  it('E23 leaves realtime data out unless asked, and says idle for a port that never charged', async () => {
    expect((await api.call('GET', STATUS)).body.data).not.toHaveProperty('realtime_data');
    const idle = await api.call('GET', STATUS.replace('port_no=1', 'port_no=2'));
    expect(idle.body.data).toMatchObject({ session_id: null, status: 'idle', detail_status: 'idle', duration: 0 });
  });

  it.each([
    '',
    '?port_no=',
    '?port_no=one',
    '?port_no=0',
    '?port_no=1&port_no=2',
    '?port_no=1&include_realtime=maybe',
    '?port_no=1&x=1',
  ])('D09 refuses the status query "%s"', async (query) => {
    const answer = await api.call('GET', STATUS.split('?')[0]! + query);
    expect(answer).toMatchObject({ status: 400, body: { error: 'VALIDATION_FAILED' } });
  });
});
