import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { DeviceId } from '@chargebus/domain';
import { ChargingProgress, DeviceOnline, DeviceRecovered, SystemMaintenance } from '@chargebus/events';
import type { EventDefinition, EventEnvelope } from '@chargebus/events';
import { EVENTS_STREAM } from '@chargebus/messaging';
import { SelectDevices } from '@chargebus/requests';
import { eventually } from '@chargebus/testing';
import { ApiUnderTest, sign } from './api-under-test';
import type { TestClient } from './api-under-test';

const STREAM = '/api/third/events/stream';

interface Block {
  readonly id: string | null;
  readonly event: string | null;
  readonly data: Readonly<Record<string, unknown>> | null;
}
const field = (text: string, name: string): string | null => new RegExp(`^${name}: (.*)$`, 'm').exec(text)?.[1] ?? null;

/** One reader of the stream; nothing is read before `read`. */
class Reader {
  ended = false;
  private text = '';
  private constructor(readonly answer: IncomingMessage) {
    Reader.all.push(this);
  }
  static readonly all: Reader[] = [];

  static async open(
    api: ApiUnderTest,
    query = '',
    options: { client?: TestClient; lastEventId?: string } = {},
  ): Promise<Reader> {
    const target = `${STREAM}${query}`;
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      get({
        port: api.api.port,
        path: target,
        agent: false,
        headers: {
          ...sign(options.client ?? api.client, 'GET', target, ''),
          ...(options.lastEventId === undefined ? {} : { 'last-event-id': options.lastEventId }),
        },
      })
        .on('response', resolve)
        .on('error', reject);
    });
    return new Reader(answer);
  }
  read(): this {
    this.answer.setEncoding('utf8').on('data', (piece: string) => (this.text += piece));
    this.answer.on('close', () => (this.ended = true));
    return this;
  }
  get blocks(): readonly Block[] {
    return this.text
      .split('\n\n')
      .filter((text) => text !== '')
      .map((text) => ({
        id: field(text, 'id'),
        event: field(text, 'event'),
        data: JSON.parse(field(text, 'data') ?? 'null') as Block['data'],
      }));
  }
  get events(): readonly Block[] {
    return this.blocks.filter(({ event }) => event !== null);
  }
  get ids(): readonly unknown[] {
    return this.events.map(({ data }) => data?.event_id);
  }
  close(): void {
    this.answer.destroy();
  }
}

