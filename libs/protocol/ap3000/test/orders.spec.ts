import type { CommandOf, DeviceId, OrderRef } from '@chargebus/domain';
import { decodeFrame } from '../src';
import type { Ap3000Options } from '../src';
import { factOf } from '@chargebus/protocol-core/conformance';
import { DEVICE, Line, ORDER } from './a-line';

const start = (changes: Partial<CommandOf<'charge.start'>> = {}): CommandOf<'charge.start'> => ({
  kind: 'charge.start',
  portNo: 1,
  orderRef: ORDER as OrderRef,
  durationLimitS: 7200,
  energyLimitWh: null,
  powerLimitW: null,
  primaryLimit: 'duration',
  stopWhenFull: false,
  maxDurationS: null,
  balanceFen: 1500,
  ...changes,
});
const stop = (changes: Partial<CommandOf<'charge.stop'>> = {}): CommandOf<'charge.stop'> => ({
  kind: 'charge.stop',
  portNo: 1,
  orderRef: ORDER as OrderRef,
  keepLocked: false,
  ...changes,
});
const modify = (changes: Partial<CommandOf<'charge.modify'>> = {}): CommandOf<'charge.modify'> => ({
  kind: 'charge.modify',
  portNo: 2,
  orderRef: ORDER as OrderRef,
  durationLimitS: 28_800,
  energyLimitWh: null,
  stopWhenFull: false,
  ...changes,
});
const OK = { result: 0, orderHex: ORDER, port: 0, waitingPortsMask: 0 };
const HEARTBEAT = { voltageV: 234.7, portCount: 2, portStatuses: [0, 1], signal: 0, temperatureC: 28 };
const OLD_HEARTBEAT = {
  firmwareVersion: 640,
  voltageV: 234.2,
  portCount: 1,
  portStatuses: [0],
  portPowersW: [0],
  portPeakPowersW: [0],
  virtualId: 10,
  signal: 0,
};
const REGISTRATION = { firmwareVersion: 640, portCount: 2, virtualId: 10, deviceType: 0x31, workMode: 6 };

