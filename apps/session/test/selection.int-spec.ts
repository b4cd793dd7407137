import { ANY_DEVICE } from '@chargebus/domain';
import type { DataScope, DeviceFilter, DeviceId } from '@chargebus/domain';
import { GetDevice, ListSessions, SelectDevices } from '@chargebus/requests';
import { eventually } from '@chargebus/testing';
import { Facts } from './facts';
import { OTHER_TENANT, TENANT, World } from './harness';
import { aRef } from './story';

const PAGE = { limit: 20, offset: 0, cursor: null, sort: null, order: 'desc' as const };
const NOTHING: DataScope = { regions: [], stations: [], groups: [], devices: [] };

/**
 * north ── beijing ── BJ-1: first (AC, vip), second (DC)
 * south: third (DC, vip); fourth stands nowhere. Group `night`: first and third. Group `fast`: all that are DC.
 */
describe('devices by filter and data scope', () => {
  let world: World;
  let first: DeviceId, second: DeviceId, third: DeviceId, fourth: DeviceId;

  beforeAll(async () => {
    world = await World.create();
    await world.replica();
    [first, second, third, fourth] = (await Promise.all([1, 2, 3, 4].map(() => world.registerDevice()))) as [
      DeviceId,
      DeviceId,
      DeviceId,
      DeviceId,
    ];
    await world.registerDevice(2, OTHER_TENANT);
    await world.postgres.query(`
      INSERT INTO session.regions (tenant_id, code, name, parent, path) VALUES
        ('${TENANT}', 'north', 'North', NULL, '{north}'), ('${TENANT}', 'beijing', 'Beijing', 'north', '{north,beijing}'),
        ('${TENANT}', 'south', 'South', NULL, '{south}')`);
    await world.postgres.query(`
      INSERT INTO session.stations (tenant_id, code, name, region, state)
      VALUES ('${TENANT}', 'BJ-1', 'Gate', 'beijing', 'open')`);
    await world.postgres.query(`
      INSERT INTO session.device_groups (tenant_id, code, name, filter)
      VALUES ('${TENANT}', 'night', 'Night', NULL), ('${TENANT}', 'fast', 'Fast', '{"types":["DC"]}')`);
    const place = (id: DeviceId, type: string, region: string | null, station: string | null, tags: string) =>
      world.postgres.query(
        'UPDATE session.device_profiles SET type = $2, region = $3, station = $4, tags = $5 WHERE device_id = $1',
        [id, type, region, station, tags],
      );
    await place(first, 'AC', 'beijing', 'BJ-1', '{vip,old}');
    await place(second, 'DC', 'beijing', 'BJ-1', '{}');
    await place(third, 'DC', 'south', null, '{vip}');
    for (const id of [first, third])
      await world.postgres.query(
        `INSERT INTO session.device_group_members (tenant_id, group_code, device_id) VALUES ('${TENANT}', 'night', $1)`,
        [id],
      );
  }, 60_000);
  afterAll(() => world.close());

  const found = async (filter: Partial<DeviceFilter>, within: DataScope | null = null): Promise<Set<DeviceId>> => {
    const request = { tenantId: TENANT, within, filter: { ...ANY_DEVICE, ...filter }, cursor: null, limit: 2_000 };
    const { items, total } = await world.bus.ask(SelectDevices, request);
    expect(total).toBe(items.length);
    return new Set(items.map(({ deviceId }) => deviceId));
  };

  it('AD05 H09 finds devices by each part of a filter, a region with all below it', async () => {
    expect(await found({})).toEqual(new Set([first, second, third, fourth]));
    expect(await found({ regions: ['north'] })).toEqual(new Set([first, second]));
    expect(await found({ regions: ['beijing', 'south'] })).toEqual(new Set([first, second, third]));
    expect(await found({ stations: ['BJ-1'], types: ['DC'] })).toEqual(new Set([second]));
    expect(await found({ tags: ['vip', 'none'] })).toEqual(new Set([first, third]));
    expect(await found({ groups: ['night'] })).toEqual(new Set([first, third]));
    expect(await found({ groups: ['fast'] })).toEqual(new Set([second, third]));
    expect(await found({ groups: ['night', 'fast'], regions: ['south'] })).toEqual(new Set([third]));
    expect(await found({ text: first.slice(2).toLowerCase() })).toEqual(new Set([first]));
    expect(await found({ text: '%' })).toEqual(new Set());
    expect(await found({ deviceIds: [fourth, 'ELSEWHERE' as DeviceId] })).toEqual(new Set([fourth]));
    expect(await found({ online: true })).toEqual(new Set());
    expect(await found({ maintenance: false, types: ['AC'] })).toEqual(new Set([first, fourth]));
    expect(await found({ models: ['none'] })).toEqual(new Set());
    expect(await found({ regions: [] })).toEqual(new Set());
  });

  it('H09 goes through a selection in pages, in the order of ids', async () => {
    const request = { tenantId: TENANT, filter: ANY_DEVICE, limit: 3 };
    const one = await world.bus.ask(SelectDevices, { ...request, cursor: null });
    const two = await world.bus.ask(SelectDevices, { ...request, cursor: one.cursor });
    const ids = [...one.items, ...two.items].map(({ deviceId }) => deviceId);
    expect(ids).toEqual([first, second, third, fourth].sort());
    expect([one.total, two.total, two.cursor]).toEqual([4, null, null]);
  });

  it('U01 shows a principal no more than its data scope, whatever it asks for', async () => {
    expect(await found({}, NOTHING)).toEqual(new Set());
    expect(await found({}, { ...NOTHING, regions: ['north'] })).toEqual(new Set([first, second]));
    expect(await found({}, { ...NOTHING, stations: ['BJ-1'], devices: [fourth] })).toEqual(
      new Set([first, second, fourth]),
    );
    expect(await found({ regions: ['south'] }, { ...NOTHING, regions: ['north'] })).toEqual(new Set());
    expect(await found({ types: ['AC'] }, { ...NOTHING, groups: ['fast', 'night'] })).toEqual(new Set([first]));
  });

  it('U01 Z06 knows a device outside of the data scope as little as a foreign one, and its sessions too', async () => {
    const facts = new Facts(third, world.clock);
    await world.say(facts.connected(), facts.progress(aRef()));
    const ask = (within: DataScope, deviceId: DeviceId) =>
      world.bus.ask(GetDevice, { tenantId: TENANT, within, deviceId });
    expect(await ask({ ...NOTHING, regions: ['south'] }, third)).toMatchObject({ deviceId: third, region: 'south' });
    await expect(ask({ ...NOTHING, regions: ['north'] }, third)).rejects.toMatchObject({ name: 'DEVICE_NOT_FOUND' });
    const sessions = (within: DataScope) =>
      world.bus.ask(ListSessions, { tenantId: TENANT, within, deviceId: null, orderNo: null, state: null, page: PAGE });
    await eventually(async () => {
      expect((await sessions({ ...NOTHING, devices: [third] })).total).toBe(1);
    });
    expect((await sessions({ ...NOTHING, devices: [first] })).total).toBe(0);
    const of = (filter: Partial<DeviceFilter>) => {
      const asked = { tenantId: TENANT, deviceId: null, orderNo: null, state: null, page: PAGE };
      return world.bus.ask(ListSessions, { ...asked, devices: { ...ANY_DEVICE, ...filter } });
    };
    expect((await of({ regions: ['south'], groups: ['fast'] })).items).toMatchObject([{ deviceId: third }]);
    expect((await of({ regions: ['north'] })).total).toBe(0);
  });
});
