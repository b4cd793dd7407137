import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { ANY_DEVICE } from '@chargebus/domain';
import { BlobStore, DeviceMembership } from '@chargebus/messaging';
import {
  AuthoriseCard,
  DeleteDevice,
  IMPORT_BUCKET,
  IMPORT_KEEP_MS,
  ImportDevices,
  RegisterDevice,
  SetMaintenance,
  UpdateDevice,
} from '@chargebus/requests';
import type { RequestOf } from '@chargebus/requests';
import { eventually } from '@chargebus/testing';
import { OTHER_TENANT, TENANT } from './harness';
import { aRef, tellStories } from './story';

describe('what operators do to a device', () => {
  const story = tellStories();
  /** A file that `api` has put where the session app finds it. */
  async function importOf(rows: readonly object[], how: Pick<RequestOf<typeof ImportDevices>, 'within' | 'dryRun'>) {
    const store = await BlobStore.open(story.world.bus, IMPORT_BUCKET, { keepMs: IMPORT_KEEP_MS });
    const blob = randomUUID();
    await store.put(blob, Readable.from([Buffer.from(JSON.stringify(rows))]));
    return story.world.bus.ask(ImportDevices, { tenantId: TENANT, blob, mode: 'upsert', skipBad: false, ...how });
  }
  const ofDevice = () => ({ tenantId: TENANT, deviceId: story.deviceId });
  const update = (change: RequestOf<typeof UpdateDevice>['change']) =>
    story.world.bus.ask(UpdateDevice, { ...ofDevice(), change });
  const maintain = (maintenance: boolean, portNo: number | null = null) =>
    story.world.bus.ask(SetMaintenance, { ...ofDevice(), portNo, maintenance });
  const versionOf = async (): Promise<string> => {
    const sql = 'SELECT version FROM session.devices WHERE device_id = $1';
    const [row] = await story.world.postgres.query<{ version: string }>(sql, [story.deviceId]);
    return row!.version;
  };

  beforeAll(async () => {
    await story.world.postgres.query(`
      INSERT INTO session.regions (tenant_id, code, name, path) VALUES ('${TENANT}', 'beijing', 'Beijing', '{beijing}')`);
    await story.world.postgres.query(`
      INSERT INTO session.stations (tenant_id, code, name, region, state)
      VALUES ('${TENANT}', 'BJ-1', 'Gate', 'beijing', 'open'), ('${OTHER_TENANT}', 'THEIRS', 'Gate', NULL, 'open')`);
  });

  it('AD02 AD06 changes what the owner keeps, and touches no row that facts write', async () => {
    await story.world.say(story.facts.connected());
    await story.tells('device.online');
    const version = await versionOf();
    const before = await story.device();
    const edited = await update({
      name: 'Gate 3',
      type: 'DC',
      station: 'BJ-1',
      tags: ['vip', 'new', 'vip'],
      attributes: { floor: 2, lamp: null },
    });
    expect(edited).toMatchObject({ name: 'Gate 3', type: 'DC', station: 'BJ-1', region: 'beijing', online: true });
    expect(edited).toMatchObject({ tags: ['new', 'vip'], attributes: { ...before.attributes, floor: 2 } });
    expect(await story.device()).toMatchObject({ name: 'Gate 3', region: 'beijing' });
    expect(await versionOf()).toBe(version);
    expect(await update({ station: null, region: 'south', attributes: { floor: null } })).toMatchObject({
      station: null,
      region: 'south', // made by being named
      attributes: before.attributes,
    });
  });

  it('AD06 B10 changes settings that presence depends on, and presence follows', async () => {
    await story.world.say(story.facts.connected());
    await story.tells('device.online');
    const set = await update({ offlineTimeoutS: 20, heartbeatIntervalS: 60, model: 'dual', portCount: 1 });
    expect(set).toMatchObject({ offlineTimeoutS: 20, heartbeatIntervalS: 60, model: 'dual', portCount: 1 });
    await story.world.say(story.facts.disconnected());
    await eventually(async () => {
      story.world.clock.advance(30_000);
      await story.sweep();
      expect((await story.device()).online).toBe(false);
    });
  });

  it.each([
    [{ station: 'NONE' }, 'STATION_NOT_FOUND'],
    [{ station: 'THEIRS' }, 'STATION_NOT_FOUND'],
    [{ station: 'BJ-1', region: 'south' }, 'VALIDATION_FAILED'],
  ])('AD04 refuses %j and leaves everything as it was', async (change, name) => {
    const before = await story.device();
    await expect(update({ ...change, name: 'other' })).rejects.toMatchObject({ name });
    expect((await story.device()).name).toBe(before.name);
  });

  it('U01 moves no device out of the data scope of whoever moves it', async () => {
    await update({ region: 'beijing' });
    const within = { regions: ['beijing'], stations: [], groups: [], devices: [] };
    const move = (region: string) => story.world.bus.ask(UpdateDevice, { ...ofDevice(), within, change: { region } });
    await expect(move('south')).rejects.toMatchObject({ name: 'BEYOND_DATA_SCOPE' });
    expect(await move('beijing')).toMatchObject({ region: 'beijing' });
    const rehearse = (region: string) =>
      importOf([{ line: 1, deviceId: story.deviceId, region }], { within, dryRun: true });
    await expect(rehearse('south')).rejects.toMatchObject({ name: 'BEYOND_DATA_SCOPE' });
    expect(await rehearse('beijing')).toMatchObject({ applied: false, unchanged: 1 });
    expect(await story.device()).toMatchObject({ region: 'beijing' });
    await update({ region: 'south' });
    await expect(move('beijing')).rejects.toMatchObject({ name: 'DEVICE_NOT_FOUND' });
  });

  it('U06 lets who goes by devices know at once that one has moved', async () => {
    const membership = new DeviceMembership(story.world.bus, { ttlMs: 600_000, maxEntries: 10 });
    const inBeijing = membership.of({ tenantId: TENANT }, { ...ANY_DEVICE, regions: ['beijing'] });
    for (const [region, members] of [
      ['south', []],
      ['beijing', [story.deviceId]],
    ] as const) {
      await update({ region });
      await eventually(async () => {
        expect([...(await inBeijing.membersAmong([story.deviceId]))]).toEqual(members);
      });
    }
  });

  it('F15 refuses starts and cards in maintenance, hides nothing, and stops nothing that runs', async () => {
    await story.world.say(story.facts.connected(), story.facts.heartbeat(), story.facts.progress(aRef()));
    await story.reaches('charging');
    expect(await maintain(true)).toEqual({
      deviceId: story.deviceId,
      maintenance: true,
      portsInMaintenance: [],
      changed: true,
    });
    expect((await maintain(true)).changed).toBe(false);
    await expect(story.start({ portNo: 2 })).rejects.toMatchObject({ name: 'DEVICE_IN_MAINTENANCE' });
    const card = () =>
      story.world.bus.ask(AuthoriseCard, {
        deviceId: story.deviceId,
        causeId: `card-${randomUUID()}`,
        cardId: 'AA',
        cardNumber: '1',
        portNo: 2,
      });
    expect((await card()).decision).toBe('port_fault');
    const device = await story.device();
    expect(device).toMatchObject({
      online: true,
      maintenance: true,
      ports: [{ state: 'charging', maintenance: true }, {}],
    });
    expect((await story.status()).session?.state).toBe('charging');
    await maintain(false);
    await maintain(true, 2);
    await expect(story.start({ portNo: 2 })).rejects.toMatchObject({ name: 'PORT_IN_MAINTENANCE' });
    expect((await story.device()).ports).toMatchObject([{ maintenance: false }, { maintenance: true }]);
    expect(await maintain(false, 2)).toMatchObject({ portsInMaintenance: [], changed: true });
    expect((await story.start({ portNo: 2 })).session.state).toBe('starting');
    await expect(maintain(true, 9)).rejects.toMatchObject({ name: 'PORT_NOT_FOUND' });
  });

  it('AD02 deletes a device that charges nothing; it is a stranger then, and may be registered anew', async () => {
    const order = aRef();
    await story.world.say(story.facts.connected(), story.facts.heartbeat(), story.facts.progress(order));
    await story.reaches('charging');
    const remove = () => story.world.bus.ask(DeleteDevice, ofDevice());
    await expect(remove()).rejects.toMatchObject({ name: 'DEVICE_IS_CHARGING' });
    await story.world.say(story.facts.settled(order));
    await story.reaches('settled');
    await expect(
      story.world.bus.ask(DeleteDevice, { tenantId: OTHER_TENANT, deviceId: story.deviceId }),
    ).rejects.toMatchObject({ name: 'DEVICE_NOT_FOUND' });
    expect(await remove()).toEqual({ deviceId: story.deviceId });
    await expect(story.device()).rejects.toMatchObject({ name: 'DEVICE_NOT_FOUND' });
    await story.world.say(story.facts.heartbeat());
    await eventually(async () => {
      const sql = 'SELECT device_id FROM session.quarantined_devices WHERE device_id = $1';
      expect(await story.world.postgres.query(sql, [story.deviceId])).toHaveLength(1);
    });
    const again = await story.world.bus.ask(RegisterDevice, {
      ...ofDevice(),
      name: 'Again',
      protocol: null,
      type: 'AC',
      region: null,
      station: 'BJ-1',
      portCount: 2,
      heartbeatIntervalS: null,
      offlineTimeoutS: null,
    });
    expect(again).toMatchObject({ name: 'Again', station: 'BJ-1', region: 'beijing' });
    expect(await story.device()).toMatchObject({ name: 'Again', online: true });
  });
});
