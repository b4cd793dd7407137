import { randomUUID } from 'node:crypto';
import { orderTagOf, toInstant } from '@chargebus/domain';
import type { DeviceId, OrderRef } from '@chargebus/domain';
import type { EventEnvelope, ProtocolEventOf } from '@chargebus/events';
import { AuthoriseCard, GetChargeStatus, StartCharge, StopCharge } from '@chargebus/requests';
import { eventually } from '@chargebus/testing';
import { Sweeper } from '../src/sweeper/sweeper';
import { Facts } from './facts';
import { CLIENT, TENANT, World } from './harness';
import type { Replica } from './harness';

type Step = ProtocolEventOf<'charge.transaction'>;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('charges that stations name themselves', () => {
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
    deviceId = await world.registerDevice();
    facts = new Facts(deviceId, world.clock);
  });

  /** A step as of `ageMs` ago. */
  const step = (transactionRef: string | null, fields: Partial<Step>, ageMs = 0): Step => {
    const occurredAt = toInstant(world.clock.now() - ageMs);
    return {
      type: 'charge.transaction',
      id: `fact-${randomUUID()}`,
      deviceId,
      at: world.clock.iso(),
      transactionRef,
      step: 'updated',
      seqNo: null,
      occurredAt,
      clockSuspect: false,
      offline: false,
      portNo: 1,
      orderRef: null,
      orderNumber: null,
      source: 'card',
      cardId: null,
      authorised: false,
      energyFlows: null,
      beginRegisterWh: null,
      endRegisterWh: null,
      samples: [],
      end: null,
      attributes: {},
      ...fields,
    };
  };
  const started = (ref: string, registerWh: number, fields: Partial<Step> = {}, ageMs = 0): Step =>
    step(ref, { step: 'started', authorised: true, beginRegisterWh: registerWh, cardId: 'CARD1', ...fields }, ageMs);
  const reading = (ref: string | null, registerWh: number, ageMs = 0, fields: Partial<Step> = {}): Step => {
    const at = toInstant(world.clock.now() - ageMs);
    const none = { voltageV: null, currentA: null, frequencyHz: null, temperatureC: null, socPct: null };
    return step(ref, { samples: [{ at, registerWh, powerW: 7_000, ...none }], ...fields }, ageMs);
  };
  const ended = (ref: string | null, registerWh: number, fields: Partial<Step> = {}, ageMs = 0): Step =>
    step(
      ref,
      {
        step: 'ended',
        portNo: null,
        endRegisterWh: registerWh,
        end: { reason: 'unplugged', endClass: 'stopped', whenEmpty: null },
        ...fields,
      },
      ageMs,
    );
  const status = (portNo = 1) => world.bus.ask(GetChargeStatus, { tenantId: TENANT, deviceId, portNo });
  const tells = (type: string, count = 1): Promise<readonly EventEnvelope[]> =>
    eventually(() => {
      const events = world.eventsOf(deviceId, type);
      expect(events).toHaveLength(count);
      return events;
    });
  const sweep = (): Promise<number> => replica.context.get(Sweeper).sweep();
  const order = async () => {
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
    });
    const command = world.command.submitted.find(({ sessionId }) => sessionId === session.sessionId)?.command;
    return { session, orderRef: (command?.kind === 'charge.start' ? command.orderRef : '') as OrderRef };
  };

  it('A11 accounts for a charge by card with the difference of the registers, once', async () => {
    const start = started('4711', 1_000_000, {}, 10 * MINUTE);
    const stop = ended('4711', 1_005_250);
    await world.say(start, reading('4711', 1_002_000, 5 * MINUTE), start, stop, stop, { ...stop, id: stop.id });
    const [completed] = await tells('charging.completed');
    expect(completed?.data).toMatchObject({
      energyWh: 5_250,
      durationS: 600,
      endReason: 'unplugged',
      cardId: 'CARD1',
      source: 'card',
      startedAt: start.occurredAt,
      endedAt: stop.occurredAt,
      meter: { transactionRef: '4711', startWh: 1_000_000, stopWh: 1_005_250, suspect: false, estimated: false },
    });
    expect(await tells('charging.started')).toHaveLength(1);
    expect((await tells('charging.progress'))[0]?.data).toMatchObject({ energyWh: 2_000, durationS: 300 });
  });

  it('A11 knows the order by its one-time card, after a restart too, and stops the charge by its own name', async () => {
    const { session, orderRef } = await order();
    await world.say(facts.replied(orderRef, { unproven: true }));
    await world.say(started('77', 500, { source: 'platform', cardId: orderTagOf(orderRef).toLowerCase() }));
    const [begun] = await tells('charging.started');
    expect(begun?.data).toMatchObject({ sessionId: session.sessionId, source: 'platform' });
    await world.bus.ask(StopCharge, {
      tenantId: TENANT,
      clientId: CLIENT,
      deviceId,
      portNo: 1,
      orderNo: null,
      reason: 'user_stop',
      force: false,
      waitMs: null,
    });
    const stop = await eventually(() => {
      const found = world.command.submitted.find(
        ({ command }) => command.kind === 'charge.stop' && command.orderRef === orderRef,
      );
      expect(found).toBeDefined();
      return found!;
    });
    expect(stop.command).toMatchObject({ kind: 'charge.stop', transactionRef: '77' });
    await world.say(ended('77', 900, { end: { reason: 'local', endClass: 'stopped', whenEmpty: null } }));
    const [completed] = await tells('charging.completed');
    expect(completed?.data).toMatchObject({ energyWh: 400, endReason: 'user_stop', abnormal: false });
  });

  const stopsOf = (ref: string) =>
    world.command.submitted.filter(
      ({ command, deviceId: whose }) =>
        whose === deviceId && command.kind === 'charge.stop' && command.transactionRef === ref,
    );
  const isStopped = (ref: string, times: number) =>
    eventually(async () => {
      await sweep();
      expect(stopsOf(ref)).toHaveLength(times);
    });

  it('A11 stops a charge whose card was refused when its station does not end it by itself', async () => {
    await world.say(started('91', 0, { authorised: false, refused: true }));
    await world.say(reading('91', 0));
    world.clock.advance(59_000);
    await sweep();
    expect(stopsOf('91')).toHaveLength(0);
    world.clock.advance(2_000);
    await isStopped('91', 1);
  });

  it('A11 orders a stop once more that was accepted and ended nothing, and no third time', async () => {
    await world.say(started('92', 1_000), reading('92', 1_500));
    await tells('charging.started');
    await world.bus.ask(StopCharge, {
      tenantId: TENANT,
      clientId: CLIENT,
      deviceId,
      portNo: 1,
      orderNo: null,
      reason: 'user_stop',
      force: false,
      waitMs: null,
    });
    await isStopped('92', 1);
    const { command } = stopsOf('92')[0]!;
    const orderRef = (command.kind === 'charge.stop' ? command.orderRef : '') as OrderRef;
    await world.say(facts.replied(orderRef, { action: 'stop', executed: true }));
    await tells('charging.stopped');
    world.clock.advance(61_000);
    await isStopped('92', 2);
    await world.say(facts.replied(orderRef, { action: 'stop', executed: true }));
    world.clock.advance(120_000);
    await sweep();
    expect(stopsOf('92')).toHaveLength(2);
    await world.say(ended('92', 1_600));
    const [completed] = await tells('charging.completed');
    expect(completed?.data).toMatchObject({ energyWh: 600, endReason: 'user_stop' });
    expect(await tells('charging.stopped')).toHaveLength(1);
  });

  it('A09 accepts the one-time card of an order while the order is open, and no other one', async () => {
    const { orderRef } = await order();
    const asks = async (cardId: string) => {
      const question = { deviceId, causeId: `ask-${randomUUID()}`, cardId, cardNumber: cardId, portNo: 1 };
      return (await world.bus.ask(AuthoriseCard, question)).decision;
    };
    expect(await asks(orderTagOf(orderRef))).toBe('accepted');
    expect(await asks(orderRef)).toBe('accepted');
    expect(await asks(orderTagOf('11112222333344445555666677778888'))).toBe('unknown_card');
    await world.say(facts.replied(orderRef, { executed: false, reason: 'start_refused' }));
    await tells('charging.failed');
    expect(await asks(orderTagOf(orderRef))).toBe('unknown_card');
  });

  it('A11 gives every start a number of its own, and the same start the same', async () => {
    const number = async (transactionKey: string) => {
      const question = { deviceId, causeId: `ask-${randomUUID()}`, cardId: 'C1', cardNumber: 'C1', portNo: 1 };
      const { transactionNo } = await world.bus.ask(AuthoriseCard, { ...question, transactionKey });
      return transactionNo ?? Number.NaN;
    };
    const [first, again, other] = [await number('a'), await number('a'), await number('b')];
    expect(again).toBe(first);
    expect(other).not.toBe(first);
    expect([first % 64, other % 64]).toEqual([0, 0]); // never one that a driver makes of a connector
  });

  it('A11 takes a whole offline session that comes at once, with its own times', async () => {
    const offline = { offline: true };
    await world.say(
      started('1', 100, offline, 3 * HOUR),
      reading('1', 3_100, 2 * HOUR, offline),
      ended('1', 6_100, offline, HOUR),
    );
    const [completed] = await tells('charging.completed');
    expect(completed?.data).toMatchObject({ energyWh: 6_000, durationS: 7_200, meter: { offline: true } });
    expect(await tells('charging.started')).toHaveLength(1);
  });

  it('A12 heals steps out of order and waits for those that are missing', async () => {
    const ref = 'f2c1e2b0-8a41';
    const end = ended(ref, 9_000, { seqNo: 3, portNo: 1 });
    await world.say(reading(ref, 5_000, MINUTE, { seqNo: 2 }), end);
    await world.say(started(ref, 1_000, { seqNo: 0, energyFlows: true }, 2 * MINUTE));
    await tells('charging.started');
    expect(world.eventsOf(deviceId, 'charging.completed')).toHaveLength(0);
    await world.say(reading(ref, 3_000, 90_000, { seqNo: 1 }));
    const [completed] = await tells('charging.completed');
    expect(completed?.data).toMatchObject({ energyWh: 8_000, durationS: 120 });
  });

  it('A12 closes a transaction with gaps when they are not filled in time', async () => {
    const ref = 'f2c1e2b0-8a42';
    await world.say(started(ref, 1_000, { seqNo: 0 }, MINUTE), ended(ref, 1_500, { seqNo: 7, portNo: 1 }));
    await tells('charging.started');
    world.clock.advance(3 * MINUTE);
    await eventually(async () => {
      await sweep();
      expect(world.eventsOf(deviceId, 'charging.completed')).toHaveLength(1);
    });
  });

  it('starts nothing before somebody may charge and energy flows', async () => {
    const ref = 'plugged-first';
    await world.say(started(ref, 10, { seqNo: 0, authorised: false, cardId: null, source: 'unknown' }));
    await world.say(step(ref, { seqNo: 1, authorised: true, cardId: 'CARD2', energyFlows: false }));
    await world.say(step(ref, { seqNo: 2, energyFlows: true, portNo: null }));
    const [begun] = await tells('charging.started');
    expect(begun?.data).toMatchObject({ portNo: 1 });
  });

  it('closes a charge whose stop was lost when the next one begins on its port', async () => {
    await world.say(started('11', 0, {}, HOUR), reading('11', 4_000, 30 * MINUTE));
    await world.say(started('12', 4_200));
    const [failed] = await tells('charging.failed');
    expect(failed?.data).toMatchObject({ reason: 'stop_lost', lastEnergyWh: 4_000 });
    await world.say(ended('11', 4_100, {}, 20 * MINUTE));
    expect((await tells('system.alarm'))[0]?.data).toMatchObject({ alarmType: 'late_settlement' });
  });

  it('gives a charge up whose port is free for long', async () => {
    await world.say(started('21', 0, {}, MINUTE), reading('21', 900));
    await tells('charging.started');
    await world.say(facts.heartbeat());
    await eventually(async () => {
      expect((await status()).session?.state).toBe('charging');
    });
    world.clock.advance(30 * MINUTE);
    await eventually(async () => {
      await sweep();
      expect(world.eventsOf(deviceId, 'charging.failed')).toHaveLength(1);
    });
    expect(world.eventsOf(deviceId, 'charging.failed')[0]?.data).toMatchObject({ reason: 'stop_lost' });
  });

  it('flags a register that went down and bills nothing by it', async () => {
    await world.say(started('31', 5_000, {}, MINUTE), ended('31', 1_000));
    const [completed] = await tells('charging.completed');
    expect(completed?.data).toMatchObject({ energyWh: 0, meter: { startWh: 5_000, stopWh: 1_000, suspect: true } });
  });

  it('matches an end without a name to the only charge that it can mean, and reports one that nobody knows', async () => {
    await world.say(started('41', 0, {}, MINUTE), ended(null, 300, { cardId: 'card1' }));
    expect((await tells('charging.completed'))[0]?.data).toMatchObject({ energyWh: 300 });
    await world.say(ended('999', 12));
    expect((await tells('system.alarm'))[0]?.data).toMatchObject({ alarmType: 'orphan_transaction' });
  });

  it('keeps a second, different end and raises an alarm', async () => {
    await world.say(started('51', 0, {}, MINUTE), ended('51', 300));
    await tells('charging.completed');
    await world.say(ended('51', 400));
    expect((await tells('system.alarm'))[0]?.data).toMatchObject({ alarmType: 'settlement_conflict' });
  });

  it('A12 asks the station for steps that are missing, and waits for as long as it says that more is to come', async () => {
    const ref = 'f2c1e2b0-8a43';
    const queries = () =>
      world.command.submitted.filter(
        ({ command, deviceId: id }) => command.kind === 'transaction.query' && id === deviceId,
      );
    /** Time goes by until the station has been asked this often. */
    const asked = (count: number) =>
      eventually(async () => {
        await world.say(facts.heartbeat());
        await sweep();
        if (queries().length < count) world.clock.advance(MINUTE / 2);
        expect(queries()).toHaveLength(count);
      });
    await world.say(facts.connected({ protocol: 'ocpp2.0.1' }), facts.heartbeat());
    await world.say(started(ref, 1_000, { seqNo: 0 }, MINUTE), ended(ref, 1_500, { seqNo: 7, portNo: 1 }));
    await tells('charging.started');
    await asked(1);
    expect(queries().at(-1)?.command).toEqual({ kind: 'transaction.query', transactionRef: ref });
    await world.say(reading(ref, 1_400, 0, { portNo: null, moreToCome: true }));
    await tells('charging.progress');
    await asked(2);
    expect(world.eventsOf(deviceId, 'charging.completed')).toHaveLength(0);
    await world.say(step(ref, { portNo: null, source: 'unknown', moreToCome: false }));
    const [completed] = await tells('charging.completed');
    expect(completed?.data).toMatchObject({ energyWh: 500, meter: { incomplete: true } });
  });

  it('A12 corrects an account when a step that was missing changes it, and says which one it replaces', async () => {
    const ref = 'f2c1e2b0-8a44';
    const end = ended(ref, 9_000, { seqNo: 2, portNo: 1 });
    await world.say(reading(ref, 5_000, MINUTE, { seqNo: 1, authorised: true, energyFlows: true }), end);
    await tells('charging.started');
    world.clock.advance(3 * MINUTE);
    await eventually(async () => {
      await sweep();
      expect(world.eventsOf(deviceId, 'charging.completed')).toHaveLength(1);
    });
    const [completed] = world.eventsOf(deviceId, 'charging.completed');
    expect(completed?.data).toMatchObject({ energyWh: 4_000, meter: { estimated: true, incomplete: true } });
    const late = started(ref, 1_000, { seqNo: 0, offline: true }, 10 * MINUTE);
    await world.say(late, late, end);
    const [corrected] = await tells('charging.corrected');
    expect(corrected?.data).toMatchObject({
      supersedes: completed?.id,
      energyWh: 8_000,
      startedAt: late.occurredAt,
      endedAt: end.occurredAt,
      estimated: false,
      incomplete: false,
    });
    expect(world.eventsOf(deviceId, 'charging.completed')).toHaveLength(1);
    expect(world.eventsOf(deviceId, 'system.alarm')).toEqual([]);
  });

  it('A12 corrects the estimate of a charge whose stop was thought lost', async () => {
    await world.say(started('61', 0, {}, HOUR), reading('61', 4_000, 30 * MINUTE));
    await world.say(started('62', 4_200));
    const [failed] = await tells('charging.failed');
    const end = ended('61', 4_100, {}, 20 * MINUTE);
    await world.say(end, end);
    const [corrected] = await tells('charging.corrected');
    expect(corrected?.data).toMatchObject({ supersedes: failed?.id, energyWh: 4_100, endReason: 'unplugged' });
  });
});
