import type { DeviceId } from '@chargebus/domain';
import { DeviceNotFound, SimulationRefused } from '@chargebus/errors';
import { traceSubject } from '@chargebus/messaging';
import { FramesWatched, FindDevice, GetFrameStatistics, SimulateEvent } from '@chargebus/requests';
import type { RequestOf, TraceFrame } from '@chargebus/requests';
import { eventually } from '@chargebus/testing';
import { ApiUnderTest, sign } from './api-under-test';
import type { TestClient } from './api-under-test';
import { aDevice, aPort, HEALTHY } from './fixtures';

const DEVICE = '04AB373B';
const FRAMES = `/api/third/devices/${DEVICE}/frames`;

const aFrame = (fields: Partial<TraceFrame> = {}): TraceFrame => ({
  at: new Date().toISOString(),
  deviceId: DEVICE as DeviceId,
  direction: 'up',
  protocol: 'ap3000',
  connectionId: 'c-1',
  remoteAddress: '10.0.0.7',
  message: '21',
  name: 'heartbeat',
  messageId: '1',
  error: null,
  bytes: 4,
  text: null,
  hex: '444e5921',
  cut: false,
  fields: { voltageV: 220 },
  ...fields,
});

describe('frames over HTTP', () => {
  let api: ApiUnderTest;
  let client: TestClient;
  const simulated: RequestOf<typeof SimulateEvent>[] = [];
  let refuses = false;

  beforeAll(async () => {
    api = await ApiUnderTest.start();
    client = await api.newClient({ scopes: ['trace:read', 'simulate'] });
    api.others.answer(FindDevice, ({ deviceId, tenantId }) => {
      if (deviceId !== DEVICE) return Promise.reject(new DeviceNotFound({ deviceId }));
      return Promise.resolve({
        ...aDevice({ tenantId }),
        ports: [aPort(), aPort({ portNo: 2 })],
        capabilities: null,
        groups: [],
        health: HEALTHY,
      });
    });
    api.others.answer(SimulateEvent, (request) => {
      if (refuses) return Promise.reject(new SimulationRefused({ profile: 'production' }));
      simulated.push(request);
      return Promise.resolve({ factIds: ['simulated:1'], at: '2026-01-13T10:00:00.000Z' });
    });
  });
  afterAll(() => api.stop());

  const passes = async (...frames: readonly TraceFrame[]): Promise<void> => {
    for (const frame of frames)
      api.others.nc.publish(traceSubject(frame.deviceId, frame.direction), JSON.stringify(frame));
    await api.others.nc.flush();
  };
  const get = (target: string) => api.call('GET', target, { client });
  const itemsOf = async (query: string): Promise<readonly Record<string, unknown>[]> =>
    (await get(query === '' ? FRAMES : `${FRAMES}?${query}`)).body.data?.items as readonly Record<string, unknown>[];
  const open = (target: string, signal?: AbortSignal): Promise<Response> =>
    fetch(`http://127.0.0.1:${api.api.port.toString()}${target}`, {
      headers: sign(client, 'GET', target, ''),
      ...(signal !== undefined && { signal }),
    });

  it('A18 finds frames of the last hours by direction, message, content and error, newest first', async () => {
    await passes(
      aFrame(),
      aFrame({ direction: 'down', fields: { result: 0 } }),
      aFrame({ message: '06', name: 'power_report', error: 'payload_too_short', hex: '444e5906', fields: null }),
      aFrame({ message: '82', name: 'charge_control', messageId: '9', hex: '00112233', fields: { orderHex: 'cafe' } }),
    );
    await eventually(async () => {
      expect(await itemsOf('')).toHaveLength(4);
    });
    const messages = async (query: string) => (await itemsOf(query)).map(({ message }) => message);
    expect(await messages('')).toEqual(['82', '06', '21', '21']);
    expect(await messages('order=asc')).toEqual(['21', '21', '06', '82']);
    expect(await messages('direction=down')).toEqual(['21']);
    expect(await messages('message=HEARTBEAT')).toEqual(['21', '21']);
    expect(await messages('message=82')).toEqual(['82']);
    expect(await messages('errors=true')).toEqual(['06']);
    expect(await messages('q=22%2033')).toEqual(['82']);
    expect(await messages('q=CAFE')).toEqual(['82']);
    expect(await messages('to=2020-01-01T00:00:00Z')).toEqual([]);
    expect(await messages('from=2100-01-01&to=2100-01-02')).toEqual([]);
    expect((await itemsOf('message=06'))[0]).toMatchObject({
      phy_id: DEVICE,
      ok: false,
      error: 'payload_too_short',
      fields: null,
      direction: 'up',
    });
  });

  it('A18 pages through them, by position and by cursor', async () => {
    const first = (await get(`${FRAMES}?limit=3`)).body;
    expect(first.pagination).toMatchObject({ total: 4, limit: 3 });
    const cursor = String(first.pagination?.next_cursor);
    expect((await itemsOf(`limit=3&cursor=${cursor}`)).map(({ message }) => message)).toEqual(['21']);
    expect((await itemsOf('limit=3&offset=3')).map(({ message }) => message)).toEqual(['21']);
    expect((await get(`${FRAMES}?limit=3&cursor=${cursor}`)).body.pagination).toMatchObject({ next_cursor: null });
    expect(await get(`${FRAMES}?cursor=nonsense`)).toMatchObject({ status: 400 });
  });

  it('A18 shows them as they come to whoever watches, and tells the gateways', async () => {
    const watched: string[] = [];
    api.others.nc.subscribe(FramesWatched.subject, {
      callback: (_error, message) => {
        watched.push(FramesWatched.schema.parse(message.json()).deviceId);
      },
    });
    await api.others.nc.flush();
    const ending = new AbortController();
    const response = await open(`${FRAMES}/stream?direction=up`, ending.signal);
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let heard = '';
    const hears = async (text: string): Promise<void> => {
      while (!heard.includes(text)) heard += (await reader.read()).value ?? '';
    };
    await hears(': watching');
    await eventually(() => {
      expect(watched).toEqual([DEVICE]);
    });
    await passes(aFrame({ direction: 'down', messageId: 'unseen' }), aFrame({ messageId: 'seen' }));
    await hears('"message_id":"seen"');
    expect(heard).toContain('event: frame\ndata: {"at":');
    expect(heard).not.toContain('unseen');
    ending.abort();
  });

  it('A18 gives them as a capture, oldest first', async () => {
    const response = await open(`${FRAMES}/capture?direction=up`);
    expect(response.headers.get('content-type')).toMatch(/^application\/x-ndjson/);
    const [head, ...frames] = (await response.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(head).toMatchObject({ format: 'chargebus-capture', version: 1, phy_id: DEVICE });
    expect(frames.slice(0, 2)).toMatchObject([{ message: '21' }, { message: '06' }]);
  });

  it('A17 simulates what a device could say', async () => {
    const simulate = (body: object) => api.call('POST', `/api/third/devices/${DEVICE}/simulate`, { body, client });
    expect((await simulate({ event: 'start', port_no: 1 })).body.data).toMatchObject({
      event: 'start',
      simulated: true,
    });
    expect(await simulate({ event: 'stop', port_no: 99 })).toMatchObject({
      status: 404,
      body: { error: 'PORT_NOT_FOUND' },
    });
    await simulate({ event: 'heartbeat', voltage: 221 });
    await simulate({ event: 'status', port_no: 2, status: 'fault', fault: 'overheat' });
    await simulate({ event: 'stop', port_no: 1, energy: 1.5, duration: 600 });
    expect(simulated.map(({ event }) => event)).toEqual([
      { kind: 'start', portNo: 1, cardId: null },
      { kind: 'heartbeat', voltageV: 221, temperatureC: null, signal: null },
      { kind: 'status', portNo: 2, state: 'fault', fault: 'overheat' },
      { kind: 'stop', portNo: 1, durationS: 600, energyWh: 1_500, endReason: 'remote', abnormal: false },
    ]);
    expect(await simulate({ event: 'explode' })).toMatchObject({ status: 400 });
    expect(await simulate({ event: 'start', port_no: 0 })).toMatchObject({ status: 400 });
    refuses = true;
    expect(await simulate({ event: 'heartbeat' })).toMatchObject({
      status: 403,
      body: { error: 'SIMULATION_REFUSED' },
    });
  });

  it('A19 sums up what became of frames', async () => {
    const asked: RequestOf<typeof GetFrameStatistics>[] = [];
    const row = { protocol: 'ap3000', model: null, firmwareVersion: '6.40', devices: 1, frames: 90, rejected: 10 };
    api.others.answer(GetFrameStatistics, (request) => {
      asked.push(request);
      const rows = [
        { ...row, rejectedBy: { checksum: 4, payload_too_short: 6 } },
        { ...row, protocol: 'bkv', frames: 10, rejected: 0, rejectedBy: {} },
      ];
      return Promise.resolve({ since: request.since, until: request.until, rows });
    });
    await get('/api/third/protocol/stats?time_range=1h&to=2026-01-13T10:00:00Z');
    expect(asked.pop()).toMatchObject({ since: '2026-01-13T09:00:00.000Z', until: '2026-01-13T10:00:00Z' });
    const { body } = await get('/api/third/protocol/stats?since=2026-01-13T10:00:00Z&protocol=ap3000');
    expect(asked[0]).toMatchObject({ tenantId: client.tenantId, since: '2026-01-13T10:00:00Z', protocol: 'ap3000' });
    expect(body.data).toMatchObject({
      totals: { frames: 100, rejected: 10, error_rate: 0.1, rejected_by_reason: { checksum: 4, payload_too_short: 6 } },
      items: [
        { firmware_version: '6.40', error_rate: 0.11111 },
        { protocol: 'bkv', error_rate: 0 },
      ],
    });
  });

  it('A18 U05 wants a permission of its own, and knows only devices of the caller', async () => {
    const refused = { status: 403, body: { error: 'PERMISSION_DENIED' } };
    for (const target of [FRAMES, `${FRAMES}/stream`, `${FRAMES}/capture`, '/api/third/protocol/stats'])
      expect(await api.call('GET', target)).toMatchObject(refused);
    for (const target of ['', '/stream', '/capture'])
      expect(await get(`/api/third/devices/04000000/frames${target}`)).toMatchObject({ status: 404 });
  });
});
