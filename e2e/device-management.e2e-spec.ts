import { randomUUID } from 'node:crypto';
import { ap3000, bkv, Fleet, ocpp, ykc } from '@chargebus/simulator';
import type { SimulatedProtocol } from '@chargebus/simulator';
import { eventually } from '@chargebus/testing';
import { PlatformClient } from './harness/platform-client';
import type { ApiAnswer } from './harness/platform-client';
import { Story } from './harness/story';

interface Change {
  readonly change_id: string;
  readonly status: string;
  readonly outcome: string | null;
  readonly version: number | null;
  readonly requested: Readonly<Record<string, unknown>>;
  readonly created_at: string;
  readonly parameters: readonly { readonly name: string; readonly outcome: string; readonly actual: unknown }[] | null;
}
interface Parameters {
  readonly version: number | null;
  readonly refreshed: string | null;
  readonly params: Readonly<Record<string, unknown>>;
}
interface Control {
  readonly control_id: string;
  readonly status: string;
  readonly outcome: string | null;
}
interface Diagnosis {
  readonly diagnosis_id: string;
  readonly status: string;
  readonly results: readonly { readonly item: string; readonly status: string }[] | null;
  readonly report: Readonly<Record<string, unknown>> | null;
}
interface Template {
  readonly template_id: string;
  readonly version: number;
}
interface Version {
  readonly version: number;
  readonly source: string;
  readonly changes: readonly unknown[];
  readonly params: Readonly<Record<string, unknown>>;
  readonly changed_by: { readonly client_id: string | null };
}

const BKV = () => bkv({ sockets: 2, firstDeviceNo: 8_000, reportIntervalS: 60 });

