import { ANY_DEVICE } from '@chargebus/domain';
import { DeviceNotFound } from '@chargebus/errors';
import {
  CancelCommand,
  GetCommand,
  FindDevice,
  GetDevice,
  GetDeviceRealtime,
  ListCommands,
  ListDevices,
  ReplayCommand,
} from '@chargebus/requests';
import type { RequestOf } from '@chargebus/requests';
import { ApiUnderTest } from './api-under-test';
import { aCommand, aCommandId, aDevice, aPort, aSession, HEALTHY } from './fixtures';

describe('devices and commands over HTTP', () => {
  let api: ApiUnderTest;
  const lists: RequestOf<typeof ListDevices>[] = [];
  const logs: RequestOf<typeof ListCommands>[] = [];
  const gets: RequestOf<typeof GetCommand>[] = [];
  const replays: RequestOf<typeof ReplayCommand>[] = [];

  beforeAll(async () => {
    api = await ApiUnderTest.start();
    const { others } = api;
    others.answer(ListDevices, (request) => {
      lists.push(request);
      return Promise.resolve({ items: [aDevice()], total: 41, nextCursor: 'next' });
    });
    for (const question of [FindDevice, GetDevice])
      others.answer(question, ({ deviceId }) => {
        if (deviceId === 'NONE') throw new DeviceNotFound({ deviceId });
        return Promise.resolve({ ...aDevice(), ports: [aPort()], capabilities: null, groups: [], health: HEALTHY });
      });
    others.answer(GetDeviceRealtime, () =>
      Promise.resolve({
        deviceId: aDevice().deviceId,
        online: true,
        lastSeenAt: '2024-01-13T10:30:00.000Z',
        voltageV: 220.5,
        temperatureC: 45,
        signal: 22,
        ports: [
          { ...aPort(), sample: aSession().lastSample },
          { ...aPort({ portNo: 2, state: 'idle', sessionId: null, powerW: null }), sample: null },
        ],
      }),
    );
    others.answer(ListCommands, (request) => {
      logs.push(request);
      const log = [
        {
          attemptNo: 1,
          startedAt: '2024-01-13T10:00:00.020Z',
          sentAt: null,
          finishedAt: null,
          outcome: 'offline',
          reason: null,
        },
      ];
      return Promise.resolve({ items: [{ ...aCommand({ status: 'dead' }), log }], total: 1, nextCursor: null });
    });
    others.answer(GetCommand, (request) => {
      gets.push(request);
      return Promise.resolve({ ...aCommand({ commandId: request.commandId }), log: [] });
    });
    others.answer(CancelCommand, ({ commandId }) => Promise.resolve(aCommand({ commandId, status: 'cancelled' })));
    others.answer(ReplayCommand, (request) => {
      replays.push(request);
      return Promise.resolve(aCommand({ commandId: request.commandId, status: 'queued' }));
    });
  });
  afterAll(() => api.stop());

  it('G01 D10 D11 lists devices with filters and pagination in both places', async () => {
    const { body } = await api.call(
      'GET',
      '/api/third/devices?page=3&size=20&sort=created_at&order=asc&online=true&type=AC&region=beijing,shanghai&q=04AB',
    );
    const pagination = { page: 3, size: 20, total: 41, limit: 20, offset: 40, next_cursor: 'next' };
    expect(body).toMatchObject({ code: 0, data: { items: [{ phy_id: '04AB373B' }], pagination }, pagination });
    expect(lists.at(-1)).toEqual({
      tenantId: api.client.tenantId,
      within: null,
      filter: { ...ANY_DEVICE, online: true, types: ['AC'], regions: ['beijing', 'shanghai'], text: '04AB' },
      page: { limit: 20, offset: 40, cursor: null, sort: 'created_at', order: 'asc' },
    });
  });

  it('D12 takes limit and offset, and a cursor', async () => {
    const byOffset = await api.call('GET', '/api/third/devices?limit=5&offset=10');
    expect(byOffset.body.pagination).toMatchObject({ page: 3, size: 5, limit: 5, offset: 10, total: 41 });
    const byCursor = await api.call('GET', '/api/third/devices?cursor=next&limit=5');
    expect(byCursor.body.pagination).toMatchObject({ page: null, offset: null, limit: 5 });
    expect(lists.at(-1)?.page).toMatchObject({ cursor: 'next', limit: 5 });
  });

  it.each(['page=1&limit=5', 'size=5&offset=0', 'page=1&offset=0', 'cursor=x&page=2', 'cursor=x&offset=3'])(
    'D10 refuses the mixture %s',
    async (query) => {
      expect(await api.call('GET', `/api/third/devices?${query}`)).toMatchObject({
        status: 400,
        body: { error: 'PAGING_MIXED', code: 1102 },
      });
    },
  );

  it.each([
    ['page=0', 'page'],
    ['size=201', 'size'],
    ['limit=-1', 'limit'],
    ['offset=100001', 'offset'],
    ['page=5000&size=200', 'page'],
    ['sort=secret', 'sort'],
    ['order=up', 'order'],
    ['online=maybe', 'online'],
    ['type=XX', 'type'],
    ['colour=red', 'colour'],
  ])('D09 refuses the list query %s', async (query, field) => {
    const answer = await api.call('GET', `/api/third/devices?${query}`);
    expect(answer).toMatchObject({ status: 400, body: { error: 'VALIDATION_FAILED', details: [{ field }] } });
  });

  it('G02 answers one device with its ports', async () => {
    const { body } = await api.call('GET', '/api/third/devices/78329659');
    expect(body.data).toMatchObject({
      phy_id: '04AB373B',
      device_no: '78329659',
      online: true,
      ports: [{ port_no: 1 }],
    });
  });

  it('G03 answers the states of the ports', async () => {
    const { body } = await api.call('GET', '/api/third/devices/04AB373B/ports');
    expect(body.data).toMatchObject({
      ports: [
        { port_no: 1, status: 'charging', session_id: 'SES20240113001', power: 7200, maintenance: false },
        { port_no: 2, status: 'idle', session_id: null },
      ],
    });
  });

  it('G04 answers the last measurements', async () => {
    const { body } = await api.call('GET', '/api/third/devices/04AB373B/realtime');
    expect(body.data).toMatchObject({
      voltage: 220.5,
      ports: [
        { port_no: 1, duration: 1800, energy_consumed: 3.6, realtime_data: { power: 7200, frequency: 50 } },
        { port_no: 2, realtime_data: null, duration: null },
      ],
    });
  });

  it('G06 C05 answers the command log of a device, under its own id', async () => {
    const { body } = await api.call('GET', '/api/third/devices/78329659/logs?limit=10&offset=0');
    expect(logs.at(-1)).toMatchObject({ deviceId: '04AB373B', status: null, page: { limit: 10 } });
    expect(body.data).toMatchObject({
      items: [
        {
          action: 'charge.stop',
          parameters: { port_no: 1, order_ref: '00112233445566778899aabbccddeeff', keep_locked: false },
          log: [{ attempt_no: 1, outcome: 'offline' }],
        },
      ],
    });
    expect(await api.call('GET', '/api/third/devices/NONE/logs')).toMatchObject({ status: 404, body: { code: 1001 } });
  });

  it('C03 lists dead letters and puts one back to work', async () => {
    const { body } = await api.call('GET', '/api/third/commands?status=dead');
    expect(body.data).toMatchObject({ items: [{ command_status: 'dead' }] });
    expect(logs.at(-1)).toMatchObject({ deviceId: null, status: 'dead' });
    const id = aCommandId();
    const replayed = await api.call('POST', `/api/third/commands/${id}/replay`, { body: { expires_in: 60 } });
    expect(replayed.body.data).toMatchObject({ command_id: id, command_status: 'queued' });
    expect(Date.parse(replays[0]!.expiresAt) - Date.now()).toBeGreaterThan(50_000);
    await api.call('POST', `/api/third/commands/${id}/replay`);
    expect(Date.parse(replays[1]!.expiresAt) - Date.now()).toBeGreaterThan(290_000);
  });

  it('C06 answers a command, and waits for the device when asked', async () => {
    const id = aCommandId();
    const { body } = await api.call('GET', `/api/third/commands/${id}`);
    expect(body.data).toMatchObject({ command_id: id, command_status: 'acked', result: { port_no: 1 } });
    await api.call('GET', `/api/third/commands/${id}?wait=ack`);
    expect(gets.map(({ wait }) => wait)).toEqual([null, { until: 'finished', timeoutMs: 30_000 }]);
  });

  it('takes a command back', async () => {
    const { body } = await api.call('POST', `/api/third/commands/${aCommandId()}/cancel`);
    expect(body.data).toMatchObject({ command_status: 'cancelled' });
    expect(body.data).not.toHaveProperty('log');
  });

  it('D09 refuses a command id that is none, and a body where none belongs', async () => {
    expect(await api.call('GET', '/api/third/commands/17')).toMatchObject({
      status: 400,
      body: { details: [{ field: 'id' }] },
    });
    const withBody = await api.call('POST', `/api/third/commands/${aCommandId()}/cancel`, { body: { force: true } });
    expect(withBody).toMatchObject({ status: 400, body: { details: [{ field: 'force' }] } });
  });
});