describe('AP3000 start of a charge', () => {
  it('A04 sends the vector of a timed charge: 38 bytes, with the short-circuit check on', () => {
    const { last } = new Line().begins(start());
    expect(last).toMatchObject({
      command: '82',
      physicalId: DEVICE,
      fields: {
        rateMode: 0,
        balanceOrExpiry: 1500,
        port: 0,
        action: 1,
        quota: 7200,
        orderHex: ORDER,
        maxChargeS: 0,
        overloadPowerW: 0,
        qrLight: 0,
        longCharge: 0,
        extraFloatS: 0,
        shortCircuitCheck: 2,
        ignoreUnplug: 0,
        forceFullStop: 0,
        fullPowerW: 0,
        fullPowerMaxMin: 0,
      },
    });
  });

  it.each([
    [
      { primaryLimit: 'energy', energyLimitWh: 1500 },
      { rateMode: 2, quota: 150 },
    ],
    [
      { primaryLimit: 'full', maxDurationS: 28_800, durationLimitS: null },
      { rateMode: 0, quota: 0, maxChargeS: 28_800 },
    ],
    [
      { primaryLimit: 'power', powerLimitW: 500 },
      { rateMode: 0, quota: 7200, overloadPowerW: 500 },
    ],
    [
      { primaryLimit: 'power', powerLimitW: 500, durationLimitS: null, energyLimitWh: 2000 },
      { rateMode: 2, quota: 200, overloadPowerW: 500 },
    ],
    [{ powerLimitW: 7000 }, { overloadPowerW: 0 }], // beyond the wire and above every model's own limit
    [{ stopWhenFull: true }, { forceFullStop: 1 }],
    [{ portNo: null }, { port: 0xff }],
    [{ balanceFen: null }, { balanceOrExpiry: 0 }],
    [{ balanceFen: 100_000_001 }, { balanceOrExpiry: 100_000_000 }],
    [{ durationLimitS: 65_535 }, { quota: 65_535 }],
  ] as const)('A04 puts %j on the wire', (changes, fields) => {
    expect(new Line().begins(start(changes)).last.fields).toMatchObject(fields);
  });

  it.each([
    { durationLimitS: 65_536 },
    { primaryLimit: 'energy', energyLimitWh: 655_360 },
    { primaryLimit: 'energy', energyLimitWh: 4 },
    { primaryLimit: 'energy', energyLimitWh: null },
    { maxDurationS: 65_536 },
    { powerLimitW: 0.01 },
    { portNo: 256 },
    { orderRef: 'SES1' as OrderRef },
  ] as const)('refuses %j instead of wrapping it', (changes) => {
    expect(new Line().refuses(start(changes))).toMatchObject({ status: 'invalid' });
  });

  it('starts nothing on a factory id', () => {
    const line = new Line('04B71B00' as DeviceId);
    expect(line.refuses(start())).toEqual({ status: 'unsupported', reason: 'factory_id', of: 'device' });
  });

  it.each([
    [25, ['rateMode', 'balanceOrExpiry', 'port', 'action', 'quota', 'orderHex']],
    [30, expect.arrayContaining(['maxChargeS', 'overloadPowerW', 'qrLight'])],
    [37, expect.not.arrayContaining(['fullPowerMaxMin'])],
  ] as const)('leaves options out for models that take %i bytes', (bytes, names) => {
    const options: Partial<Ap3000Options> = { startPayloadBytes: () => bytes };
    const exchange = new Line(DEVICE, options).begins(start());
    expect(exchange.writes[0]).toHaveLength(bytes + 14);
    expect(Object.keys(exchange.last.fields)).toEqual(names);
  });

  it('A05 is acknowledged by result 0, and nothing is sent back', () => {
    const exchange = new Line().begins(start()).replied(OK);
    expect(exchange.outcome).toMatchObject({
      status: 'acked',
      result: { reason: 'ok', portNo: 1, alreadyDone: false },
    });
    expect(exchange.writes).toHaveLength(1);
    expect(factOf(exchange.facts, 'charge.replied')).toMatchObject({
      action: 'start',
      orderRef: ORDER,
      portNo: 1,
      executed: true,
      unproven: false,
      fault: null,
    });
  });

  it.each([
    [1, 'no_charger', null],
    [4, 'no_such_port', null],
    [6, 'total_power', null],
    [7, 'memory', 'memory'],
    [0x0a, 'short_circuit', 'short_circuit'],
    [0x0e, 'no_response', null],
    [0x77, 'unknown_77', null],
  ])('A05 is rejected by result %i: %s', (result, reason, fault) => {
    const exchange = new Line().begins(start()).replied({ ...OK, result });
    expect(exchange.outcome).toEqual({ status: 'rejected', reason });
    expect(factOf(exchange.facts, 'charge.replied')).toMatchObject({ executed: false, reason, fault });
  });

  it('A05 takes result 9 for a start with a fault, and 3 for one that must prove itself', () => {
    const stuck = new Line().begins(start()).replied({ ...OK, result: 9 });
    expect(factOf(stuck.facts, 'charge.replied')).toMatchObject({
      executed: true,
      unproven: false,
      fault: 'relay_stuck',
    });
    const unproven = new Line().begins(start()).replied({ ...OK, result: 3 });
    expect(factOf(unproven.facts, 'charge.replied')).toMatchObject({
      executed: true,
      unproven: true,
      fault: 'port_fault',
    });
    expect(unproven.outcome?.status).toBe('acked');
  });

  it('names the waiting ports when the device could not choose', () => {
    const exchange = new Line()
      .begins(start({ portNo: null }))
      .replied({ ...OK, result: 5, port: 255, waitingPortsMask: 3 });
    expect(exchange.outcome).toEqual({ status: 'rejected', reason: 'ambiguous_port' });
    expect(factOf(exchange.facts, 'charge.replied')).toMatchObject({ portNo: null, waitingPorts: [1, 2] });
  });

  it.each([
    [{ result: 0 }, 1],
    [{ result: 0, port: 3 }, 4],
    [{ result: 0, orderHex: '0'.repeat(32), port: 0, waitingPortsMask: 0 }, 1],
  ])('knows the order of the reply %j by its message id', (fields, portNo) => {
    const { facts } = new Line().begins(start()).replied(fields);
    expect(factOf(facts, 'charge.replied')).toMatchObject({ orderRef: ORDER, action: 'start', portNo });
  });

  it('takes no reply with another message id for its own', () => {
    const exchange = new Line().begins(start()).hears('82', OK, 9999);
    expect(exchange.outcome).toBeUndefined();
    expect(factOf(exchange.facts, 'charge.replied')).toMatchObject({ action: null, orderRef: ORDER });
  });

  it('sends the same bytes once more after 15 s, then asks for the state and gives up', () => {
    const exchange = new Line().begins(start());
    expect(exchange.step.waitMs).toBe(15_000);
    exchange.waits();
    expect(exchange.writes[1]).toEqual(exchange.writes[0]);
    exchange.waits();
    expect(exchange.last.command).toBe('81');
    expect(exchange.last.messageId).not.toBe(1);
    expect(exchange.outcome).toEqual({ status: 'no_reply' });
  });

  it('takes "same state" for success when the order was sent before, by retransmission or anew', () => {
    const line = new Line();
    const resent = line
      .begins(start())
      .waits()
      .replied({ ...OK, result: 2, orderHex: '0'.repeat(32) });
    expect(resent.outcome).toMatchObject({ status: 'acked', result: { alreadyDone: true } });
    expect(factOf(resent.facts, 'charge.replied')).toMatchObject({ executed: true, alreadyDone: true });
    const anew = line.begins(start()).replied({ ...OK, result: 2 });
    expect(anew.outcome).toMatchObject({ status: 'acked', result: { alreadyDone: true } });
    const other = line.begins(start({ orderRef: 'ff'.repeat(16) as OrderRef })).replied({ result: 2 });
    expect(other.outcome).toEqual({ status: 'rejected', reason: 'same_state' });
  });

  it('takes "same state" for success when an earlier attempt went out on another connection', () => {
    const again = new Line().begins(start(), true).replied({ ...OK, result: 2 });
    expect(again.outcome).toMatchObject({ status: 'acked', result: { alreadyDone: true } });
    expect(factOf(again.facts, 'charge.replied')).toMatchObject({ executed: true, alreadyDone: true });
  });

  it('A05 understands a reply that comes after it gave up', () => {
    const line = new Line();
    const exchange = line.begins(start());
    const { messageId } = exchange.last;
    exchange.waits().waits();
    const { facts, answer } = line.says('82', OK, messageId);
    expect(factOf(facts, 'charge.replied')).toMatchObject({ action: 'start', executed: true, orderRef: ORDER });
    expect(answer.when).toBe('never');
  });
});

