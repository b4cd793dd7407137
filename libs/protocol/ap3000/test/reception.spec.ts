import { toInstant } from '@chargebus/domain';
import type { DeviceId } from '@chargebus/domain';
import type { Answer, QuestionReply } from '@chargebus/protocol-core';
import { fromHex } from '@chargebus/protocol-core';
import { decodeFrame } from '../src';
import { wrapPayload } from '../src/frame';
import { factOf, NOW_MS } from '@chargebus/protocol-core/conformance';
import { DEVICE, Line, ORDER } from './a-line';

const HEARTBEAT = { voltageV: 234.7, portCount: 2, portStatuses: [0, 5], signal: 0, temperatureC: 28 };
const OLD_HEARTBEAT = {
  firmwareVersion: 640,
  voltageV: 234.2,
  portCount: 2,
  portStatuses: [0, 9],
  portPowersW: [0, 0],
  portPeakPowersW: [0, 0],
  virtualId: 10,
  signal: 0,
};
const REGISTRATION = { firmwareVersion: 640, portCount: 2, virtualId: 10, deviceType: 0x31, workMode: 6 };
const SETTLEMENT = {
  durationS: 3600,
  maxPowerW: 100,
  energyKwh: 0.48,
  port: 1,
  startMode: 1,
  cardOrCodeHex: '00000000',
  stopReason: 3,
  orderHex: ORDER,
};
const REPORT = {
  port: 1,
  portStatus: 1,
  durationS: 300,
  energyKwh: 0.02,
  startMode: 1,
  powerW: 238.4,
  maxPowerW: 241,
  minPowerW: 230.2,
  avgPowerW: 236.9,
  orderHex: ORDER,
};
const HOST = { firmwareVersion: 616, rtcModule: 2, hostTimestamp: 0, signal: 131, moduleType: 7 };
const DUAL_HOST = { ...HOST, iccid: '898604D9162390488297', hostType: 0x55, frequencyMHz: 0, imei: '864452069762472' };

const answered = (answer: Answer): unknown => {
  if (answer.when !== 'now' && answer.when !== 'stored') return answer.when;
  const decoded = decodeFrame(answer.bytes, 'down');
  return decoded.ok && { when: answer.when, ...decoded.frame };
};

