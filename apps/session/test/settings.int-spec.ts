import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { ANY_DEVICE } from '@chargebus/domain';
import { ApprovalRequested } from '@chargebus/events';
import { BlobStore } from '@chargebus/messaging';
import {
  AdmissionChanged,
  AdmitDevices,
  AnnounceDeviceEvent,
  GetDeviceSettings,
  IMPORT_BUCKET,
  IMPORT_KEEP_MS,
  ImportDevices,
  ListDevices,
  SetDeviceSettings,
  SetMaintenance,
} from '@chargebus/requests';
import type { DeviceSettings } from '@chargebus/requests';
import { eventually } from '@chargebus/testing';
import { OTHER_TENANT, TENANT } from './harness';
import { aRef, MINUTE, tellStories } from './story';

describe('what the platform keeps to for a device', () => {
  const story = tellStories();
  const set = (settings: Partial<DeviceSettings>): Promise<DeviceSettings> =>
    story.world.bus.ask(SetDeviceSettings, { tenantId: TENANT, deviceId: story.deviceId, settings });
  const stopOrders = (sessionId: string): readonly string[] =>
    story.world.command.ordersOf(sessionId).filter((kind) => kind === 'charge.stop');

  it('F09 decides presence by offline_timeout, and by the heartbeat interval when there is none', async () => {
    await story.world.say(story.facts.connected(), story.facts.heartbeat());
    await story.tells('device.online');
    expect(await set({ heartbeatIntervalS: 30, offlineTimeoutS: 300 })).toMatchObject({
      heartbeatIntervalS: 30,
      offlineTimeoutS: 300,
      maxCurrentA: null,
    });
    expect(await story.device()).toMatchObject({ heartbeatIntervalS: 30, offlineTimeoutS: 300 });
    const knocks = [{ deviceId: story.deviceId, remoteAddress: '10.0.0.1', subprotocols: ['ocpp1.6'] }];
    const { admissions } = await story.world.bus.ask(AdmitDevices, { knocks });
    expect(admissions).toMatchObject([{ heartbeatIntervalS: 30 }]); // what a boot is answered with
    story.world.clock.advance(301_000 + 15_000);
    await story.sweep();
    await story.tells('device.offline');
    await set({ offlineTimeoutS: null });
    expect(await story.device()).toMatchObject({ offlineTimeoutS: 75 });
  });

  it('F09 H14 tells the gateways of a heartbeat interval that a file changes, and of nothing else in it', async () => {
    const told: string[] = [];
    const news = story.world.bus.nc.subscribe(`${AdmissionChanged.prefix}.*`, {
      callback: (_error, message) => {
        told.push(AdmissionChanged.schema.parse(message.json()).deviceId);
      },
    });
    const other = await story.world.registerDevice();
    const rows = [
      { line: 1, deviceId: other, offlineTimeoutS: 400 },
      { line: 2, deviceId: story.deviceId, heartbeatIntervalS: 45 },
    ];
    const store = await BlobStore.open(story.world.bus, IMPORT_BUCKET, { keepMs: IMPORT_KEEP_MS });
    const blob = randomUUID();
    await store.put(blob, Readable.from([Buffer.from(JSON.stringify(rows))]));
    const file = { tenantId: TENANT, blob, mode: 'upsert', dryRun: false, skipBad: false } as const;
    expect(await story.world.bus.ask(ImportDevices, file)).toMatchObject({ applied: true, updated: 2 });
    await eventually(() => {
      expect(told).toEqual([story.deviceId]);
    });
    news.unsubscribe();
    expect(await story.device()).toMatchObject({ heartbeatIntervalS: 45 });
  });

  it('AD02 AD06 says in one word how a device is, alone and in the list', async () => {
    const { world, deviceId, facts } = story;
    const page = { limit: 10, offset: 0, sort: null, order: 'desc', cursor: null } as const;
    const filter = { ...ANY_DEVICE, deviceIds: [deviceId] };
    const is = (status: string): Promise<void> =>
      eventually(async () => {
        const { items } = await world.bus.ask(ListDevices, { tenantId: TENANT, filter, page });
        expect([(await story.device()).status, items[0]?.status]).toEqual([status, status]);
      });
    await is('offline');
    await world.say(facts.connected(), facts.heartbeat());
    await is('idle');
    await world.say(facts.progress(aRef()));
    await is('charging');
    await world.bus.ask(SetMaintenance, { tenantId: TENANT, deviceId, portNo: null, maintenance: true });
    await is('maintenance');
  });

  it.each([
    ['F02', { maxCurrentA: 10 }, { currentA: 10.5 }, 'over_current'],
    ['F03', { voltageRangeV: [200, 250] as [number, number] }, { voltageV: 251 }, 'voltage_out_of_range'],
    ['F05', { maxTemperatureC: 60 }, { temperatureC: 61 }, 'over_temperature'],
    ['F07', { maxPowerW: 700 }, { powerW: 701 }, 'power_limit_reached'],
    ['F08', { maxDurationS: 120 }, { durationS: 120 }, 'max_time_reached'],
  ])('%s stops whatever charges beyond a limit of the device', async (_id, limits, sample, reason) => {
    const order = aRef();
    await set(limits);
    await story.world.say(story.facts.connected(), story.facts.progress(order));
    const { sessionId } = await story.reaches('charging');
    expect(stopOrders(sessionId)).toEqual([]);
    await story.world.say(story.facts.progress(order, { durationS: 90, ...sample }));
    await story.reaches('stopping');
    expect(stopOrders(sessionId)).toHaveLength(1);
    const [row] = await story.world.postgres.query(
      'SELECT stop_reason FROM session.charging_sessions WHERE session_id = $1',
      [sessionId],
    );
    expect(row).toEqual({ stop_reason: reason });
  });

  it('F08 watches auto_stop_time by the clock too, for charges that began before it was set', async () => {
    await story.world.say(story.facts.connected(), story.facts.progress(aRef()));
    const { sessionId } = await story.reaches('charging');
    await set({ maxDurationS: 600, offlineTimeoutS: 3_600 });
    story.world.clock.advance(15 * MINUTE);
    await story.sweep();
    await story.reaches('stopping');
    expect(stopOrders(sessionId)).toHaveLength(1);
  });

  it('keeps what it is not told to change, and forgets a limit that is taken away', async () => {
    await set({ maxCurrentA: 10, maxPowerW: 700 });
    expect(await set({ maxCurrentA: null })).toMatchObject({ maxCurrentA: null, maxPowerW: 700 });
    const asked = { tenantId: TENANT, deviceId: story.deviceId };
    expect(await story.world.bus.ask(GetDeviceSettings, asked)).toMatchObject({ maxPowerW: 700 });
  });

  it('I18 announces an event of another app in the order of the device, once', async () => {
    const announced = {
      tenantId: TENANT,
      deviceId: story.deviceId,
      causeId: `ctl_${story.deviceId}`,
      occurredAt: story.world.clock.iso(),
      type: 'device.control_scheduled' as const,
      data: {
        controlId: 'ctl_1',
        action: 'reboot',
        reason: null,
        delayS: 30,
        scheduledAt: story.world.clock.iso(30_000),
        affectedSessions: [],
      },
    };
    await story.world.bus.ask(AnnounceDeviceEvent, announced);
    await story.world.bus.ask(AnnounceDeviceEvent, announced);
    const events = await story.tells('device.control_scheduled', 2); // as published: the stream drops the repeat
    expect(new Set(events.map(({ id }) => id)).size).toBe(1);
    expect(events[0]).toMatchObject({ sequence: 1, data: { controlId: 'ctl_1' } });
  });

  it('E34 announces what waits for a second person', async () => {
    const data = { ...ApprovalRequested.example, requestedAt: story.world.clock.iso() };
    await story.world.bus.ask(AnnounceDeviceEvent, {
      tenantId: TENANT,
      deviceId: story.deviceId,
      causeId: 'approval:1',
      occurredAt: story.world.clock.iso(),
      type: ApprovalRequested.type,
      data,
    });
    const [event] = await story.tells('approval.requested', 1);
    expect(event).toMatchObject({ deviceId: story.deviceId, tenantId: TENANT, data });
  });

  it('U05 is nobody else’s to see or set', async () => {
    const asked = { tenantId: OTHER_TENANT, deviceId: story.deviceId };
    const refused = { definition: { name: 'DEVICE_NOT_FOUND' } };
    await expect(story.world.bus.ask(GetDeviceSettings, asked)).rejects.toMatchObject(refused);
    await expect(
      story.world.bus.ask(SetDeviceSettings, { ...asked, settings: { maxPowerW: 1 } }),
    ).rejects.toMatchObject(refused);
  });
});