describe('AP3000 stop of a charge', () => {
  it('A04 names the running order, everything else zero but the check', () => {
    expect(new Line().begins(stop()).last.fields).toMatchObject({
      action: 0,
      port: 0,
      quota: 0,
      orderHex: ORDER,
      balanceOrExpiry: 0,
      shortCircuitCheck: 2,
    });
  });
  it('goes to the port that the device chose', () => {
    const line = new Line();
    line.begins(start({ portNo: null })).replied({ ...OK, port: 1 });
    expect(line.begins(stop({ portNo: null })).last.fields).toMatchObject({ port: 1 });
    expect(new Line().begins(stop({ portNo: null })).last.fields).toMatchObject({ port: 0xff });
  });
  it('is done when the port was not charging any more', () => {
    const exchange = new Line().begins(stop()).replied({ ...OK, result: 2 });
    expect(exchange.outcome).toMatchObject({ status: 'acked', result: { alreadyDone: true } });
    expect(factOf(exchange.facts, 'charge.replied')).toMatchObject({ action: 'stop', executed: true });
  });
  it('gives up after two sends without asking for the state', () => {
    const exchange = new Line().begins(stop()).waits().waits();
    expect(exchange.writes).toHaveLength(2);
    expect(exchange.outcome).toEqual({ status: 'no_reply' });
  });
  it('keeps a cabinet shut with 0x72', () => {
    const exchange = new Line().begins(stop({ portNo: 7, keepLocked: true }));
    expect(exchange.last).toMatchObject({ command: '72', fields: { port: 6, orderHex: ORDER } });
    exchange.replied({ result: 0, orderHex: ORDER });
    expect(exchange.outcome).toEqual({ status: 'acked', result: {} });
    expect(factOf(exchange.facts, 'charge.replied')).toMatchObject({ action: 'stop', executed: true });
  });
});