describe('what AP3000 frames mean', () => {
  it('A01 registers a device with the ICCID of its connection and answers 0 at once', () => {
    const line = new Line();
    line.pushes('898604D9162390488297');
    line.pushes('89860413161892009275'); // a second one is ignored
    const { facts, answer } = line.says('20', REGISTRATION, 443);
    expect(facts).toEqual([
      {
        type: 'device.registered',
        id: `04A26CF3:20:443:${toInstant(NOW_MS)}`,
        deviceId: DEVICE,
        at: toInstant(NOW_MS),
        protocol: 'ap3000',
        deviceNo: '10644723',
        model: 'dual_socket',
        firmwareVersion: '6.40',
        portCount: 2,
        iccid: '898604D9162390488297',
        imei: null,
        attributes: { virtualId: 10, deviceType: 0x31, workMode: 6 },
      },
    ]);
    expect(answered(answer)).toEqual({
      when: 'now',
      physicalId: '04A26CF3',
      messageId: 443,
      command: '20',
      fields: { result: 0 },
    });
  });

  it('A01 A10 turns a heartbeat into the state of every port, counted from 1', () => {
    const { facts } = new Line().says('21', { ...HEARTBEAT, portCount: 3, portStatuses: [0, 5, 0x0e] });
    expect(factOf(facts, 'device.heartbeat')).toMatchObject({
      voltageV: 234.7,
      temperatureC: 28,
      ports: [
        { portNo: 1, state: 'idle', fault: null },
        { portNo: 2, state: 'charging', fault: null },
        { portNo: 3, state: 'fault', fault: 'relay_stuck' },
      ],
    });
  });

  it.each([
    [0x03, 'finished', null],
    [0x04, 'fault', 'metering'],
    [0x0c, 'unknown', null],
    [0x10, 'fault', 'detection_circuit'],
    [0xee, 'unknown', null],
  ])('names port status %i %s', (status, state, fault) => {
    const { facts } = new Line().says('21', { ...HEARTBEAT, portCount: 1, portStatuses: [status] });
    expect(factOf(facts, 'device.heartbeat').ports).toEqual([{ portNo: 1, state, fault }]);
  });

  it('leaves the first 0x01 of a silent device unanswered and answers from the second on', () => {
    const line = new Line();
    expect(line.says('01', OLD_HEARTBEAT, 5).answer.when).toBe('never');
    const again = line.says('01', OLD_HEARTBEAT, 5); // the same frame once more
    expect(again.facts).toEqual([]);
    expect(again.answer.when).toBe('now');
    expect(line.says('01', OLD_HEARTBEAT).answer.when).toBe('now');
  });

  it.each(['20', '21'] as const)('never answers a 0x01 once the device has sent 0x%s', (command) => {
    const line = new Line();
    line.says('01', OLD_HEARTBEAT);
    if (command === '20') line.says('20', REGISTRATION);
    else line.says('21', HEARTBEAT);
    expect(line.says('01', OLD_HEARTBEAT).answer.when).toBe('never');
    expect(line.says('01', OLD_HEARTBEAT).facts).toHaveLength(1);
  });

  it.each(['12', '22'] as const)('tells the time to 0x%s in Unix seconds', (command) => {
    const { facts, answer } = new Line().says(command, {}, 9);
    expect(facts).toEqual([]);
    expect(answered(answer)).toMatchObject({
      when: 'now',
      command,
      messageId: 9,
      fields: { timestamp: NOW_MS / 1000 },
    });
  });

  it('A06 turns a power report into a sample with totals since the start', () => {
    const { facts, answer } = new Line().says('06', {
      ...REPORT,
      intervalEnergyRaw: 1,
      peakPowerW: 250,
      voltageV: 226.3,
      currentA: 1.053,
      envTemperatureC: 33,
      portTemperatureC: null,
    });
    expect(answer.when).toBe('never');
    expect(factOf(facts, 'charge.progress')).toMatchObject({
      portNo: 2,
      orderRef: ORDER,
      source: 'platform',
      portState: 'charging',
      phase: 'charging',
      durationS: 300,
      energyWh: 20,
      powerW: 238.4,
      maxPowerW: 250,
      voltageV: 226.3,
      currentA: 1.053,
      temperatureC: null,
      envTemperatureC: 33,
    });
  });

  it('reads no port state from the 0 in the last power report', () => {
    const { facts } = new Line().says('06', { ...REPORT, portStatus: 0, startMode: 0 });
    expect(factOf(facts, 'charge.progress')).toMatchObject({ portState: null, source: 'card', maxPowerW: 241 });
  });

  it('A07 settles a charge, to be answered once it is stored', () => {
    const { facts, answer } = new Line().says(
      '03',
      { ...SETTLEMENT, secondMaxPowerW: 90, timestamp: 1_767_323_000 },
      67,
    );
    expect(answered(answer)).toMatchObject({ when: 'stored', command: '03', messageId: 67, fields: { result: 0 } });
    expect(factOf(facts, 'charge.settled')).toMatchObject({
      portNo: 2,
      orderRef: ORDER,
      source: 'platform',
      cardId: null,
      startedAt: toInstant(1_767_319_400_000),
      endedAt: toInstant(1_767_323_000_000),
      durationS: 3600,
      energyWh: 480,
      maxPowerW: 100,
      endReason: 'time_reached',
      endClass: 'planned',
      fault: null,
    });
  });

  it('A07 keeps the id of a settlement that comes again hours later, with another message id and time', () => {
    const line = new Line();
    const first = line.says('03', { ...SETTLEMENT, secondMaxPowerW: 90, timestamp: 1_756_690_000 });
    line.atMs += 6 * 3_600_000;
    const again = new Line().says('03', { ...SETTLEMENT, secondMaxPowerW: 91, timestamp: 1_756_711_600 });
    expect(again.facts.map(({ id }) => id)).toEqual(first.facts.map(({ id }) => id));
    expect(line.says('03', { ...SETTLEMENT, durationS: 3601 }).facts[0]?.id).not.toBe(first.facts[0]?.id);
  });

  it('hands a settlement out again when it is repeated at once: it is never answered before it is stored', () => {
    const line = new Line();
    const first = line.says('03', SETTLEMENT, 5);
    expect(line.says('03', SETTLEMENT, 5)).toEqual(first);
    expect(first.answer.when).toBe('stored');
  });

  it.each([
    ['before 2020', 1_500_000_000],
    ['more than five minutes ahead', NOW_MS / 1000 + 301],
  ])('does not believe a device clock %s', (_name, timestamp) => {
    const { facts } = new Line().says('03', { ...SETTLEMENT, secondMaxPowerW: 90, timestamp });
    expect(factOf(facts, 'charge.settled').endedAt).toBe(toInstant(NOW_MS));
  });

  it.each([
    [0x05, 'stopped', 'unplugged', null],
    [0x06, 'fault', 'overload', 'overload'],
    [0x07, 'stopped', 'remote', null],
    [0x0d, 'stopped', 'unplugged', null],
    [0x18, 'fault', 'fire_system', 'fire_system'],
    [0x1c, 'stopped', 'low_power', null],
    [0xc7, 'stopped', 'unknown_C7', null],
  ])('ends with stop reason %i as %s by %s', (stopReason, endClass, endReason, fault) => {
    const { facts } = new Line().says('03', { ...SETTLEMENT, stopReason });
    expect(factOf(facts, 'charge.settled')).toMatchObject({ endClass, endReason, fault });
  });

  it('keeps the card of an offline start and takes zeros for no order', () => {
    const fields = { ...SETTLEMENT, startMode: 0, cardOrCodeHex: '7a8d05dd', orderHex: '0'.repeat(32) };
    const { facts } = new Line().says('03', fields);
    expect(factOf(facts, 'charge.settled')).toMatchObject({ source: 'card', cardId: '7A8D05DD', orderRef: null });
  });

  it('stores a settlement that is too short, raises it to a person and answers it with 0', () => {
    const line = new Line();
    const { facts, answer } = line.receives(fromHex('444e5910008cd61204910103100ee8033000014204'));
    expect(factOf(facts, 'frame.rejected')).toMatchObject({ isSettlement: true, reason: 'payload_too_short' });
    expect(answered(answer)).toMatchObject({ when: 'stored', command: '03', messageId: 0x191, fields: { result: 0 } });
  });

  it('confirms an order of an old device once, however often it says so', () => {
    const line = new Line();
    const fields = { port: 4, startMode: 1, cardOrCodeHex: '00000000', durationS: 5, orderHex: ORDER };
    const first = line.says('04', fields, 8);
    expect(answered(first.answer)).toMatchObject({ when: 'stored', fields: { port: 4, result: 0 } });
    const again = line.says('04', { ...fields, durationS: 185 });
    expect(again.facts[0]?.id).toBe(first.facts[0]?.id);
    expect(factOf(first.facts, 'charge.started')).toMatchObject({ portNo: 5, orderRef: ORDER, source: 'platform' });
  });

  it('reports a charge that waits for its user', () => {
    const { facts, answer } = new Line().says('43', SETTLEMENT);
    expect(factOf(facts, 'charge.progress')).toMatchObject({ phase: 'finished_waiting_pickup', energyWh: 480 });
    expect(answer.when).toBe('never');
  });

  it.each([
    [
      { alarmType: 1, port: 9 },
      { token: 'mains_power_lost', portNo: null },
    ],
    [
      { alarmType: 3, port: 0, trigger: 0 },
      { token: 'fire_suppression', portNo: 1 },
    ],
    [
      { alarmType: 4, port: 7, trigger: 5 },
      { token: 'smoke', details: { sensorAddress: 7, inputs: [1, 3] } },
    ],
    [
      { alarmType: 2, port: 0, trigger: 0 },
      { token: 'water', details: { sensorAddress: 0, inputs: [] } },
    ],
    [{ alarmType: 99, port: 0, trigger: 0 }, { token: 'unknown_63' }],
  ])('raises the alarm %j', (fields, expected) => {
    const { facts, answer } = new Line().says('42', fields);
    expect(factOf(facts, 'device.fault')).toMatchObject({ ...expected, latched: true });
    expect(answer.when).toBe('never');
  });

  it('raises a cabinet door that was left open', () => {
    const { facts } = new Line().says('44', { pushType: 1, port: 6, orderHex: ORDER });
    expect(factOf(facts, 'device.fault')).toMatchObject({ token: 'door_not_closed', portNo: 7 });
  });

  it('lets a combined host keep the model and firmware of its socket', () => {
    const { facts, answer } = new Line().says('11', DUAL_HOST);
    expect(answer.when).toBe('never');
    expect(factOf(facts, 'device.registered')).toMatchObject({
      model: null,
      firmwareVersion: null,
      imei: '864452069762472',
      attributes: { host: { firmwareVersion: '6.16', hostType: 0x55, signal: 31 } },
    });
  });

  it('registers a host again only when its version, ICCID or IMEI changed', () => {
    const line = new Line('09D62684' as DeviceId);
    expect(factOf(line.says('11', DUAL_HOST).facts, 'device.registered').model).toBe('host');
    expect(line.says('11', DUAL_HOST).facts.map(({ type }) => type)).toEqual(['device.heartbeat']);
    const changed = line.says('11', { ...DUAL_HOST, firmwareVersion: 617 });
    expect(changed.facts.map(({ type }) => type)).toEqual(['device.registered']);
  });

  it('raises smoke when a breaker begins to report it and clears it when it stops', () => {
    const line = new Line('0AD62684' as DeviceId);
    const says = (smokeAlarm: number) =>
      line.says('17', {
        breakerState: 1,
        temperatureRaw: 33,
        voltageV: 229.9,
        currentA: 12.34,
        energyKwh: 1234.56,
        meterCurrentA: 12.31,
        meterEnergyKwh: 1230.01,
        smokeAlarm,
        alarmRelay: 0,
        leakageMa: 3,
      }).facts;
    expect(says(1).map(({ type }) => type)).toEqual(['device.heartbeat', 'device.fault']);
    expect(says(1).map(({ type }) => type)).toEqual(['device.heartbeat']);
    expect(says(0).map(({ type }) => type)).toEqual(['device.heartbeat', 'device.fault_cleared']);
    expect(factOf(says(0), 'device.heartbeat')).toMatchObject({ voltageV: 229.9, attributes: { breakerState: 1 } });
  });

  it('tells what hangs behind a host', () => {
    const entry = { deviceType: 49, reserved: 0, lowestFirmwareVersion: 640, physicalId: '04A228CD' };
    const { facts } = new Line().says('35', { count: 1, entries: [entry] });
    const entries = [{ deviceType: 49, lowestFirmwareVersion: '6.40', deviceId: '04A228CD' }];
    expect(factOf(facts, 'device.inventory').entries).toEqual(entries);
  });

  it.each([
    ['05', {}, 'never'],
    ['15', {}, 'now'],
    ['E0', { result: 0, packet: 0 }, 'never'],
    ['FA', { result: 0, packet: 0 }, 'never'],
  ])('A08 takes an unasked 0x%s for an upgrade request', (command, fields, when) => {
    const { facts, answer } = new Line().says(command, fields);
    expect(factOf(facts, 'firmware.progress').phase).toBe('requested');
    expect(answer.when).toBe(when);
  });

  it('keeps an unknown command raw and does not answer it', () => {
    const { facts, answer } = new Line().says('7E', { extraHex: '0102' });
    expect(factOf(facts, 'frame.rejected')).toMatchObject({
      reason: 'unknown_command',
      command: '7E',
      isSettlement: false,
    });
    expect(answer.when).toBe('never');
  });

  it('answers the undocumented 0x23 only where the installation wants it, once the frame is stored', () => {
    expect(new Line().says('23', { extraHex: '01' }).answer.when).toBe('never');
    const { answer } = new Line(DEVICE, { acknowledge23: true }).says('23', { extraHex: '01' });
    expect(answered(answer)).toMatchObject({ when: 'stored', command: '23', fields: { extraHex: '00' } });
  });

  it.each(['09', '0A'])('ignores 0x%s, which belongs between slave and host', (command) => {
    expect(new Line().says(command, { extraHex: '00' })).toEqual({ facts: [], answer: { when: 'never' } });
  });

  it('raises a factory id once per connection and marks every frame of it', () => {
    const line = new Line('04B71B00' as DeviceId); // 12000000
    const bytes = line.frame('21', HEARTBEAT, 5);
    expect(line.decoded(bytes).ambiguousId).toBe(true);
    expect(factOf(line.says('21', HEARTBEAT).facts, 'device.fault').token).toBe('factory_id');
    expect(line.says('21', HEARTBEAT).facts.map(({ type }) => type)).toEqual(['device.heartbeat']);
  });

  it('B02 gives facts to a frame of the full length that the page allows', () => {
    const bytes = wrapPayload({ id: 0x04a26cf3, messageId: 1, code: 0x7e }, new Uint8Array(247));
    expect(new Line().receives(bytes).facts).toHaveLength(1);
  });
});

