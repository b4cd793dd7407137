import { randomUUID } from 'node:crypto';
import { DeviceId } from '@chargebus/domain';
import { AdoptDevice, ListQuarantined } from '@chargebus/requests';
import { eventually } from '@chargebus/testing';
import { Facts } from './facts';
import { OTHER_TENANT, TENANT } from './harness';
import { aRef, HOUR, tellStories } from './story';

const PAGE = { limit: 20, offset: 0, cursor: null, sort: null, order: 'desc' as const };

describe('devices that come, go and fail', () => {
  const story = tellStories();

  describe('presence', () => {
    it('B05 I09 is online with the first frame of a connection', async () => {
      await story.world.say(story.facts.connected());
      const [online] = await story.tells('device.online');
      expect(online?.data).toMatchObject({ protocol: 'ap3000', offlineDurationS: null });
      expect(await story.device()).toMatchObject({ online: true, heartbeatIntervalS: 180, offlineTimeoutS: 375 });
    });

    it('B06 I10 B09 goes offline when heartbeats stop, and interrupts what charges', async () => {
      const order = aRef();
      await story.world.say(story.facts.connected(), story.facts.heartbeat(), story.facts.progress(order));
      const { sessionId } = await story.reaches('charging');
      story.world.clock.advance(375_000);
      await story.sweep();
      expect(story.world.eventsOf(story.deviceId, 'device.offline')).toHaveLength(0);
      story.world.clock.advance(16_000);
      await story.sweep();
      const [offline] = await story.tells('device.offline');
      expect(offline?.data).toEqual({
        lastSeen: story.world.clock.iso(-391_000),
        reason: 'heartbeat_timeout',
        offlineDurationS: 391,
        affectedSessions: [sessionId],
        recoveryActions: ['auto_reconnect', 'device_reset'],
      });
      expect((await story.reaches('interrupted')).detail).toBe('device_offline');
      await story.sweep();
      await story.world.say(story.facts.progress(order, { durationS: 400, energyWh: 60 }));
      await story.reaches('charging');
      await story.tells('device.online', 2);
      expect(story.world.eventsOf(story.deviceId, 'device.offline')).toHaveLength(1);
    });

    it('B06 decision 17 gives a closed connection its grace, and a reconnect within it is no event', async () => {
      await story.world.say(story.facts.connected(), story.facts.heartbeat());
      await story.tells('device.online');
      story.world.clock.advance(10_000);
      await story.world.say(story.facts.disconnected());
      story.world.clock.advance(10_000);
      await story.world.say(story.facts.connected({ connectionId: 'c2' }));
      await eventually(async () => {
        const [row] = await story.world.postgres.query(
          'SELECT connection_id FROM session.devices WHERE device_id = $1',
          [story.deviceId],
        );
        expect(row).toEqual({ connection_id: 'c2' });
      });
      story.world.clock.advance(20_000);
      await story.sweep();
      await story.world.say(story.facts.disconnected()); // of c1, told late
      await story.world.say(story.facts.disconnected({ connectionId: 'c2' }));
      await eventually(async () => {
        const [row] = await story.world.postgres.query(
          'SELECT connection_id FROM session.devices WHERE device_id = $1',
          [story.deviceId],
        );
        expect(row).toEqual({ connection_id: null });
      });
      expect(story.world.eventsOf(story.deviceId, 'device.offline')).toHaveLength(0);
      story.world.clock.advance(16_000);
      await story.sweep();
      const [offline] = await story.tells('device.offline');
      expect(offline?.data).toMatchObject({ reason: 'connection_closed' });
    });
  });

  describe('faults', () => {
    it('I12 I13 opens one per port and token, and closes it when the port is well', async () => {
      const hot = [{ portNo: 1, state: 'fault' as const, fault: 'relay_stuck' }];
      await story.world.say(story.facts.heartbeat({ ports: hot }));
      story.world.clock.advance(1_000);
      await story.world.say(story.facts.heartbeat({ ports: hot }));
      await story.tells('device.heartbeat', 2);
      const [fault] = await story.tells('device.fault');
      expect(fault?.data).toMatchObject({
        faultType: 'relay_stuck',
        severity: 'critical',
        portNo: 1,
        autoRecovery: true,
      });
      story.world.clock.advance(60_000);
      await story.world.say(story.facts.heartbeat());
      const [recovered] = await story.tells('device.recovered');
      expect(recovered?.data).toMatchObject({ faultType: 'relay_stuck', durationS: 61 });
      expect((await story.device()).openFaults).toBe(0);
    });

    it('opens and closes each of several faults of a port', async () => {
      const { facts, world } = story;
      const report = (...faults: string[]) =>
        facts.heartbeat({ ports: [{ portNo: 1, state: 'fault' as const, fault: faults[0] ?? null, faults }] });
      await world.say(report('overheat', 'overload'));
      world.clock.advance(1_000);
      await world.say(report('overload'));
      const [recovered] = await story.tells('device.recovered');
      expect(recovered?.data).toMatchObject({ faultType: 'overheat' });
      expect((await story.device()).openFaults).toBe(1);
    });

    it('a fault that was reported by itself outlasts what its port says, and ends with its own report', async () => {
      const { deviceId, facts, world } = story;
      const own = (token: string) => ({
        id: `fact-${randomUUID()}`,
        deviceId,
        at: world.clock.iso(),
        token,
        portNo: 1,
      });
      const opened = (token: string) => ({ ...own(token), severity: 'warning' as const, latched: false, details: {} });
      await world.say(
        ...['meter_comm', 'door_open'].map((token) => ({ type: 'device.fault' as const, ...opened(token) })),
      );
      world.clock.advance(1_000);
      await world.say(facts.heartbeat());
      world.clock.advance(1_000);
      await world.say({ type: 'device.fault_cleared', ...own('emergency_stop'), others: ['meter_comm', 'dc_fuse'] });
      const [recovered] = await story.tells('device.recovered');
      expect(recovered?.data).toMatchObject({ faultType: 'meter_comm', durationS: 2 });
      expect((await story.device()).openFaults).toBe(1);
    });

    it('a fault that is told as over ends, if it was open, and is news otherwise', async () => {
      const { deviceId, world } = story;
      const vendor8 = () => ({
        type: 'device.fault' as const,
        id: `fact-${randomUUID()}`,
        deviceId,
        at: world.clock.iso(),
        token: 'vendor_8',
        portNo: 1,
        severity: 'warning' as const,
        latched: true,
        isOver: true,
        details: {},
      });
      await world.say(vendor8());
      await story.tells('device.fault');
      world.clock.advance(1_000);
      await world.say(vendor8());
      await story.tells('device.recovered');
      expect((await story.device()).openFaults).toBe(0);
    });

    it('I12 tells what was measured, which charge it hits, and what to do', async () => {
      await story.world.say(story.facts.connected(), story.facts.progress(aRef()));
      const { sessionId } = await story.reaches('charging');
      await story.world.say({
        type: 'device.fault',
        id: `fact-${randomUUID()}`,
        deviceId: story.deviceId,
        at: story.world.clock.iso(),
        token: 'temperature',
        portNo: 1,
        severity: 'warning',
        latched: true,
        details: { current_temperature: 75, threshold: 60, sensor_id: 3 },
      });
      const [fault] = await story.tells('device.fault');
      expect(fault?.data).toEqual({
        faultId: expect.stringMatching(/^flt_/) as string,
        faultType: 'temperature',
        severity: 'warning',
        portNo: 1,
        details: { current_temperature: 75, threshold: 60, sensor_id: 3 },
        affectedSession: sessionId,
        autoRecovery: false,
        suggestedActions: ['check_cooling'],
      });
    });

    it('closes an alarm without an end after 24 h without a repeat', async () => {
      const smoke = () => ({
        type: 'device.fault' as const,
        id: `fact-${randomUUID()}`,
        deviceId: story.deviceId,
        at: story.world.clock.iso(),
        token: 'smoke',
        portNo: null,
        severity: 'critical' as const,
        latched: true,
        details: { sensor_id: 0 },
      });
      await story.world.say(smoke());
      await story.tells('device.fault');
      story.world.clock.advance(20 * HOUR);
      await story.world.say(smoke(), story.facts.heartbeat());
      await story.tells('device.heartbeat');
      story.world.clock.advance(20 * HOUR);
      await story.sweep();
      expect((await story.device()).openFaults).toBe(1);
      story.world.clock.advance(5 * HOUR);
      await story.sweep();
      const [recovered] = await story.tells('device.recovered');
      expect(recovered?.data).toMatchObject({ faultType: 'smoke' });
      expect(story.world.eventsOf(story.deviceId, 'device.fault')).toHaveLength(1);
    });
  });

  describe('devices that nobody owns', () => {
    it('U02 keeps what they say, shows them, and handles it once they are adopted', async () => {
      const stranger = DeviceId.parse(`04${randomUUID().slice(0, 6).toUpperCase()}`);
      const theirs = new Facts(stranger, story.world.clock);
      await story.world.say(theirs.connected(), theirs.registered(), theirs.settled(aRef(), { energyWh: 77 }));
      const listed = await eventually(async () => {
        const page = await story.world.bus.ask(ListQuarantined, { page: PAGE });
        const found = page.items.find((item) => item.deviceId === stranger);
        expect(found).toMatchObject({ protocol: 'ap3000', keptFacts: 3, reason: 'unregistered' });
        return found;
      });
      expect(listed?.remoteAddress).toBe('10.0.0.1');
      const registration = {
        name: 'found',
        protocol: null,
        type: 'AC' as const,
        region: null,
        portCount: 0,
        heartbeatIntervalS: null,
        offlineTimeoutS: null,
      };
      const adopted = await story.world.bus.ask(AdoptDevice, { tenantId: TENANT, deviceId: stranger, ...registration });
      expect(adopted).toMatchObject({ deviceId: stranger, online: true, firmwareVersion: '6.40', portCount: 2 });
      await eventually(() => {
        expect(story.world.eventsOf(stranger, 'charging.completed')[0]?.data).toMatchObject({ energyWh: 77 });
      });
      expect((await story.world.bus.ask(ListQuarantined, { page: PAGE })).items.map((i) => i.deviceId)).not.toContain(
        stranger,
      );
      await expect(
        story.world.bus.ask(AdoptDevice, { tenantId: OTHER_TENANT, deviceId: stranger, ...registration }),
      ).rejects.toMatchObject({ name: 'DEVICE_NOT_FOUND' });
    });
  });

  it('B10 rebuilds the shadow from Postgres after Redis was emptied', async () => {
    const order = aRef();
    await story.world.say(
      story.facts.connected(),
      story.facts.heartbeat(),
      story.facts.progress(order, { energyWh: 42, durationS: 99 }),
    );
    await story.reaches('charging');
    const before = await story.status();
    await story.world.redis.flushall();
    expect(await story.status()).toEqual(before);
    await story.world.redis.flushall();
    await story.world.say(story.facts.progress(order, { energyWh: 43, durationS: 109 }));
    await eventually(async () => {
      expect((await story.status()).session).toMatchObject({ energyWh: 43, sessionId: before.session?.sessionId });
    });
  });
});