describe('AP3000 orders', () => {
  it.each([
    [{}, { mode: 0, port: 1, quota: 28_800 }],
    [{ stopWhenFull: true }, { mode: 1, quota: 28_800 }],
    [
      { durationLimitS: null, energyLimitWh: 2000 },
      { mode: 2, quota: 200 },
    ],
  ])('changes a running charge: %j', (changes, fields) => {
    const exchange = new Line().begins(modify(changes));
    expect(exchange.last).toMatchObject({ command: '8A', fields });
    expect(exchange.replied({ result: 2 }).outcome).toEqual({ status: 'rejected', reason: 'below_running_value' });
  });
  it('refuses to change both or neither of the targets: the wire has one', () => {
    expect(new Line().refuses(modify({ energyLimitWh: 5 }))).toMatchObject({ status: 'invalid' });
    expect(new Line().refuses(modify({ durationLimitS: null }))).toMatchObject({ status: 'invalid' });
  });

  it('has a status query answered by the next heartbeat, whatever its message id', () => {
    const exchange = new Line().begins({ kind: 'status.query' }).hears('20', REGISTRATION);
    expect(exchange.outcome).toBeUndefined();
    expect(exchange.hears('21', HEARTBEAT, 4242).outcome).toMatchObject({
      status: 'acked',
      result: { ports: [{ state: 'idle' }, { portNo: 2, state: 'charging' }] },
    });
  });
  it('counts the old heartbeat only from a device that has never sent the new one', () => {
    const old = new Line().begins({ kind: 'status.query' }).hears('01', OLD_HEARTBEAT);
    expect(old.outcome).toMatchObject({ status: 'acked' });
    const line = new Line();
    line.says('21', HEARTBEAT);
    expect(line.begins({ kind: 'status.query' }).hears('01', OLD_HEARTBEAT).outcome).toBeUndefined();
  });

  it.each([
    ['device', '87'],
    ['host', '31'],
    ['modem', '32'],
  ] as const)('restarts the %s with 0x%s, once, and waits two minutes for a sign', (scope, command) => {
    const exchange = new Line().begins({ kind: 'device.reboot', scope });
    expect(exchange.last.command).toBe(command);
    expect(exchange.step.waitMs).toBe(120_000);
    expect(exchange.closes()).toMatchObject({ status: 'acked' });
    expect(exchange.waits().outcome).toEqual({ status: 'no_reply' });
    expect(exchange.writes).toHaveLength(1);
  });
  it('takes a new registration for an obeyed restart', () => {
    const exchange = new Line().begins({ kind: 'device.reboot', scope: 'device' }).hears('20', REGISTRATION);
    expect(exchange.outcome).toEqual({ status: 'acked', result: { evidence: 'registration' } });
  });

  it.each([
    [{ kind: 'device.factory_reset' }, '88', {}, 2],
    [{ kind: 'device.locate', durationS: 10 }, '96', { seconds: 10 }, 2],
    [{ kind: 'cabinet.open', portNo: 7 }, '98', { function: 0, port: 6 }, 1],
    [{ kind: 'display.set_qr', text: 'http://example.com/t', persistent: false, showFirst: false }, '95', {}, 2],
    [
      { kind: 'display.set_qr', text: 'http://example.com/pile', persistent: true, showFirst: true },
      '8E',
      { mainScreen: 1, url: 'http://example.com/pile' },
      2,
    ],
    [
      { kind: 'memory.write', address: 32, dataHex: 'deadbeef' },
      '8C',
      { address: 32, length: 4, dataHex: 'deadbeef' },
      2,
    ],
    [
      { kind: 'host.set_server', host: 'baidu.com', port: 8888, moduleType: 3, secondary: true },
      '34',
      { serverPort: 8888, moduleType: 3, socketB: 1, address: 'baidu.com' },
      1,
    ],
    [{ kind: 'host.clear_slave_firmware' }, '33', {}, 2],
  ] as const)('carries out %j with 0x%s', (command, code, fields, sends) => {
    const exchange = new Line().begins(command);
    expect(exchange.last).toMatchObject({ command: code, fields });
    expect(new Line().begins(command).replied({ result: 0 }).outcome).toEqual({ status: 'acked', result: {} });
    expect(new Line().begins(command).replied({ result: 1 }).outcome).toEqual({
      status: 'rejected',
      reason: 'failed_01',
    });
    for (let i = 0; i < sends; i++) exchange.waits();
    expect(exchange.outcome).toEqual({ status: 'no_reply' });
    expect(exchange.writes).toHaveLength(sends);
  });

  it('reads memory', () => {
    const exchange = new Line().begins({ kind: 'memory.read', address: 256, lengthBytes: 2 });
    expect(exchange.last).toMatchObject({ command: '8B', fields: { address: 256, length: 2 } });
    expect(exchange.replied({ result: 0, dataHex: '0001' }).outcome).toEqual({
      status: 'acked',
      result: { dataHex: '0001' },
    });
  });

  it('answers a host that asks for its slaves once they were set, with the message id of the question', () => {
    const line = new Line();
    expect(line.says('3B', { frequencyMHz: 0 }).answer.when).toBe('never');
    const slaves = ['0312D68B', '0412D68C'];
    const exchange = line.begins({ kind: 'host.set_slaves', frequencyMHz: 489, slaves });
    expect(exchange.last).toMatchObject({ command: '3A', fields: { frequencyMHz: 489, slaveCount: 2, slaves } });
    exchange.replied({ result: 0 });
    const { answer } = line.says('3B', { frequencyMHz: 0 }, 77);
    const frame = answer.when === 'now' ? decodeFrame(answer.bytes, 'down') : null;
    expect(frame).toMatchObject({ frame: { command: '3A', messageId: 77, fields: { slaves } } });
  });

  it.each([
    [{ kind: 'voice.play', segmentsHex: '01', interrupt: true }, 'unsupported'],
    [{ kind: 'display.set_qr', text: 'x'.repeat(72), persistent: true, showFirst: true }, 'invalid'],
    [{ kind: 'host.set_slaves', frequencyMHz: 489, slaves: ['nonsense'] }, 'invalid'],
    [{ kind: 'params.get', group: 'nonsense' }, 'unsupported'],
    [{ kind: 'params.get', group: 'mute' }, 'unsupported'],
    [{ kind: 'params.set', group: 'run1', values: { nonsense: 1 } }, 'invalid'],
  ] as const)('refuses %j as %s', (command, status) => {
    const refused = new Line().refuses(command as never);
    expect(refused.status).toBe(status);
  });

  it('gives every order a message id of its own and leaves out those in flight', () => {
    const line = new Line();
    const ids = new Set([1, 2, 3].map(() => line.begins({ kind: 'device.locate', durationS: 1 }).last.messageId));
    expect(ids.size).toBe(3);
    expect(ids).not.toContain(0);
  });
});

