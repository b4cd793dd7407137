import { RawDevice } from './harness/raw-device';
import { Story } from './harness/story';

interface Listing {
  readonly items: readonly { readonly phy_id: string }[];
  readonly pagination: { readonly total: number; readonly next_cursor: string | null };
}

interface ImportReport {
  readonly applied: boolean;
  readonly created: number;
}
interface Summary {
  readonly total_devices: number;
  readonly online_devices: number;
  readonly offline_devices: number;
  readonly by_state: Readonly<Record<string, number>>;
  readonly health: Readonly<Record<string, number>>;
  readonly ports: { readonly total: number; readonly by_state: Readonly<Record<string, number>> };
}

/** north ── beijing ── BJ-1: 04AB3701 (online), 04AB3702 · shanghai: 04AB3703 */
describe('the master data of a fleet over HTTP', () => {
  let story: Story;
  const [first, second, third] = ['04AB3701', '04AB3702', '04AB3703'] as const;

  beforeAll(async () => {
    story = await Story.begin();
  }, 60_000);
  afterAll(async () => {
    await story.end();
  });

  const ok = async <T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await story.platform.send<T>(method, `/api/third${path}`, body);
    expect({ path, status: answer.status, error: answer.body.error }).toEqual({
      path,
      status: method === 'POST' && !path.includes('/members') && !path.includes('/batch') ? 201 : 200,
      error: undefined,
    });
    return answer.body.data;
  };
  const refused = async (method: string, path: string, body: unknown, status: number, error: string) => {
    expect(await story.platform.send(method, `/api/third${path}`, body)).toMatchObject({ status, body: { error } });
  };
  const idsOf = async (query: string): Promise<string[]> =>
    (await ok<Listing>('GET', `/devices?${query}`)).items.map((device) => device.phy_id).sort();

  it('AD03 U09 builds regions of several levels and stations in them', async () => {
    await ok('POST', '/regions', { code: 'north', name: 'North' });
    expect(await ok('POST', '/regions', { code: 'beijing', name: 'Beijing' })).toMatchObject({ path: ['beijing'] });
    expect(await ok('PATCH', '/regions/beijing', { parent: 'north' })).toMatchObject({ path: ['north', 'beijing'] });
    await refused('PATCH', '/regions/north', { parent: 'beijing' }, 400, 'VALIDATION_FAILED');
    await refused('POST', '/regions', { code: 'north' }, 409, 'CODE_TAKEN');
    await refused('POST', '/regions', { code: 'x', parent: 'nowhere' }, 404, 'REGION_NOT_FOUND');
    await refused('POST', '/regions', { code: 'with space' }, 400, 'VALIDATION_FAILED');
    expect(await ok('GET', '/regions?below=north&sort=code&order=asc')).toMatchObject({
      items: [{ code: 'beijing' }, { code: 'north' }],
      pagination: { total: 2 },
    });
  });

  it('AD01 creates, changes, lists and deletes stations, their state too', async () => {
    const station = { name: 'Gate', region: 'beijing', longitude: 116.4, latitude: 39.9, attributes: { floor: -1 } };
    expect(await ok('POST', '/stations', { code: 'BJ-1', ...station, contact: { phone: '123' } })).toMatchObject({
      ...station,
      state: 'planned',
      contact: { name: null, phone: '123', email: null },
      device_count: 0,
    });
    expect(
      await ok('PATCH', '/stations/BJ-1', {
        state: 'open',
        opening_hours: '24/7',
        attributes: { floor: null, lamp: 1 },
      }),
    ).toMatchObject({ state: 'open', opening_hours: '24/7', attributes: { lamp: 1 }, region: 'beijing' });
    await refused('PATCH', '/stations/BJ-1', { state: 'sleeping' }, 400, 'VALIDATION_FAILED');
    await refused('PATCH', '/stations/BJ-1', { region: 'nowhere' }, 404, 'REGION_NOT_FOUND');
    await refused('GET', '/stations/NONE', undefined, 404, 'STATION_NOT_FOUND');
    await ok('POST', '/stations', { code: 'TEMP', name: 'Soon gone' });
    expect(await ok('GET', '/stations?region=north&state=open&q=gate')).toMatchObject({ items: [{ code: 'BJ-1' }] });
    expect(await ok('DELETE', '/stations/TEMP')).toEqual({ code: 'TEMP' });
    await refused('DELETE', '/stations/TEMP', undefined, 404, 'STATION_NOT_FOUND');
  });

  it('AD02 AD04 AD06 registers devices, moves them and counts them where they are', async () => {
    await ok('POST', '/devices', { phy_id: first, name: 'One', station: 'BJ-1', tags: ['vip'], port_count: 2 });
    await ok('POST', '/devices', { phy_id: second, name: 'Two', region: 'beijing', type: 'DC', model: 'm2' });
    await ok('POST', '/devices', { phy_id: third, region: 'shanghai', port_count: 1 });
    await refused('POST', '/devices', { phy_id: first }, 409, 'DEVICE_EXISTS');
    await refused('POST', '/devices', { phy_id: 'X', station: 'NONE' }, 404, 'STATION_NOT_FOUND');
    await refused('PATCH', `/devices/${first}`, { region: 'shanghai' }, 400, 'VALIDATION_FAILED');
    await refused('PATCH', `/devices/${first}`, { nmae: 'x' }, 400, 'VALIDATION_FAILED');
    expect(await ok('PATCH', `/devices/${second}`, { station: 'BJ-1', offline_timeout: 600 })).toMatchObject({
      name: 'Two',
      station: 'BJ-1',
      region: 'beijing',
      offline_timeout: 600,
    });
    await ok('POST', '/regions', { code: 'capital' });
    await ok('PATCH', '/stations/BJ-1', { region: 'capital' });
    expect(await idsOf('region=capital')).toEqual([first, second]); // they go where their station goes
    await ok('PATCH', '/stations/BJ-1', { region: 'beijing' });
    await refused('DELETE', '/stations/BJ-1', undefined, 409, 'STILL_IN_USE');
    await refused('DELETE', '/regions/shanghai', undefined, 409, 'STILL_IN_USE');
    await ok('DELETE', '/regions/capital');
  });

  it('AD05 G01 filters the list by everything that is known, and sorts and pages it', async () => {
    const device = await RawDevice.connect(story.installation.devicePort, first);
    await device.register();
    await story.event('device.online', (event) => event.device_phy_id === first);
    await ok('PATCH', `/devices/${third}`, { maintenance: true });
    await ok('POST', '/groups', { code: 'night', name: 'Night' });
    expect(await ok('POST', '/groups/night/members', { add: [first, third, 'NONE'] })).toMatchObject({
      added: 2,
      unknown: ['NONE'],
      named_members: 2,
    });
    await ok('POST', '/groups', { code: 'fast', name: 'Fast', filter: { type: ['DC'] } });
    await refused('POST', '/groups', { code: 'bad', filter: { colour: 'red' } }, 400, 'VALIDATION_FAILED');
    for (const [query, expected] of [
      ['online=true', [first]],
      ['online=false', [second, third]],
      ['type=DC', [second]],
      ['region=north', [first, second]],
      ['region=shanghai,beijing', [first, second, third]],
      ['station=BJ-1&type=AC', [first]],
      ['group=night', [first, third]],
      ['group=fast,night', [first, second, third]],
      ['tag=vip', [first]],
      ['model=m2', [second]],
      ['protocol=ap3000', [first]],
      ['maintenance=true', [third]],
      ['q=two', [second]],
      ['region=nowhere', []],
    ] as const)
      expect([query, await idsOf(query)]).toEqual([query, expected]);
    const byName = await ok<Listing>('GET', '/devices?sort=name&order=asc&size=2');
    expect(byName.items.map((item) => item.phy_id)).toEqual([first, second]);
    const rest = await ok<Listing>(
      'GET',
      `/devices?sort=name&order=asc&size=2&cursor=${byName.pagination.next_cursor}`,
    );
    expect(rest.items.map((item) => item.phy_id)).toEqual([third]);
    expect(await ok('GET', '/groups/fast/devices')).toMatchObject({ items: [{ phy_id: second }] });
    await ok('POST', '/groups/night/members', { remove: [third] });
    expect(await idsOf('group=night')).toEqual([first]);
    await ok('DELETE', '/groups/night');
    await refused('GET', '/groups/night/devices', undefined, 404, 'DEVICE_GROUP_NOT_FOUND');
    device.close();
  });

  it('U09 AD03 shows the tree down to the ports, with counts at every level', async () => {
    const tree = await ok('GET', '/organization/tree?depth=port');
    expect(tree).toMatchObject({
      operator: { name: expect.any(String) as string },
      counts: { regions: 3, stations: 1, devices: 3 },
      regions: [
        {
          code: 'north',
          counts: { stations: 1, devices: 2 },
          regions: [
            {
              code: 'beijing',
              stations: [
                {
                  code: 'BJ-1',
                  state: 'open',
                  counts: { devices: 2 },
                  devices: [
                    { phy_id: first, ports: [{ port_no: 1 }, { port_no: 2 }] },
                    { phy_id: second, type: 'DC' },
                  ],
                },
              ],
            },
          ],
          stations: [],
        },
        { code: 'shanghai', counts: { stations: 0, devices: 1 }, devices: [{ phy_id: third }] },
      ],
      stations: [],
      devices: [],
    });
    const narrow = await ok('GET', '/organization/tree?depth=region&type=DC');
    expect(narrow).toMatchObject({
      counts: { devices: 1 },
      regions: [{ counts: { devices: 1 } }, { counts: { devices: 0 } }],
    });
  });

  it('G02 G03 G04 G08 shows a device with its place, groups, ports and health', async () => {
    expect(await ok('GET', `/devices/${second}`)).toMatchObject({
      phy_id: second,
      station: 'BJ-1',
      region: 'beijing',
      groups: ['fast'],
      online: false,
      health: { level: 'warning', score: 60, presence: 0, faults: 1, answers: 1 },
      ports: [],
      capabilities: null,
    });
    const ports = [{ port_no: 1, status: expect.any(String) as string, maintenance: false }, { port_no: 2 }];
    expect(await ok('GET', `/devices/${first}/ports`)).toMatchObject({ phy_id: first, ports });
    expect(await ok('GET', `/devices/${first}/realtime`)).toMatchObject({ phy_id: first, ports });
  });

  it('H07 H11 answers for every id that is asked, the unknown ones too', async () => {
    const asked = [first, third.toLowerCase(), 'NONE', second, first];
    const all = { include_ports: true, include_realtime: true, include_session: true };
    const body = await ok('POST', '/devices/batch/status', { device_phy_ids: asked, ...all });
    expect(body).toMatchObject({
      total: 4,
      found: 3,
      not_found: ['NONE'],
      devices: [
        { phy_id: first, found: true, error: null, ports: [{ port_no: 1 }, { port_no: 2 }], sessions: [] },
        { phy_id: third.toLowerCase(), found: true, online: false, status: 'offline', maintenance: true },
        { phy_id: 'NONE', found: false, error: 'DEVICE_NOT_FOUND' },
        { phy_id: second, found: true, realtime: { voltage: null, ports: [] } },
      ],
    });
    const bare = await ok<{ devices: object[] }>('POST', '/devices/batch/status', { device_phy_ids: [first] });
    expect(Object.keys(bare.devices[0]!)).not.toEqual(expect.arrayContaining(['ports']));
    await refused('POST', '/devices/batch/status', { device_phy_ids: [] }, 400, 'VALIDATION_FAILED');
    const many = Array.from({ length: 1_001 }, (_, at) => `D${at}`);
    await refused('POST', '/devices/batch/status', { device_phy_ids: many }, 400, 'VALIDATION_FAILED');
  });

  it('H08 adds up: states to devices and ports, health to devices, sessions to charging ports', async () => {
    const sum = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((a, b) => a + b, 0);
    for (const query of ['', '?region=north', '?type=DC', '?region=nowhere']) {
      const summary = await ok<Summary>('GET', `/devices/batch/summary${query}`);
      const { total_devices: total, ports } = summary;
      expect(summary.online_devices + summary.offline_devices).toBe(total);
      expect([sum(summary.by_state), sum(summary.health)]).toEqual([total, total]);
      expect(sum(ports.by_state)).toBe(ports.total);
    }
    expect(await ok('GET', '/devices/batch/summary')).toMatchObject({
      total_devices: 3,
      by_type: { AC: { total: 2 }, DC: { total: 1, online: 0, offline: 1 } },
      by_region: [
        { region: 'beijing', total: 2 },
        { region: 'shanghai', total: 1 },
      ],
      active_sessions: 0,
    });
  });

  describe('files of devices', () => {
    const send = (body: object) => story.platform.post<ImportReport>('/api/third/devices/import', body);
    const file = [
      'phy_id,name,region,station,tags,port_count',
      'F-1,One,,BJ-1,a b,2',
      'F-2,"=cmd(), x",west,,,many',
      'F-1,Twice,,,,',
      'F-3,Three,,NONE,,',
      'F-4,Four,west,,,1',
    ].join('\n');

    it('H14 R06 reports every bad row with line, field and reason, and writes nothing in a dry run', async () => {
      const { status, body } = await send({ csv: file, dry_run: true });
      expect([status, body.data]).toEqual([
        200,
        {
          rows: 5,
          applied: false,
          created: 2,
          updated: 0,
          unchanged: 0,
          bad_rows: 3,
          problems: [
            { line: 3, field: 'port_count', reason: expect.any(String) as string },
            { line: 4, field: 'phy_id', reason: 'stands in line 2 already' },
            { line: 5, field: 'station', reason: 'there is no such station' },
          ],
        },
      ]);
      await refused('POST', '/devices/import', { csv: file }, 400, 'IMPORT_REFUSED');
      await refused('POST', '/devices/import', { csv: file, devices: [] }, 400, 'VALIDATION_FAILED');
      await refused('GET', '/devices/F-1', undefined, 404, 'DEVICE_NOT_FOUND');
    });

    it('H14 brings in what can be when it is told to go on, and the same again changes nothing', async () => {
      const once = await send({ csv: file, on_error: 'continue' });
      expect(once.body.data).toMatchObject({ applied: true, created: 2, bad_rows: 3 });
      expect(await ok('GET', '/devices/F-1')).toMatchObject({
        name: 'One',
        station: 'BJ-1',
        tags: ['a', 'b'],
        port_count: 2,
      });
      const again = await send({ csv: file, on_error: 'continue' });
      expect(again.body.data).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
      const edit = [
        { phy_id: 'F-4', tags: ['new'], maintenance: true, offline_timeout: 900 },
        { phy_id: first, name: 'First' },
      ];
      expect((await send({ devices: edit })).body.data).toMatchObject({ applied: true, updated: 2 });
      expect(await ok('GET', '/devices/F-4')).toMatchObject({
        name: 'Four',
        tags: ['new'],
        maintenance: true,
        offline_timeout: 900,
      });
      expect((await send({ devices: edit, mode: 'create' })).body.error).toBe('IMPORT_REFUSED');
    });

    it('H14 exports what it imports, as CSV and as JSON', async () => {
      const path = '/api/third/devices/export?region=north,west&bom=true';
      const csv = await story.platform.download(path);
      expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
      const lines = csv.text.split('\n');
      expect(lines[0]).toMatch(/^\uFEFFphy_id,name,type,/);
      expect(lines).toHaveLength(6);
      expect((await send({ csv: csv.text })).body.data).toMatchObject({ updated: 0, unchanged: 4, bad_rows: 0 });
      const json = await story.platform.download('/api/third/devices/export?format=json&tag=new');
      const body = JSON.parse(json.text) as { devices: { phy_id: string }[] };
      expect(body.devices.map((device) => device.phy_id)).toEqual(['F-4']);
      expect((await send(body)).body.data).toMatchObject({ unchanged: 1 });
      const none = await story.platform.download('/api/third/devices/export?format=json&tag=none');
      expect(JSON.parse(none.text)).toEqual({ devices: [] });
    });

    it('H14 AD04 takes a file as it was exported, in every form, and knows which groups name a device', async () => {
      const upload = (text: string, contentType: string, query = '') =>
        story.platform.upload<ImportReport>(`/api/third/devices/import${query}`, Buffer.from(text), contentType);
      await ok('POST', '/groups', { code: 'file', name: 'Files' });
      const grouped = 'phy_id,name,groups\nF-1,一号,file\nF-4,Four,\nF-2,Two,nobody\n';
      const asked = await upload(grouped, 'text/csv; charset=utf-8', '?dry_run=true');
      expect(asked.body.data).toMatchObject({
        applied: false,
        bad_rows: 1,
        problems: [{ line: 4, field: 'groups', reason: 'there is no group nobody' }],
      });
      const done = await upload(grouped, 'text/csv', '?on_error=continue');
      expect(done.body.data).toMatchObject({ applied: true, updated: 1, unchanged: 1, bad_rows: 1 });
      expect(await ok('GET', '/devices/F-1')).toMatchObject({ name: '一号', groups: ['file'] });
      for (const [format, contentType] of [
        ['csv', 'text/csv'],
        ['jsonl', 'application/x-ndjson'],
        ['json', 'application/json'],
      ] as const) {
        const { text } = await story.platform.download(`/api/third/devices/export?group=file&format=${format}`);
        expect((await upload(text, contentType)).body.data).toMatchObject({ applied: true, unchanged: 1, bad_rows: 0 });
      }
      const list = await story.platform.download('/api/third/export/devices?region=north,west');
      expect((await upload(list.text, 'text/csv')).body).toMatchObject({ data: { unchanged: 4, bad_rows: 0 } });
      const array = [{ phy_id: 'F-1', groups: [] }];
      expect((await upload(JSON.stringify(array), 'application/json')).body.data).toMatchObject({ updated: 1 });
      expect(await ok('GET', '/devices/F-1')).toMatchObject({ groups: [] });
      const gb = Buffer.concat([Buffer.from('phy_id,name\nF-1,'), Buffer.from([0xd2, 0xbb, 0xba, 0xc5])]);
      const target = '/api/third/devices/import';
      expect((await story.platform.upload(target, gb, 'text/csv')).body.error).toBe('BODY_MALFORMED');
      const read = await story.platform.upload<ImportReport>(target, gb, 'text/csv; charset=gb18030');
      expect(read.body.data).toMatchObject({ unchanged: 1 });
      expect((await upload('a', 'text/plain')).status).toBe(415);
      const large = await upload(`phy_id\n${'x'.repeat(16_777_216)}`, 'text/csv');
      expect([large.status, large.body.error]).toEqual([413, 'BODY_TOO_LARGE']);
    });

    it('H14 H11 takes 10,000 devices in one request and shows 1,000 of them at once', async () => {
      const many = Array.from({ length: 10_000 }, (_, at) => ({
        phy_id: `M-${at}`,
        region: `r${at % 7}`,
        port_count: 2,
      }));
      expect((await send({ devices: many })).body.data).toMatchObject({ applied: true, created: 10_000 });
      const asked = many.slice(0, 1_000).map((device) => device.phy_id);
      const statuses = await ok('POST', '/devices/batch/status', { device_phy_ids: asked, include_ports: true });
      expect(statuses).toMatchObject({ total: 1_000, found: 1_000, not_found: [] });
    }, 60_000);
  });

  it('AD02 deletes a device', async () => {
    await ok('POST', '/devices', { phy_id: 'TEMP-1' });
    expect(await ok('DELETE', '/devices/TEMP-1')).toEqual({ phy_id: 'TEMP-1' });
    await refused('GET', '/devices/TEMP-1', undefined, 404, 'DEVICE_NOT_FOUND');
  });
});