/** What integrators set, order and ask of single devices, against virtual ones of every protocol. */
describe('managing devices', () => {
  let story: Story;
  const fleets = new Map<string, Fleet>();
  const ids: Record<string, string> = {};

  const connect = async (
    name: string,
    protocol: SimulatedProtocol,
    door: 'devicePort' | 'stationPort' = 'devicePort',
  ): Promise<void> => {
    const target = { host: '127.0.0.1', port: story.installation[door] };
    const fleet = await Fleet.connect({ protocol, ...target, devices: 1, speed: name === 'bkv' ? 600 : 1 });
    fleets.set(name, fleet);
    const [device] = fleet.devices;
    if (device === undefined) throw new Error('no device');
    ids[name] = device.deviceId;
    await story.event('device.online', (event) => event.device_phy_id === device.deviceId, 30_000);
  };
  const path = (name: string, rest: string): string => `/api/third/devices/${ids[name] ?? name}/${rest}`;
  const set = (name: string, body: object): Promise<ApiAnswer<Change>> =>
    story.platform.post<Change>(path(name, 'params?wait=ack'), body);
  const control = (name: string, body: object): Promise<ApiAnswer<Control>> =>
    story.platform.post<Control>(path(name, 'control?wait=ack'), body);
  const known = async (name: string, refresh = false): Promise<Parameters> =>
    (await story.platform.get<Parameters>(path(name, `params${refresh ? '?refresh=true' : ''}`))).body.data;

  const keyWith = async (settings: object): Promise<PlatformClient> => {
    const { body } = await story.platform.post<{ api_key: string; api_secret: string }>('/api/third/keys', {
      name: randomUUID(),
      ...settings,
    });
    return new PlatformClient(story.installation.baseUrls, body.data.api_key, body.data.api_secret);
  };

  beforeAll(async () => {
    story = await Story.begin({ settings: { session: { CONNECTION_GRACE_S: '1' } } });
    await Promise.all([
      connect('ap3000', ap3000()),
      connect('bkv', BKV()),
      connect('ykc', ykc({ guns: 2, firstDeviceNo: 8_000 })),
      connect('ocpp1.6', ocpp('ocpp1.6', { evses: 2 }), 'stationPort'),
      connect('ocpp2.0.1', ocpp('ocpp2.0.1', { evses: 2 }), 'stationPort'),
    ]);
    // Ports of a BKV gateway are known by their first report, which is not repeated when it meets a broken connection.
    const gateway = fleets.get('bkv')?.devices[0];
    await eventually(async () => {
      for (const portNo of [1, 3]) {
        gateway?.unplug(portNo);
        gateway?.plugIn(portNo, { powerW: 200, needWh: 1_000 });
      }
      const { data } = (await story.platform.get<{ ports: unknown[] }>(path('bkv', 'ports'))).body;
      expect(data.ports.length).toBeGreaterThan(2);
    }, 30_000);
  }, 90_000);
  afterAll(async () => {
    for (const fleet of fleets.values()) fleet.close();
    await story.end();
  });

  it.each([
    ['F02', { max_current: 32 }, { max_current: 32 }],
    ['F03', { voltage_threshold: [200, 250] }, { voltage_threshold: [200, 250] }],
    ['F04', { voltage_threshold: 220 }, { voltage_threshold: [0, 220] }],
    ['F05', { temperature_threshold: 60 }, { temperature_threshold: 60 }],
    ['F06', { temp_threshold: 65 }, { temperature_threshold: 65 }],
    ['F07', { power_limit: 7000 }, { power_limit: 7000 }],
    ['F08', { auto_stop_time: 480 }, { auto_stop_time: 480 }],
    ['F09', { heartbeat_interval: 30, offline_timeout: 300 }, { heartbeat_interval: 30, offline_timeout: 300 }],
  ])('F01 %s is set on every protocol, read back, and known afterwards', async (_id, body, kept) => {
    const setAndRead = async (name: string): Promise<void> => {
      const { status, body: answer } = await set(name, body);
      expect([name, status, answer.data]).toMatchObject([
        name,
        200,
        { status: 'done', outcome: 'applied', requested: kept },
      ]);
      expect((await known(name)).params).toMatchObject(
        name === 'ap3000' && 'voltage_threshold' in kept && kept.voltage_threshold[0] === 0
          ? { voltage_threshold: [200, 220] } // the device keeps the lower end that it has
          : kept,
      );
    };
    await Promise.all(Object.keys(ids).map(setAndRead));
  });

  it.each([
    ['ap3000', 'platform_only'], // 6,553.5 W is the most that its field can say
    ['bkv', 'platform_only'],
    ['ykc', null], // has no limit of its own
  ])('F07 says that %s keeps its own limit beside one of 7,001 W: %s', async (name, reason) => {
    const { parameters } = (await set(name, { power_limit: 7_001 })).body.data;
    expect(parameters).toEqual([
      { name: 'power_limit', requested: 7_001, before: 7_000, actual: 7_001, outcome: 'applied', reason },
    ]);
  });

  it('F13 tells what the device itself has when it is asked', async () => {
    expect(await known('ap3000', true)).toMatchObject({
      refreshed: 'complete',
      params: { heartbeat_interval: 30, temperature_threshold: 65, unplug_time: 10, power_limit: 1000 },
    });
    expect(await known('ocpp1.6', true)).toMatchObject({ refreshed: 'complete', params: { heartbeat_interval: 30 } });
    expect(await known('ocpp2.0.1', true)).toMatchObject({ params: { heartbeat_interval: 30 } });
    expect(await known('bkv', true)).toMatchObject({ refreshed: 'complete', params: { temperature_threshold: 65 } });
  });

  it('F10 refuses as a whole when strict, and leaves out and reports when loose', async () => {
    const wrong = { max_power_percent: 80, unplug_time: 20 };
    const before = await known('ap3000');
    expect((await set('ap3000', { ...wrong, validation_mode: 'strict' })).body).toMatchObject({
      error: 'CAPABILITY_NOT_SUPPORTED',
    });
    expect((await set('ap3000', { max_current: 5_000 })).body).toMatchObject({ error: 'VALIDATION_FAILED' });
    expect((await set('ap3000', {})).status).toBe(400);
    expect((await set('ap3000', { max_curent: 32 })).status).toBe(400);
    expect((await set('ap3000', { temperature_threshold: 60, temp_threshold: 61 })).status).toBe(400);
    expect(await known('ap3000')).toMatchObject({ version: before.version });
    const loose = await set('ap3000', { ...wrong, max_current: 5_000, validation_mode: 'loose' });
    expect(loose.body.data.outcome).toBe('partial');
    expect(loose.body.data.parameters).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'unplug_time', outcome: 'applied', actual: 20 }),
        expect.objectContaining({ name: 'max_power_percent', outcome: 'unsupported' }),
        expect.objectContaining({ name: 'max_current', outcome: 'unsupported', reason: 'out_of_range' }),
      ]),
    );
  });

  it('F01 tells what the device refused, and sets nothing of it', async () => {
    const refused = await set('ap3000', { power_limit: 6_000 }); // more than the model lets through
    expect(refused.body.data).toMatchObject({
      outcome: 'rejected',
      version: null,
      parameters: [{ name: 'power_limit', outcome: 'rejected', reason: 'invalid_parameter' }],
    });
    const told = await story.event('device.param_result', ({ data }) => data.change_id === refused.body.data.change_id);
    expect(told.data).toMatchObject({ outcome: 'rejected' });
  });

  it('F10 writes back what it had written when the device refuses the rest of a strict change', async () => {
    const had = (await known('ap3000', true)).params.temperature_threshold;
    const broken = { temperature_threshold: 71, power_limit: 6_000, max_current: 99 };
    const refused = await set('ap3000', { ...broken, validation_mode: 'strict' });
    expect(refused.body.data).toMatchObject({ outcome: 'rejected', version: null });
    expect(refused.body.data.parameters).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'temperature_threshold', outcome: 'undone', before: had, actual: had }),
        expect.objectContaining({ name: 'power_limit', outcome: 'rejected' }),
        expect.objectContaining({ name: 'max_current', outcome: 'not_tried' }),
      ]),
    );
    const { params } = await known('ap3000', true);
    expect(params.temperature_threshold).toBe(had);
    expect(params.max_current).not.toBe(99);
  });

  it('F12 P03 P04 keeps who, when, before and after of every version, and brings one back', async () => {
    await set('ocpp1.6', { max_current: 16, sample_interval: 30 });
    const changed = await set('ocpp1.6', {
      max_current: 20,
      sample_interval: 45,
      backup_current: true,
      reason: 'summer',
    });
    const { version } = changed.body.data;
    const versions = (await story.platform.get<{ items: Version[] }>(path('ocpp1.6', 'params/versions'))).body.data
      .items;
    expect(versions[0]).toMatchObject({
      version,
      source: 'api',
      note: 'summer',
      changes: [
        { name: 'max_current', before: 16, after: 20 },
        { name: 'sample_interval', before: 30, after: 45 },
      ],
    });
    expect(versions[0]?.changed_by.client_id).toMatch(/^[0-9a-f-]{36}$/);
    expect(versions[1]).toMatchObject({ source: 'backup', params: { max_current: 16, sample_interval: 30 } });
    const restored = await story.platform.post<Change>(
      path('ocpp1.6', `params/versions/${String(versions[1]?.version)}/restore?wait=ack`),
    );
    expect(restored.body.data).toMatchObject({ status: 'done', outcome: 'applied', source: 'restore' });
    expect((await known('ocpp1.6', true)).params).toMatchObject({ max_current: 16, sample_interval: 30 });
    const missing = await story.platform.post(path('ocpp1.6', 'params/versions/999/restore'));
    expect(missing.body).toMatchObject({ error: 'PARAMETER_VERSION_NOT_FOUND' });
  });

  it.each(['ap3000', 'ykc'])('F09 F12 keeps before and after of the heartbeat interval of %s', async (name) => {
    const versionsOf = async () =>
      (await story.platform.get<{ items: Version[] }>(path(name, 'params/versions'))).body.data.items;
    for (const [before, after] of [
      [30, 45],
      [45, 30],
    ]) {
      const { version } = (await set(name, { heartbeat_interval: after })).body.data;
      expect((await versionsOf())[0]).toMatchObject({
        version,
        source: 'api',
        changes: [{ name: 'heartbeat_interval', before, after }],
      });
    }
  });

  it('F11 holds a change until nothing charges, shows it, takes it back, and survives a restart of the service', async () => {
    await set('ap3000', { voltage_threshold: [100, 270] });
    fleets.get('ap3000')?.devices[0]?.plugIn(1, { powerW: 200, needWh: 1_000 });
    await story.platform.post(path('ap3000', 'charge/start'), { port_no: 1, mode: 4, third_party_order_no: 'HELD-1' });
    await story.event('charging.started', ({ data }) => data.third_party_order_no === 'HELD-1');
    const refused = await story.platform.post(path('ap3000', 'reboot'), { reason: 'maintenance' });
    expect([refused.status, refused.body.error]).toEqual([409, 'DEVICE_IS_CHARGING']);
    const held = await set('ap3000', { unplug_time: 33, trickle_time: 60, power_limit: 900, apply_immediately: false });
    const wrong = await set('ap3000', { power_limit: 6_000, apply_immediately: false }); // the model will refuse it
    const taken = await set('ap3000', { unplug_time: 44, apply_immediately: false });
    expect([held.body.data.status, taken.body.data.status]).toEqual(['held', 'held']);
    const cancel = path('ap3000', `params/changes/${taken.body.data.change_id}/cancel`);
    expect((await story.platform.post(cancel)).body.data).toMatchObject({ status: 'done', outcome: 'cancelled' });
    const listed = await story.platform.get<{ items: Change[] }>(path('ap3000', 'params/changes?status=held'));
    expect(listed.body.data.items.map(({ change_id }) => change_id)).toEqual([
      wrong.body.data.change_id,
      held.body.data.change_id,
    ]);
    const later = await set('ap3000', { trickle_time: 90 });
    expect(later.body.data).toMatchObject({ status: 'done', outcome: 'applied' });
    await story.installation.crash('fleet');
    await story.platform.post(path('ap3000', 'charge/stop'), { port_no: 1, reason: 'user_stop' });
    const told = await story.event(
      'device.param_result',
      ({ data }) => data.change_id === held.body.data.change_id,
      30_000,
    );
    expect(told.data).toMatchObject({ outcome: 'applied' });
    expect(told.data.parameters).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'unplug_time', outcome: 'applied' }),
        expect.objectContaining({ name: 'trickle_time', outcome: 'superseded' }),
        expect.objectContaining({ name: 'power_limit', outcome: 'applied' }), // what was refused takes nothing away
      ]),
    );
    await eventually(async () => {
      expect((await known('ap3000')).params).toMatchObject({ unplug_time: 33, trickle_time: 90 });
    });
    expect(
      (await story.platform.post(cancel.replace(taken.body.data.change_id, held.body.data.change_id))).body,
    ).toMatchObject({
      error: 'PARAMETER_CHANGE_NOT_CANCELLABLE',
    });
  });

  it('P01 P02 P03 gives a template with variables to the devices of its groups, and tells who differs', async () => {
    const group = await story.platform.post('/api/third/groups', {
      code: 'north',
      name: 'North',
    });
    expect(group.body.code).toBe(0);
    const members = ['ykc', 'ocpp2.0.1'].map((name) => ids[name]);
    const joined = await story.platform.post('/api/third/groups/north/members', { add: members });
    expect(joined.body.code).toBe(0);
    const made = await story.platform.post<Template>('/api/third/param-templates', {
      name: 'Summer',
      groups: ['north'],
      params: { power_limit: '{{limit}}', max_current: 40 },
      variables: [{ name: 'limit', default: 6_000, device: { [String(ids.ykc)]: 3_000 } }],
    });
    expect(made.status).toBe(201);
    const at = `/api/third/param-templates/${made.body.data.template_id}`;
    const drift = async (): Promise<readonly unknown[]> =>
      (await story.platform.get<{ items: unknown[] }>(`${at}/drift`)).body.data.items;
    expect(await drift()).toEqual(
      expect.arrayContaining([expect.objectContaining({ phy_id: ids.ykc, status: 'drifted' })]),
    );
    const job = await story.platform.post<{ job_id: string }>(`${at}/push`, {});
    await eventually(async () => {
      const { data } = (await story.platform.get(`/api/third/jobs/${job.body.data.job_id}`)).body;
      expect(data).toMatchObject({ status: 'completed', summary: { total: 2, succeeded: 2 } });
    }, 60_000);
    expect((await known('ykc')).params).toMatchObject({ power_limit: 3_000, max_current: 40 });
    expect((await known('ocpp2.0.1')).params).toMatchObject({ power_limit: 6_000, max_current: 40 });
    expect(await drift()).toMatchObject([{ status: 'in_sync' }, { status: 'in_sync' }]);
    const revised = await story.platform.send<Template>('PUT', at, { params: { max_current: 41 } });
    expect(revised.body.data.version).toBe(2);
    expect(await drift()).toMatchObject([{ status: 'drifted' }, { status: 'drifted' }]);
    expect((await story.platform.get(path('ykc', 'params/drift?refresh=true'))).body.data).toMatchObject({
      phy_id: ids.ykc,
      status: 'drifted',
      refreshed: expect.any(String) as string,
      templates: [
        {
          name: 'Summer',
          version: 2,
          differences: [
            { name: 'max_current', expected: 41, actual: 40, source: 'platform', age_s: expect.any(Number) as number },
          ],
        },
      ],
    });
    expect((await story.platform.get(path('ap3000', 'params/drift'))).body.data).toMatchObject({
      status: null,
      templates: [],
    });
    const page = (await story.platform.get(`${at}/drift?page=2&size=1`)).body.data;
    expect(page).toMatchObject({ items: [{}], pagination: { page: 2, size: 1, total: 2, limit: 1, offset: 1 } });
    const nowhere = await story.platform.send('PUT', `${at}/groups`, { groups: ['north', 'nort'] });
    expect(nowhere).toMatchObject({ status: 404, body: { error: 'DEVICE_GROUP_NOT_FOUND' } });
    const wrong = await story.platform.post('/api/third/param-templates', {
      name: 'Wrong',
      params: { power_limit: '{{nobody}}' },
    });
    expect(wrong.body).toMatchObject({ error: 'VALIDATION_FAILED' });
  }, 90_000);

  it('P01 P02 U06 keeps templates from keys whose data scope does not reach their devices', async () => {
    const limitedTo = (data_scope: object): Promise<PlatformClient> => keyWith({ scopes: ['third'], data_scope });
    const [inside, outside, owner] = await Promise.all([
      limitedTo({ devices: [ids.ykc] }),
      limitedTo({ devices: [ids.bkv] }),
      limitedTo({ groups: ['north'] }),
    ]);
    const list = async (client: PlatformClient): Promise<readonly Template[]> =>
      (await client.get<{ items: readonly Template[] }>('/api/third/param-templates')).body.data.items;
    const [template] = await list(story.platform);
    const at = `/api/third/param-templates/${String(template?.template_id)}`;
    expect(await list(outside)).toEqual([]);
    for (const hidden of [
      await outside.get(at),
      await outside.get(`${at}/drift`),
      await outside.post(`${at}/push`, {}),
    ])
      expect(hidden.body).toMatchObject({ error: 'TEMPLATE_NOT_FOUND' });
    expect(await list(inside)).toMatchObject([{ name: 'Summer' }]);
    const seen = await inside.get<{ items: unknown }>(`${at}/drift`);
    expect(seen.body.data.items).toMatchObject([{ phy_id: ids.ykc }]);
    for (const refused of [
      await inside.send('PUT', at, { params: { max_current: 1 } }),
      await inside.send('PUT', `${at}/groups`, { groups: [] }),
      await inside.send('DELETE', at),
      await inside.post('/api/third/param-templates', {
        name: 'Theirs',
        groups: ['north'],
        params: { max_current: 1 },
      }),
    ])
      expect([refused.status, refused.body.error]).toEqual([403, 'BEYOND_DATA_SCOPE']);
    const pushed = await inside.post<{ job_id: string }>(`${at}/push`, {});
    await eventually(async () => {
      const { body } = await inside.get(`/api/third/jobs/${pushed.body.data.job_id}`);
      expect(body.data).toMatchObject({ status: 'completed', summary: { total: 1, succeeded: 1 } });
    }, 60_000);
    expect((await owner.send<Template>('PUT', at, { params: { max_current: 42 } })).body.data.version).toBe(3);
  }, 90_000);

  it('F23 examines every protocol by what it really answers, and keeps the report', async () => {
    const examine = async (name: string): Promise<readonly string[]> => {
      const asked = await story.platform.post<Diagnosis>(path(name, 'diagnose'), {
        test_items: ['connectivity', 'ports', 'sensors', 'memory'],
        include_report: true,
      });
      expect([200, 202]).toContain(asked.status);
      const kept = await eventually(async () => {
        const { body } = await story.platform.get<Diagnosis>(path(name, `diagnoses/${asked.body.data.diagnosis_id}`));
        expect(body.data).toMatchObject({ status: 'done', report: { online: true, protocol: name } });
        return body.data;
      }, 60_000);
      return kept.results?.map(({ item, status }) => `${item} ${status}`) ?? [];
    };
    expect(await examine('ap3000')).toEqual(['connectivity passed', 'ports passed', 'sensors passed', 'memory passed']);
    expect(await examine('ocpp2.0.1')).toEqual(expect.arrayContaining(['memory passed']));
    expect(await examine('ykc')).toEqual(expect.arrayContaining(['connectivity passed', 'memory not_supported']));
    const listed = await story.platform.get<{ items: Diagnosis[] }>(path('ykc', 'diagnoses'));
    expect(listed.body.data.items).toHaveLength(1);
  }, 120_000);

  it('E34 I19 tells of a dangerous order that waits, gives it when a second key agrees, and tells that too', async () => {
    const asked = await story.platform.post<{ approval_id: string }>(path('ap3000', 'commands'), {
      kind: 'memory.read',
      address: 0,
      length_bytes: 4,
      reason: 'a look',
    });
    expect(asked).toMatchObject({ status: 202, body: { data: { status: 'pending' } } });
    const { approval_id: id } = asked.body.data;
    const isIt = ({ data }: { readonly data: Readonly<Record<string, unknown>> }): boolean => data.approval_id === id;
    expect((await story.event('approval.requested', isIt)).data).toMatchObject({
      action: 'memory.read',
      reason: 'a look',
      requested_by: { name: 'Test platform' },
    });
    const second = await keyWith({ scopes: ['third', 'approvals:decide'] });
    const agreed = await second.post(`/api/third/approvals/${id}/approve`, { comment: 'yes' });
    expect(agreed.body.data).toMatchObject({ status: 'approved', command_id: expect.any(String) as string });
    expect((await story.event('approval.decided', isIt)).data).toMatchObject({
      status: 'approved',
      comment: 'yes',
      command_id: agreed.body.data.command_id,
    });
    await eventually(async () => {
      const command = await story.platform.get(`/api/third/commands/${String(agreed.body.data.command_id)}`);
      expect(command.body.data).toMatchObject({ command_status: 'acked' });
    }, 30_000);
  }, 60_000);

  it('F15 F16 I18 tells of what will be done, shows it, takes it back, and does what is due after a restart', async () => {
    const later = await control('ocpp2.0.1', {
      action: 'reset',
      delay_seconds: 600,
      reason: 'maintenance',
      notify_before: true,
    });
    expect(later.body.data).toMatchObject({ status: 'scheduled', delay_seconds: 600, reason: 'maintenance' });
    const { control_id } = later.body.data;
    const told = await story.event('device.control_scheduled', ({ data }) => data.control_id === control_id);
    expect(told.data).toMatchObject({ action: 'reset', reason: 'maintenance' });
    const listed = await story.platform.get<{ items: Control[] }>(path('ocpp2.0.1', 'controls?status=scheduled'));
    expect(listed.body.data.items.map((one) => one.control_id)).toEqual([control_id]);
    const cancel = path('ocpp2.0.1', `controls/${control_id}/cancel`);
    expect((await story.platform.post(cancel)).body.data).toMatchObject({ status: 'done', outcome: 'cancelled' });
    const soon = await control('ocpp2.0.1', { action: 'maintenance_mode', delay_seconds: 1 });
    await story.installation.crash('fleet');
    await eventually(async () => {
      const done = await story.platform.get(path('ocpp2.0.1', `controls/${soon.body.data.control_id}`));
      expect(done.body.data).toMatchObject({ status: 'done', outcome: 'done' });
    }, 30_000);
    const refused = await story.platform.post(path('ocpp2.0.1', 'charge/start'), {
      port_no: 1,
      mode: 4,
      third_party_order_no: 'REFUSED-1',
    });
    expect(refused.status).toBe(409);
    const device = await story.platform.get(path('ocpp2.0.1', 'realtime'));
    expect(device.status).toBe(200);
    expect((await control('ocpp2.0.1', { action: 'normal_mode' })).body.data).toMatchObject({ outcome: 'done' });
  }, 60_000);

  it('F14 F15 F24 reboots by either path, and says where a protocol cannot', async () => {
    const rebooted = await story.platform.post<Control>(path('ocpp1.6', 'reboot?wait=ack'), {});
    expect(rebooted.body.data).toMatchObject({ action: 'reboot', outcome: 'done', command_status: 'acked' });
    await eventually(async () => {
      expect((await known('ocpp1.6', true)).params).toMatchObject({ heartbeat_interval: 30 }); // its own, after a boot too
    }, 30_000);
    expect((await control('ykc', { action: 'reboot' })).body.data).toMatchObject({ outcome: 'done' });
    const cannot = await control('bkv', { action: 'reboot' });
    expect([cannot.status, cannot.body]).toMatchObject([422, { error: 'CAPABILITY_NOT_SUPPORTED' }]);
    expect((await control('ykc', { action: 'explode' })).status).toBe(400);
  }, 60_000);

  it('F01 gives a device that is away its parameters when it is back', async () => {
    fleets.get('bkv')?.close();
    await story.event('device.offline', ({ device_phy_id }) => device_phy_id === ids.bkv, 40_000);
    const waiting = await set('bkv', { temperature_threshold: 70 });
    expect(waiting.body.data).toMatchObject({ status: 'waiting', outcome: null });
    const newer = await set('bkv', { temperature_threshold: 72 });
    expect(newer.body.data).toMatchObject({ status: 'waiting', outcome: null });
    const passing = await set('bkv', { max_current: 17 }); // nothing that the device has to be there for
    expect(passing.body.data).toMatchObject({ status: 'done', outcome: 'applied' });
    expect((await known('bkv', true)).refreshed).toBe('offline');
    await connect('bkv', BKV());
    const outcomeOf = async ({ body }: ApiAnswer<Change>): Promise<unknown> =>
      (await story.event('device.param_result', ({ data }) => data.change_id === body.data.change_id, 30_000)).data
        .outcome;
    expect([await outcomeOf(waiting), await outcomeOf(newer)]).toEqual(['superseded', 'applied']);
  }, 90_000);

  it('F01 C07 carries out what comes at once one after the other, and the latest lasts', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, (_, i) => set('ykc', { max_current: 40 + i })));
    const changes = answers.map(({ body }) => body.data);
    expect(changes.map(({ status }) => status)).toEqual(changes.map(() => 'done'));
    const latestAt = changes
      .map(({ created_at }) => created_at)
      .sort()
      .at(-1);
    const latest = changes.filter(({ created_at }) => created_at === latestAt); // several within a millisecond
    expect(latest.map(({ requested }) => requested.max_current)).toContain((await known('ykc')).params.max_current);
  });

  it('F01 P06 GET parameters shows the dictionary, and what of it applies to a device', async () => {
    const dictionary = await story.platform.get<{ parameters: { name: string; support: object }[] }>(
      '/api/third/parameters',
    );
    expect(dictionary.body.data.parameters.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['max_current', 'voltage_threshold', 'offline_timeout']),
    );
    const applied = await story.platform.get<{ parameters: { name: string; support: object }[] }>(
      `/api/third/parameters?phy_id=${String(ids.ykc)}`,
    );
    expect(applied.body.data.parameters.find(({ name }) => name === 'unplug_time')?.support).toMatchObject({
      ykc: { support: 'none' },
    });
  });
});