describe('the live stream of events', () => {
  let api: ApiUnderTest;
  let sequence = 0;
  const asked: unknown[] = [];

  const happen = async (
    definition: EventDefinition,
    overrides: Partial<EventEnvelope> & { readonly data?: Record<string, unknown> } = {},
  ): Promise<string> => {
    sequence += 1;
    const event: EventEnvelope = {
      id: `evt_${sequence.toString()}`,
      type: definition.type,
      version: definition.version,
      tenantId: api.client.tenantId,
      deviceId: '04AB373B' as DeviceId,
      occurredAt: '2024-01-13T10:01:00.250Z',
      sequence,
      causeId: null,
      ...overrides,
      data: { ...(definition.example as object), ...overrides.data },
    };
    await api.others.publishEvents([event]);
    return event.id;
  };
  const opened = async (query = '', options: Parameters<typeof Reader.open>[2] = {}): Promise<Reader> => {
    const reader = (await Reader.open(api, query, options)).read();
    expect(reader.answer.statusCode).toBe(200);
    await eventually(() => {
      expect(reader.blocks.length).toBeGreaterThan(0);
    });
    return reader;
  };

  beforeAll(async () => {
    api = await ApiUnderTest.start({ STREAM_HEARTBEAT_MS: '200', STREAM_STALL_MS: '1000', STREAMS_PER_CLIENT: '5' });
    api.others.answer(SelectDevices, (request) => {
      asked.push(request.filter.deviceIds);
      const items = (request.filter.deviceIds ?? [])
        .filter((id) => id.startsWith('NORTH'))
        .map((deviceId) => ({
          deviceId,
          type: 'AC' as const,
          protocol: null,
          model: null,
          firmwareVersion: null,
          online: true,
          maintenance: false,
          region: 'north',
          station: null,
        }));
      return Promise.resolve({ items, cursor: null, total: items.length });
    });
  });
  afterEach(async () => {
    for (const reader of Reader.all.splice(0)) reader.close();
    await eventually(async () => {
      expect(await api.metrics.expose()).toMatch(/api_event_streams\{[^}]*\} 0$/m);
    });
  });
  afterAll(() => api.stop());

  it('I19 I27 sends events as they happen, with their position, as a webhook would carry them', async () => {
    const reader = await opened();
    const id = await happen(ChargingProgress);
    await eventually(() => {
      expect(reader.events).toHaveLength(1);
    });
    expect(reader.answer.headers['content-type']).toContain('text/event-stream');
    expect(reader.answer.headers['cache-control']).toContain('no-cache');
    expect(reader.events[0]).toMatchObject({
      id: expect.stringMatching(/^\d+$/) as string,
      event: 'charging.progress',
      data: { event_id: id, event: 'charging.progress', data: { realtime_data: { power: 7200 } } },
    });
  });

  it('I05 sends the flat payload to who asks for it, and a comment when nothing happens', async () => {
    const reader = await opened('?payload_version=v1-flat');
    await happen(ChargingProgress);
    await eventually(() => {
      expect(reader.events[0]).toMatchObject({ data: { data: { current_power: 7200 } } });
      expect(reader.blocks.length).toBeGreaterThan(3);
    });
  });

  it('filters by event, port, charge and device', async () => {
    const readers = await Promise.all([
      opened('?events=device.*'),
      opened('?events=charging.*,device.recovered&port_no=2'),
      opened('?phy_id=OTHER1,OTHER2&session_id=SES20240113002'),
    ]);
    const ids = {
      online: await happen(DeviceOnline),
      progress: await happen(ChargingProgress),
      portTwo: await happen(DeviceRecovered, { data: { portNo: 2 } }),
      other: await happen(ChargingProgress, { deviceId: 'OTHER2' as DeviceId, data: { sessionId: 'SES20240113002' } }),
      otherCharge: await happen(ChargingProgress, { deviceId: 'OTHER2' as DeviceId }),
    };
    await eventually(() => {
      expect(readers.map((reader) => reader.ids)).toEqual([[ids.online, ids.portTwo], [ids.portTwo], [ids.other]]);
    });
  });

  it('filters by what is known of devices, asked once', async () => {
    asked.splice(0);
    const reader = await opened('?region=north');
    const seen = [
      await happen(DeviceOnline, { deviceId: 'NORTH1' as DeviceId }),
      await happen(DeviceOnline, { deviceId: 'SOUTH1' as DeviceId }),
      await happen(DeviceRecovered, { deviceId: 'NORTH1' as DeviceId }),
      await happen(SystemMaintenance, { deviceId: null }),
      await happen(DeviceOnline, { deviceId: 'NORTH2' as DeviceId }),
    ];
    await eventually(() => {
      expect(reader.ids).toEqual([seen[0], seen[2], seen[4]]);
    });
    expect(asked.flat().filter((id) => id === 'NORTH1')).toHaveLength(1);
  });

  it('goes on where a connection broke', async () => {
    const first = await opened();
    await happen(DeviceOnline);
    await eventually(() => {
      expect(first.events).toHaveLength(1);
    });
    const lastEventId = first.events[0]!.id!;
    first.close();
    const missed = [await happen(DeviceOnline), await happen(DeviceRecovered)];
    const second = await opened('', { lastEventId });
    await eventually(() => {
      expect(second.ids).toEqual(missed);
    });
    const third = await opened(`?last_event_id=${lastEventId}`);
    await eventually(() => {
      expect(third.ids).toEqual(missed);
    });
  });

  it('says so when what was missed is no longer kept, or never was', async () => {
    const { state } = await api.others.manager.streams.info(EVENTS_STREAM);
    await api.others.manager.streams.purge(EVENTS_STREAM, { seq: state.last_seq });
    const behind = await opened('', { lastEventId: '1' });
    const ahead = await opened('', { lastEventId: '999999' });
    await eventually(() => {
      for (const [reader, after] of [
        [behind, '1'],
        [ahead, '999999'],
      ] as const)
        expect(reader.events[0]).toMatchObject({ event: 'stream.gap', data: { after } });
    });
    const id = await happen(DeviceOnline);
    await eventually(() => {
      for (const reader of [behind, ahead]) expect(reader.ids.at(-1)).toBe(id);
    });
  });

  it('U05 shows nothing of another tenant', async () => {
    const stranger = await api.newClient();
    const theirs = await opened('', { client: stranger });
    await happen(DeviceOnline);
    const mine = await happen(DeviceOnline, { tenantId: stranger.tenantId });
    await eventually(() => {
      expect(theirs.ids).toEqual([mine]);
    });
  });

  it('cuts off a reader that stops reading, and tells it where to go on', async () => {
    const slow = await Reader.open(api);
    const faultType = 'x'.repeat(200_000); // more in all than the sockets of both sides take
    const ids = await Promise.all(Array.from({ length: 100 }, () => happen(DeviceRecovered, { data: { faultType } })));
    await eventually(async () => {
      expect(await api.metrics.expose()).toMatch(/event_streams_cut_off_total\{[^}]*\} 1$/m);
    });
    slow.read();
    await eventually(() => {
      expect(slow.ended).toBe(true);
    });
    const cut = slow.events.at(-1)!;
    expect(cut.event).toBe('stream.overflow');
    expect(slow.ids.slice(0, -1)).toEqual(ids.slice(0, slow.ids.length - 1));
    const again = await opened('', { lastEventId: cut.data!.resume_after as string });
    await eventually(() => {
      expect([...slow.ids.slice(0, -1), ...again.ids]).toEqual(ids);
    });
  }, 60_000);

  it('C07 has a limit per key, and gives places back', async () => {
    const readers = await Promise.all([1, 2, 3, 4, 5].map(() => opened()));
    const refused = await api.call('GET', STREAM);
    expect([refused.status, refused.body.error]).toEqual([429, 'STREAM_LIMIT']);
    expect(refused.headers.get('content-type')).toContain('application/json');
    readers[0]!.close();
    await eventually(async () => {
      expect((await Reader.open(api)).answer.statusCode).toBe(200);
    });
  });

  it('I16 tells a tenant once of calls of its own that failed in the same way, with their number', async () => {
    const reader = await opened('?events=api.error');
    for (let at = 0; at < 3; at++)
      expect((await api.call('GET', '/api/third/webhooks/endpoints')).body.error).toBe('SERVICE_UNAVAILABLE');
    await eventually(() => {
      const seen = reader.events.map(({ data }) => data?.data as { occurrences: number });
      expect(seen.reduce((sum, { occurrences }) => sum + occurrences, 0)).toBe(3);
    });
    expect(reader.events[0]).toMatchObject({
      data: {
        event: 'api.error',
        device_phy_id: null,
        data: {
          method: 'GET',
          endpoint: '/api/third/webhooks/endpoints',
          status_code: 503,
          error: 'SERVICE_UNAVAILABLE',
          request_id: expect.any(String) as string,
        },
      },
    });
  });

  it('I15 tells every tenant of work on the installation, each state once', async () => {
    const operator = await api.newClient({ scopes: ['internal'] });
    const reader = await opened('?events=system.*');
    const body = {
      maintenance_id: 'mnt_1',
      status: 'scheduled',
      message: 'the database moves',
      start_time: '2024-01-14T02:00:00Z',
      end_time: '2024-01-14T02:30:00Z',
      affects: ['api'],
    };
    const announce = (more: object = {}) =>
      api.call('POST', '/api/internal/maintenance', { client: operator, body: { ...body, ...more } });
    const first = await announce();
    expect([first.status, Number(first.body.data?.tenants) > 1]).toEqual([201, true]);
    await announce();
    await announce({ status: 'started', tenant_id: api.client.tenantId });
    await eventually(() => {
      expect(reader.events.map(({ data }) => data?.data)).toMatchObject([
        { maintenance_id: 'mnt_1', status: 'scheduled', affects: ['api'] },
        { maintenance_id: 'mnt_1', status: 'started' },
      ]);
    });
    expect((await announce({ end_time: '2024-01-13T00:00:00Z' })).status).toBe(400);
    expect((await announce({ tenant_id: operator.tenantId.replace(/^.{8}/, '00000000') })).status).toBe(404);
  });

  it('U05 ends when keys change, so that nobody reads on with one that is no longer good', async () => {
    const reader = await opened();
    api.others.nc.publish('cb.iam.clients.changed');
    await eventually(() => {
      expect(reader.events.at(-1)).toMatchObject({ event: 'stream.closing', data: { reason: 'access_changed' } });
      expect(reader.ended).toBe(true);
    });
  });

  it('D09 refuses what no event can match, and positions that are none', async () => {
    for (const query of ['?events=charging', '?events=device.gone', '?last_event_id=x', '?port_no=0', '?nonsense=1'])
      expect((await api.call('GET', `${STREAM}${query}`)).body).toMatchObject({ error: 'VALIDATION_FAILED' });
  });

  it('B03 says good-bye when the process stops', async () => {
    const other = await ApiUnderTest.start();
    const reader = (await Reader.open(other)).read();
    await eventually(() => {
      expect(reader.blocks.length).toBeGreaterThan(0);
    });
    await other.stop();
    expect(reader.events.at(-1)).toMatchObject({ event: 'stream.closing', data: { reason: 'shutdown' } });
  });
});