describe('AP3000 parameters', () => {
  const RUN1 = {
    unplugPowerW: 0.3,
    unplugTimeS: 10,
    floatPercent: 20,
    floatDetectS: 1800,
    floatDurationS: 3600,
    heartbeatIntervalS: 180,
  };
  const RUN2 = {
    dynOverloadPowerW: 80,
    dynOverloadDetectS: 30,
    dynOverloadStartS: 1800,
    unplugNoisePowerW: 1,
    unplugNoiseTimeS: 300,
    float2FromS: 10_800,
    float2DetectS: 300,
    minPowerW: 30,
    minPowerCheckS: 1800,
    secondMaxPowerAtS: 300,
    envAlarmTempC: 80,
  };
  const set = (group: string, values: CommandOf<'params.set'>['values']): CommandOf<'params.set'> => ({
    kind: 'params.set',
    group,
    values,
  });

  it('writes a whole group at once', () => {
    const exchange = new Line().begins(set('run1', RUN1));
    expect(exchange.last).toMatchObject({ command: '83', fields: RUN1 });
    expect(exchange.replied({ result: 0 }).outcome).toEqual({
      status: 'acked',
      result: { group: 'run1', values: RUN1 },
    });
  });
  it('reads before it writes part of a group, because the device sets every value', () => {
    const exchange = new Line().begins(set('run1', { heartbeatIntervalS: 60 }));
    expect(exchange.last.command).toBe('90');
    exchange.replied(RUN1);
    expect(exchange.last).toMatchObject({ command: '83', fields: { ...RUN1, heartbeatIntervalS: 60 } });
    expect(exchange.replied({ result: 1 }).outcome).toEqual({ status: 'rejected', reason: 'invalid_parameter' });
  });
  it('writes run2 back in the length that the firmware knows', () => {
    const exchange = new Line().begins(set('run2', { minPowerW: 25, envAlarmTempC: 75 })).replied(RUN2);
    expect(exchange.last).toMatchObject({ command: '84', fields: { ...RUN2, minPowerW: 25, envAlarmTempC: 75 } });
    expect(exchange.writes[1]).toHaveLength(14 + 20);
    expect(exchange.replied({ result: 0 }).outcome?.status).toBe('acked');
  });
  it.each([
    ['run2', { qrLight: true }, RUN2],
    ['limits', { overVoltageV: 270 }, { maxChargeS: 36_000, overloadPowerW: 1000 }],
  ])('refuses a value of %s that the firmware does not have', (group, values, block) => {
    const exchange = new Line().begins(set(group, values)).replied(block);
    expect(exchange.outcome).toMatchObject({
      status: 'rejected',
      reason: `parameter_not_in_firmware:${Object.keys(values)[0] ?? ''}`,
    });
  });
  it('refuses a value that does not fit, also after reading', () => {
    const exchange = new Line().begins(set('run1', { heartbeatIntervalS: 65_536 })).replied(RUN1);
    const reason = 'heartbeatIntervalS: 65536 is not within 0…65535 (AP3000 §10 0x83)';
    expect(exchange.outcome).toEqual({ status: 'invalid', reason });
  });
  it.each([
    ['mute', { mute: true }, '97', { mute: 1 }],
    ['workMode', { workMode: 1 }, '8D', { workMode: 1 }],
    ['tcMode', { tcMode: 4 }, '8F', { tcMode: 4 }],
  ])('writes %s', (group, values, command, fields) => {
    expect(new Line().begins(set(group, values)).last).toMatchObject({ command, fields });
  });
  it('never shows the keys of cards', () => {
    const keys = { sector: 0, userKeyHex: '159185191880', newCardKeyHex: 'ffffffffffff' };
    const read = new Line().begins({ kind: 'params.get', group: 'card' }).replied(keys);
    expect(read.outcome).toEqual({
      status: 'acked',
      result: { group: 'card', values: { sector: 0, userKeyHex: '***', newCardKeyHex: '***' } },
    });
  });
  it('reads limits in the length that the firmware knows', () => {
    const exchange = new Line().begins({ kind: 'params.get', group: 'limits' });
    expect(exchange.last.command).toBe('92');
    const values = { maxChargeS: 36_000, overloadPowerW: 1000 };
    expect(exchange.replied(values).outcome).toEqual({ status: 'acked', result: { group: 'limits', values } });
  });
});
