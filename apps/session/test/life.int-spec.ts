import { randomUUID } from 'node:crypto';
import { commandIdFor } from '../src/devices/device-work';
import { DeviceId } from '@chargebus/domain';
import type { OrderRef, SessionId } from '@chargebus/domain';
import type { CommandFinished, EventEnvelope } from '@chargebus/events';
import {
  AdoptDevice,
  AuthoriseCard,
  GetChargeStatus,
  GetDevice,
  GetDeviceRealtime,
  ListDevices,
  ListQuarantined,
  ListSessions,
  StartCharge,
} from '@chargebus/requests';
import type { ReplyOf, RequestOf } from '@chargebus/requests';
import { eventually } from '@chargebus/testing';
import { Sweeper } from '../src/sweeper/sweeper';
import { Facts } from './facts';
import { CLIENT, OTHER_TENANT, TENANT, World } from './harness';
import type { Replica } from './harness';

const PAGE = { limit: 20, offset: 0, cursor: null, sort: null, order: 'desc' as const };
const ref = (): OrderRef => randomUUID().replaceAll('-', '') as OrderRef;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('what becomes of devices and charges in time', () => {
  let world: World;
  let replica: Replica;
  let deviceId: DeviceId;
  let facts: Facts;

  beforeAll(async () => {
    world = await World.create();
    replica = await world.replica();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    world.command.away = false;
    deviceId = await world.registerDevice();
    facts = new Facts(deviceId, world.clock);
  });

  const sweep = (): Promise<number> => replica.context.get(Sweeper).sweep();
  const status = (portNo = 1) => world.bus.ask(GetChargeStatus, { tenantId: TENANT, deviceId, portNo });
  const device = () => world.bus.ask(GetDevice, { tenantId: TENANT, deviceId });
  const start = async (fields: Partial<RequestOf<typeof StartCharge>> = {}) => {
    const { session } = await world.bus.ask(StartCharge, {
      tenantId: TENANT,
      clientId: CLIENT,
      deviceId,
      portNo: 1,
      orderNo: `ORD-${randomUUID()}`,
      idempotencyKey: null,
      userId: null,
      limits: { mode: 4, timeLimitMin: null, energyLimitKwh: null, powerLimitW: null },
      notifyIntervalS: 30,
      autoStop: null,
      requestBody: null,
      waitMs: null,
      requireOnline: false,
      ...fields,
    });
    const [order] = world.command.submitted.filter((request) => request.sessionId === session.sessionId);
    const orderRef =
      order?.command.kind === 'charge.start' ? order.command.orderRef : (undefined as unknown as OrderRef);
    return { session, orderRef };
  };
  const reaches = (state: string, portNo = 1) =>
    eventually(async () => {
      const answer = await status(portNo);
      expect(answer.session?.state).toBe(state);
      return answer.session!;
    });
  const tells = (type: string, count = 1): Promise<readonly EventEnvelope[]> =>
    eventually(() => {
      const events = world.eventsOf(deviceId, type);
      expect(events).toHaveLength(count);
      return events;
    });
  const finished = async (
    sessionId: SessionId,
    kind: 'start' | 'stop',
    outcome: CommandFinished['data']['outcome'],
    reason: string | null = null,
  ): Promise<void> => {
    const commandId = commandIdFor(sessionId, kind, 1);
    await world.bus.publishEvents([
      {
        id: `evt_${randomUUID()}`,
        type: 'command.finished',
        version: 1,
        tenantId: TENANT,
        deviceId,
        occurredAt: world.clock.iso(),
        sequence: 0,
        causeId: commandId,
        data: { commandId, kind: `charge.${kind}`, sessionId, outcome, reason, attempts: 1, latencyMs: null },
      },
    ]);
  };

  describe('presence', () => {
    it('B05 I09 is online with the first frame of a connection', async () => {
      await world.say(facts.connected());
      const [online] = await tells('device.online');
      expect(online?.data).toMatchObject({ protocol: 'ap3000', offlineDurationS: null });
      expect(await device()).toMatchObject({ online: true, heartbeatIntervalS: 180, offlineTimeoutS: 375 });
    });

    it('B06 I10 B09 goes offline when heartbeats stop, and interrupts what charges', async () => {
      const order = ref();
      await world.say(facts.connected(), facts.heartbeat(), facts.progress(order));
      const { sessionId } = await reaches('charging');
      world.clock.advance(375_000);
      await sweep();
      expect(world.eventsOf(deviceId, 'device.offline')).toHaveLength(0);
      world.clock.advance(16_000);
      await sweep();
      const [offline] = await tells('device.offline');
      expect(offline?.data).toMatchObject({
        reason: 'heartbeat_timeout',
        offlineDurationS: 391,
        affectedSessions: [sessionId],
        recoveryActions: ['auto_reconnect', 'device_reset'],
      });
      expect((await reaches('interrupted')).detail).toBe('device_offline');
      await sweep();
      await world.say(facts.progress(order, { durationS: 400, energyWh: 60 }));
      await reaches('charging');
      await tells('device.online', 2);
      expect(world.eventsOf(deviceId, 'device.offline')).toHaveLength(1);
    });

    it('B06 decision 17 gives a closed connection its grace, and a reconnect within it is no event', async () => {
      await world.say(facts.connected(), facts.heartbeat());
      await tells('device.online');
      world.clock.advance(10_000);
      await world.say(facts.disconnected());
      world.clock.advance(10_000);
      await world.say(facts.connected({ connectionId: 'c2' }));
      await eventually(async () => {
        const [row] = await world.postgres.query('SELECT connection_id FROM session.devices WHERE device_id = $1', [
          deviceId,
        ]);
        expect(row).toEqual({ connection_id: 'c2' });
      });
      world.clock.advance(20_000);
      await sweep();
      await world.say(facts.disconnected()); // of c1, told late
      await world.say(facts.disconnected({ connectionId: 'c2' }));
      await eventually(async () => {
        const [row] = await world.postgres.query('SELECT connection_id FROM session.devices WHERE device_id = $1', [
          deviceId,
        ]);
        expect(row).toEqual({ connection_id: null });
      });
      expect(world.eventsOf(deviceId, 'device.offline')).toHaveLength(0);
      world.clock.advance(16_000);
      await sweep();
      const [offline] = await tells('device.offline');
      expect(offline?.data).toMatchObject({ reason: 'connection_closed' });
    });
  });

  describe('starts without a clear answer', () => {
    it('AP3000 §13 fails a start that nothing proves within 60 s, and orders one stop', async () => {
      const { session } = await start();
      await finished(session.sessionId, 'start', 'no_reply');
      await eventually(async () => {
        expect((await status()).session?.detail).toBe('no_response');
      });
      world.clock.advance(59_000);
      await sweep();
      expect((await status()).session?.state).toBe('starting');
      world.clock.advance(2_000);
      await sweep();
      await reaches('failed');
      const [failed] = await tells('charging.failed');
      expect(failed?.data).toMatchObject({ reason: 'no_response', startedAt: null });
      await eventually(() => {
        expect(world.command.ordersOf(session.sessionId)).toEqual(['charge.start', 'charge.stop']);
      });
    });

    it.each(['progress', 'started', 'port', 'settled'] as const)('AP3000 §13 takes %s as proof', async (kind) => {
      const { session, orderRef } = await start();
      await finished(session.sessionId, 'start', 'no_reply');
      await eventually(async () => {
        expect((await status()).session?.detail).toBe('no_response');
      });
      world.clock.advance(10_000);
      const proof = {
        progress: facts.progress(orderRef),
        started: facts.started(orderRef, { source: 'platform' }),
        port: facts.heartbeat({ ports: [{ portNo: 1, state: 'charging', fault: null }] }),
        settled: facts.settled(orderRef),
      };
      await world.say(proof[kind]);
      await reaches(kind === 'settled' ? 'settled' : 'charging');
      await tells('charging.started');
      world.clock.advance(61_000);
      await sweep();
      expect(world.eventsOf(deviceId, 'charging.failed')).toHaveLength(0);
    });

    it('AP3000 §12 waits for a report after an accepted start on a faulty port', async () => {
      const { session, orderRef } = await start();
      await world.say(facts.replied(orderRef, { unproven: true, reason: 'port_fault', fault: 'port_fault' }));
      const [fault] = await tells('device.fault');
      expect(fault?.data).toMatchObject({ faultType: 'port_fault', portNo: 1, affectedSession: session.sessionId });
      world.clock.advance(61_000);
      await sweep();
      const [failed] = await tells('charging.failed');
      expect(failed?.data).toMatchObject({ reason: 'port_fault' });
    });

    it('I08 fails at once when the device refuses, with the ports that wait', async () => {
      const { orderRef } = await start({ portNo: null });
      await world.say(
        facts.replied(orderRef, { executed: false, portNo: null, reason: 'ambiguous_port', waitingPorts: [1, 2] }),
      );
      const [failed] = await tells('charging.failed');
      expect(failed?.data).toMatchObject({ reason: 'ambiguous_port', portNo: null, waitingPorts: [1, 2] });
    });

    it('E16 learns its port from the device', async () => {
      const { session, orderRef } = await start({ portNo: null });
      expect(session.portNo).toBeNull();
      await world.say(facts.replied(orderRef, { portNo: 2 }));
      expect((await reaches('charging', 2)).sessionId).toBe(session.sessionId);
    });

    it('C01 fails when the order expired before the device could be reached', async () => {
      const { session } = await start();
      await finished(session.sessionId, 'start', 'expired');
      const [failed] = await tells('charging.failed');
      expect(failed?.data).toMatchObject({ sessionId: session.sessionId, reason: 'expired' });
    });

    it('C02 gives an order again that was never taken, with the same id', async () => {
      world.command.away = true;
      const { session } = await start({ orderNo: 'ORD-lost' });
      expect(session.state).toBe('pending');
      expect(world.command.ordersOf(session.sessionId)).toEqual([]);
      world.command.away = false;
      world.clock.advance(6_000);
      await sweep();
      await reaches('starting');
      expect(world.command.ordersOf(session.sessionId)).toEqual(['charge.start']);
    }, 20_000);

    it('E34 stops energy that flows after the start had failed', async () => {
      const { session, orderRef } = await start();
      await finished(session.sessionId, 'start', 'expired');
      await tells('charging.failed');
      await world.say(facts.progress(orderRef));
      await eventually(() => {
        expect(world.command.ordersOf(session.sessionId)).toEqual(['charge.start', 'charge.stop']);
      });
      await world.say(facts.settled(orderRef));
      const [alarm] = await tells('system.alarm');
      expect(alarm?.data).toMatchObject({ alarmType: 'late_settlement', details: { energy_wh: 580 } });
      expect(world.typesOf(deviceId)).toEqual(['charging.failed']);
    });
  });

  describe('charges that nobody ordered', () => {
    it('A09 begins one with the first progress, once', async () => {
      const order = ref();
      await world.say(facts.progress(order, { source: 'card' }), facts.progress(order, { source: 'card' }));
      await reaches('charging');
      await world.say(facts.settled(order, { source: 'card', cardId: 'AABBCCDD', endReason: 'full' }));
      const settled = await reaches('settled');
      expect(settled).toMatchObject({ orderNo: null, detail: 'fully_charged', limits: null });
      await tells('charging.started');
      const [completed] = await tells('charging.completed');
      expect(completed?.data).toMatchObject({ source: 'card', cardId: 'AABBCCDD', endReason: 'fully_charged' });
    });

    it('decision 11 makes and completes one for a settlement of an unknown order, hours late and repeated', async () => {
      const settled = facts.settled(ref(), {
        startedAt: world.clock.iso(-6 * HOUR),
        endedAt: world.clock.iso(-5 * HOUR),
      });
      await world.say(settled);
      await tells('charging.completed');
      await world.say(settled);
      await world.say({ ...settled, at: world.clock.iso(30 * MINUTE) });
      await world.say(facts.heartbeat());
      await tells('device.heartbeat');
      expect(world.typesOf(deviceId)).toEqual(['charging.started', 'charging.completed']);
    });

    it('decision 11 fails one that never started and delivered nothing', async () => {
      const { orderRef } = await start();
      await world.say(
        facts.settled(orderRef, {
          durationS: 0,
          energyWh: 0,
          endReason: 'no_power',
          endClass: 'fault',
          fault: 'no_power',
        }),
      );
      const [failed] = await tells('charging.failed');
      expect(failed?.data).toMatchObject({ reason: 'no_power', startedAt: null });
      expect(world.eventsOf(deviceId, 'charging.started')).toHaveLength(0);
    });

    it('takes the port over from a charge whose settlement is missing', async () => {
      const [first, second] = [ref(), ref()];
      await world.say(facts.progress(first));
      const old = await reaches('charging');
      await world.say(facts.progress(second));
      const now = await eventually(async () => {
        const answer = await status();
        expect(answer.session?.sessionId).not.toBe(old.sessionId);
        return answer.session!;
      });
      expect(now.state).toBe('charging');
      await world.say(facts.settled(first));
      await tells('charging.completed');
      expect((await status()).session).toMatchObject({ sessionId: now.sessionId, state: 'charging' });
    });
  });

  describe('stops that nobody pressed', () => {
    const running = async (fields: Partial<RequestOf<typeof StartCharge>>) => {
      const started = await start(fields);
      await world.say(facts.replied(started.orderRef));
      await reaches('charging');
      return started;
    };
    const ends = async (orderRef: OrderRef, reason: string) => {
      await reaches('stopping');
      await eventually(() => {
        expect(world.command.submitted.some((r) => r.deviceId === deviceId && r.command.kind === 'charge.stop')).toBe(
          true,
        );
      });
      await world.say(facts.replied(orderRef, { action: 'stop' }));
      await world.say(facts.settled(orderRef, { endReason: 'remote', endClass: 'stopped' }));
      expect((await reaches('settled')).detail).toBe(reason);
      const [stopped] = await tells('charging.stopped');
      expect(stopped?.data).toMatchObject({ reason });
      const [completed] = await tells('charging.completed');
      expect(completed?.data).toMatchObject({ endReason: reason, abnormal: false });
    };
    const autoStop = { lowPowerThresholdW: 1_000, maxTemperatureC: 60, voltageRangeV: [200, 250] as [number, number] };

    it('E11 ends a charge whose power stays low', async () => {
      const { orderRef } = await running({ autoStop });
      await world.say(facts.progress(orderRef, { durationS: 60, powerW: 900 }));
      await world.say(facts.progress(orderRef, { durationS: 90, powerW: 1_500 }));
      await world.say(facts.progress(orderRef, { durationS: 120, powerW: 900 }));
      await eventually(async () => {
        expect((await status()).session?.durationS).toBe(120);
      });
      expect((await status()).session?.state).toBe('charging');
      await world.say(facts.progress(orderRef, { durationS: 180, powerW: 10 }));
      await ends(orderRef, 'low_power');
    });
    it('E12 ends a charge that is too hot', async () => {
      const { orderRef } = await running({ autoStop });
      await world.say(facts.progress(orderRef, { temperatureC: 61, powerW: 2_000 }));
      await ends(orderRef, 'over_temperature');
    });
    it('E13 ends a charge whose voltage leaves its range', async () => {
      const { orderRef } = await running({ autoStop });
      await world.say(facts.progress(orderRef, { voltageV: 199, powerW: 2_000 }));
      await ends(orderRef, 'voltage_out_of_range');
    });
    it('E05 decision 26 ends a charge at its energy cap', async () => {
      const limits = { mode: 1, timeLimitMin: 120, energyLimitKwh: 1, powerLimitW: null };
      const { orderRef } = await running({ limits });
      await world.say(facts.progress(orderRef, { energyWh: 1_000 }));
      await ends(orderRef, 'energy_limit_reached');
    });
    it('E06 decision 26 ends a charge above its power limit', async () => {
      const limits = { mode: 3, timeLimitMin: null, energyLimitKwh: null, powerLimitW: 7_000 };
      const { orderRef } = await running({ limits });
      await world.say(facts.progress(orderRef, { powerW: 7_200 }));
      await ends(orderRef, 'power_limit_reached');
    });
    it('E04 decision 26 ends a charge at its time limit although no sample comes', async () => {
      const { orderRef } = await running({
        limits: { mode: 1, timeLimitMin: 10, energyLimitKwh: null, powerLimitW: null },
      });
      world.clock.advance(10 * MINUTE + 61_000);
      await world.say(facts.connected(), facts.heartbeat({ ports: [] }));
      await tells('device.heartbeat');
      await sweep();
      await ends(orderRef, 'time_limit_reached');
    });
    it('E21 says that a stop failed, and lets the charge go on', async () => {
      const { session, orderRef } = await running({ autoStop });
      await world.say(facts.progress(orderRef, { temperatureC: 61, powerW: 2_000 }));
      await reaches('stopping');
      await finished(session.sessionId, 'stop', 'no_reply');
      expect((await reaches('charging')).detail).toBe('stop_failed: no_reply');
      world.clock.advance(61_000);
      await world.say(facts.progress(orderRef, { durationS: 120, temperatureC: 61, powerW: 2_000 }));
      await reaches('stopping');
      await eventually(() => {
        expect(world.command.ordersOf(session.sessionId)).toEqual(['charge.start', 'charge.stop', 'charge.stop']);
      });
    });
  });

  it('E10 decision 18 pushes progress at most once per notify_interval, with real samples', async () => {
    const { orderRef } = await start({ notifyIntervalS: 60 });
    for (const durationS of [10, 40, 69, 71, 100, 135]) {
      const at = world.clock.iso(durationS * 1000);
      await world.say(facts.progress(orderRef, { durationS, energyWh: durationS, at }));
    }
    await eventually(async () => {
      expect((await status()).session?.durationS).toBe(135);
    });
    const pushed = await tells('charging.progress', 3);
    expect(pushed.map(({ data }) => (data as { durationS: number }).durationS)).toEqual([10, 71, 135]);
    const [kept] = await world.postgres.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM session.meter_values JOIN session.charging_sessions USING (internal_order_id) WHERE device_id = $1`,
      [deviceId],
    );
    expect(kept?.n).toBe(6);
  });

  describe('charges without an end', () => {
    it('gives up one that was interrupted for 24 h, and only stores its settlement', async () => {
      const order = ref();
      await world.say(facts.connected(), facts.heartbeat(), facts.progress(order, { energyWh: 120 }));
      await reaches('charging');
      world.clock.advance(400_000);
      await sweep();
      await reaches('interrupted');
      world.clock.advance(24 * HOUR - 1_000);
      await sweep();
      expect((await status()).session?.state).toBe('interrupted');
      world.clock.advance(2_000);
      await sweep();
      await reaches('failed');
      const [failed] = await tells('charging.failed');
      expect(failed?.data).toMatchObject({ reason: 'not_settled', lastEnergyWh: 120 });
      const late = facts.settled(order);
      await world.say(late, late);
      await tells('system.alarm');
      expect(world.eventsOf(deviceId, 'charging.completed')).toHaveLength(0);
      const [row] = await world.postgres.query(
        'SELECT energy_wh, status FROM session.charging_sessions WHERE device_id = $1',
        [deviceId],
      );
      expect(row).toEqual({ energy_wh: 580, status: 'failed' });
    });

    it('frees the port of one whose port has long been idle, and takes its settlement later', async () => {
      const order = ref();
      await world.say(facts.connected(), facts.progress(order));
      await reaches('charging');
      world.clock.advance(MINUTE);
      await world.say(facts.heartbeat());
      await eventually(async () => {
        expect((await status()).portState).toBe('idle');
      });
      expect((await status()).session?.state).toBe('charging'); // the port's state ends nothing
      for (let minutes = 0; minutes < 36; minutes += 3) {
        world.clock.advance(3 * MINUTE);
        await world.say(facts.heartbeat());
      }
      await tells('device.heartbeat', 13);
      await sweep();
      expect((await reaches('interrupted')).detail).toBe('settlement_missing');
      await start();
      await world.say(facts.settled(order));
      await tells('charging.completed');
    });
  });

  describe('faults', () => {
    it('I12 I13 opens one per port and token, and closes it when the port is well', async () => {
      const hot = [{ portNo: 1, state: 'fault' as const, fault: 'relay_stuck' }];
      await world.say(facts.heartbeat({ ports: hot }));
      world.clock.advance(1_000);
      await world.say(facts.heartbeat({ ports: hot }));
      await tells('device.heartbeat', 2);
      const [fault] = await tells('device.fault');
      expect(fault?.data).toMatchObject({
        faultType: 'relay_stuck',
        severity: 'critical',
        portNo: 1,
        autoRecovery: true,
      });
      world.clock.advance(60_000);
      await world.say(facts.heartbeat());
      const [recovered] = await tells('device.recovered');
      expect(recovered?.data).toMatchObject({ faultType: 'relay_stuck', durationS: 61 });
      expect((await device()).openFaults).toBe(0);
    });

    it('closes an alarm without an end after 24 h without a repeat', async () => {
      const smoke = () => ({
        type: 'device.fault' as const,
        id: `fact-${randomUUID()}`,
        deviceId,
        at: world.clock.iso(),
        token: 'smoke',
        portNo: null,
        severity: 'critical' as const,
        latched: true,
        details: { sensor_id: 0 },
      });
      await world.say(smoke());
      await tells('device.fault');
      world.clock.advance(20 * HOUR);
      await world.say(smoke(), facts.heartbeat());
      await tells('device.heartbeat');
      world.clock.advance(20 * HOUR);
      await sweep();
      expect((await device()).openFaults).toBe(1);
      world.clock.advance(5 * HOUR);
      await sweep();
      const [recovered] = await tells('device.recovered');
      expect(recovered?.data).toMatchObject({ faultType: 'smoke' });
      expect(world.eventsOf(deviceId, 'device.fault')).toHaveLength(1);
    });
  });

  describe('devices that nobody owns', () => {
    it('U02 keeps what they say, shows them, and handles it once they are adopted', async () => {
      const stranger = DeviceId.parse(`04${randomUUID().slice(0, 6).toUpperCase()}`);
      const theirs = new Facts(stranger, world.clock);
      await world.say(theirs.connected(), theirs.registered(), theirs.settled(ref(), { energyWh: 77 }));
      const listed = await eventually(async () => {
        const page = await world.bus.ask(ListQuarantined, { page: PAGE });
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
      const adopted = await world.bus.ask(AdoptDevice, { tenantId: TENANT, deviceId: stranger, ...registration });
      expect(adopted).toMatchObject({ deviceId: stranger, online: true, firmwareVersion: '6.40', portCount: 2 });
      await eventually(() => {
        expect(world.eventsOf(stranger, 'charging.completed')[0]?.data).toMatchObject({ energyWh: 77 });
      });
      expect((await world.bus.ask(ListQuarantined, { page: PAGE })).items.map((i) => i.deviceId)).not.toContain(
        stranger,
      );
      await expect(
        world.bus.ask(AdoptDevice, { tenantId: OTHER_TENANT, deviceId: stranger, ...registration }),
      ).rejects.toMatchObject({ name: 'DEVICE_NOT_FOUND' });
    });
  });

  it('A09 answers a card once, and the same question with the same answer', async () => {
    const question = { deviceId, causeId: `card-${randomUUID()}`, cardId: 'AABBCCDD', cardNumber: '1', portNo: 1 };
    const first = await world.bus.ask(AuthoriseCard, question);
    expect(first.decision).toBe('unknown_card');
    await world.say(facts.heartbeat({ ports: [{ portNo: 1, state: 'fault', fault: 'relay_stuck' }] }));
    await tells('device.fault');
    expect(await world.bus.ask(AuthoriseCard, question)).toEqual(first);
    const other = await world.bus.ask(AuthoriseCard, { ...question, causeId: `card-${randomUUID()}` });
    expect(other.decision).toBe('port_fault');
    const stranger = await world.bus.ask(AuthoriseCard, { ...question, deviceId: 'FFFFFFFF' as DeviceId });
    expect(stranger.decision).toBe('device_not_registered');
  });

  it('A18 keeps the latest notice of each topic for people to read', async () => {
    const notice = (topic: string, details: Record<string, unknown>) => ({
      type: 'device.notice' as const,
      id: `fact-${randomUUID()}`,
      deviceId,
      at: world.clock.iso(),
      topic,
      details,
    });
    await world.say(notice('security_event', { type: 'ResetOrReboot' }), notice('reservation', { status: 'Expired' }));
    await world.say(notice('security_event', { type: 'MemoryExhaustion' }));
    await eventually(async () => {
      expect((await device()).attributes.notices).toMatchObject({
        security_event: { type: 'MemoryExhaustion' },
        reservation: { status: 'Expired' },
      });
    });
  });

  it('I14 keeps frames that cannot be read, and raises an alarm for a settlement', async () => {
    const rejected = {
      type: 'frame.rejected' as const,
      id: `fact-${randomUUID()}`,
      deviceId,
      at: world.clock.iso(),
      reason: 'payload too short',
      command: '03',
      hex: '444e59',
      isSettlement: true,
    };
    await world.say(rejected, rejected);
    const [alarm] = await tells('system.alarm');
    expect(alarm?.data).toMatchObject({ alarmType: 'settlement_undecodable', severity: 'critical' });
    const rows = await world.postgres.query('SELECT hex FROM session.rejected_frames WHERE device_id = $1', [deviceId]);
    expect(rows).toEqual([{ hex: '444e59' }]);
  });

  it('G01 G04 D12 lists devices and sessions by page and cursor, each tenant its own', async () => {
    const order = ref();
    await world.say(facts.connected(), facts.heartbeat(), facts.progress(order));
    await reaches('charging');
    const all: string[] = [];
    for (let cursor: string | null = null, first = true; first || cursor !== null; first = false) {
      const page: ReplyOf<typeof ListDevices> = await world.bus.ask(ListDevices, {
        tenantId: TENANT,
        online: null,
        type: null,
        region: null,
        protocol: null,
        model: null,
        text: null,
        page: { ...PAGE, limit: 3, cursor },
      });
      all.push(...page.items.map((item) => item.deviceId));
      cursor = page.nextCursor;
      expect(page.total).toBeGreaterThanOrEqual(all.length);
    }
    expect(new Set(all).size).toBe(all.length);
    expect(all).toContain(deviceId);
    const sessions = await world.bus.ask(ListSessions, {
      tenantId: TENANT,
      deviceId,
      orderNo: null,
      state: 'charging',
      page: PAGE,
    });
    expect(sessions.items.map((item) => item.deviceId)).toEqual([deviceId]);
    const foreign = await world.bus.ask(ListSessions, {
      tenantId: OTHER_TENANT,
      deviceId,
      orderNo: null,
      state: null,
      page: PAGE,
    });
    expect(foreign).toMatchObject({ items: [], total: 0 });
    const realtime = await world.bus.ask(GetDeviceRealtime, { tenantId: TENANT, deviceId });
    expect(realtime.ports[0]).toMatchObject({
      state: 'charging',
      powerW: 600,
      sample: { energyWh: 10, voltageV: 221.5 },
    });
  });

  it('B10 rebuilds the shadow from Postgres after Redis was emptied', async () => {
    const order = ref();
    await world.say(facts.connected(), facts.heartbeat(), facts.progress(order, { energyWh: 42, durationS: 99 }));
    await reaches('charging');
    const before = await status();
    await world.redis.flushall();
    expect(await status()).toEqual(before);
    await world.redis.flushall();
    await world.say(facts.progress(order, { energyWh: 43, durationS: 109 }));
    await eventually(async () => {
      expect((await status()).session).toMatchObject({ energyWh: 43, sessionId: before.session?.sessionId });
    });
  });
});