describe('AP3000 retransmissions', () => {
  it('answers a repeated frame with the same bytes and no facts for a minute', () => {
    const line = new Line();
    const first = line.says('21', HEARTBEAT, 5);
    line.atMs += 15_000;
    expect(line.says('21', HEARTBEAT, 5)).toEqual({ facts: [], answer: first.answer });
    line.atMs += 60_000;
    expect(line.says('21', HEARTBEAT, 5).facts).toHaveLength(1);
  });

  it('takes the same message id with another payload for news: a combined host runs two counters', () => {
    const line = new Line();
    line.says('21', HEARTBEAT, 5);
    expect(line.says('21', { ...HEARTBEAT, voltageV: 235 }, 5).facts).toHaveLength(1);
    expect(line.says('20', REGISTRATION, 5).facts).toHaveLength(1);
  });
});

describe('AP3000 card swipes', () => {
  const SWIPE = { cardId: '7A8D05DD', cardType: 1, port: 1, cardBalanceFen: 0 };
  const ask = (line: Line, fields = SWIPE, messageId = 9) => {
    const { facts, answer } = line.says('02', fields, messageId);
    if (answer.when !== 'asked') throw new Error(answer.when);
    return { facts, ...answer };
  };
  const reply = (changes: Partial<QuestionReply> = {}): QuestionReply => ({
    decision: 'accepted',
    rateMode: 'time',
    balanceFen: 2350,
    expiresAt: null,
    ...changes,
  });

  it('A09 asks whether the card may charge and tells the device what was decided', () => {
    const { facts, question, deadlineMs, encode } = ask(new Line());
    expect(factOf(facts, 'card.swiped')).toMatchObject({ cardId: '7A8D05DD', cardNumber: '2056062429', portNo: 2 });
    expect(question).toMatchObject({ kind: 'card.authorise', cardId: '7A8D05DD', portNo: 2 });
    expect(deadlineMs).toBe(12_000);
    expect(answered({ when: 'now', bytes: encode(reply()) ?? new Uint8Array(0) })).toMatchObject({
      command: '02',
      messageId: 9,
      fields: { cardId: '7A8D05DD', accountState: 0, rateMode: 0, balanceOrExpiry: 2350, port: 1 },
    });
  });

  it.each([
    [
      { decision: 'unknown_card', balanceFen: null },
      { accountState: 1, balanceOrExpiry: 0 },
    ],
    [
      { decision: 'insufficient_balance', rateMode: 'energy' },
      { accountState: 6, rateMode: 2 },
    ],
    [
      { decision: 'expired', rateMode: 'monthly', expiresAt: '2025-12-31T23:59:59.000Z' },
      { balanceOrExpiry: 1_767_225_599 },
    ],
    [{ decision: 'device_not_registered' }, { accountState: 12 }],
    [{ decision: 'port_fault' }, { accountState: 8 }],
    [{ decision: 'blocked' }, { accountState: 1 }],
    [{ balanceFen: 999_999_999 }, { balanceOrExpiry: 100_000_000 }],
  ] as const)('A09 answers %j', (changes, fields) => {
    const bytes = ask(new Line()).encode(reply(changes)) ?? new Uint8Array(0);
    expect(answered({ when: 'now', bytes })).toMatchObject({ fields });
  });

  it('stays silent when nobody decided in time, and asks the same again when the device repeats', () => {
    const line = new Line();
    const first = ask(line);
    expect(first.encode(null)).toBeNull();
    line.atMs += 15_000;
    const again = ask(line);
    expect(again.facts).toEqual([]);
    expect(again.question).toEqual(first.question);
  });

  it('repeats the answer that was given, without asking again', () => {
    const line = new Line();
    const bytes = ask(line).encode(reply());
    line.atMs += 15_000;
    expect(line.says('02', SWIPE, 9)).toEqual({ facts: [], answer: { when: 'now', bytes } });
  });

  it('asks only for the balance with port FF', () => {
    const { facts, question } = ask(new Line(), { ...SWIPE, port: 0xff });
    expect(question.portNo).toBeNull();
    expect(factOf(facts, 'card.swiped').attributes).toMatchObject({ queryOnly: true });
  });
});
