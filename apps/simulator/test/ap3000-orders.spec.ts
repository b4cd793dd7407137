import { encodeFrame } from '@chargebus/protocol-ap3000';
import type { DownCommand, EncodableFields } from '@chargebus/protocol-ap3000';
import { Ap3000Bench } from './ap3000-bench';
import { orderHexOf, startOrder } from './fake-platform';
import type { Ap3000Options } from '../src';

const ORDER = orderHexOf(0x77);
const VEHICLE = { powerW: 200, needWh: 500 };

function connected(options: Ap3000Options = {}, devices = 1): Ap3000Bench {
  const bench = new Ap3000Bench(options, { devices }).connect();
  bench.advanceS(10);
  return bench;
}
/** Sends an order and returns the payload of the reply; undefined: there was none. */
function ask<C extends DownCommand>(bench: Ap3000Bench, command: C, fields: EncodableFields<'down', C>): unknown {
  const before = bench.platform.framesOf(command).length;
  bench.platform.order(bench.device.deviceId, command, fields);
  return bench.platform.framesOf(command)[before]?.fields;
}
const start = (bench: Ap3000Bench, fields: Partial<EncodableFields<'down', '82'>> = {}): unknown =>
  ask(bench, '82', startOrder({ orderHex: ORDER, ...fields }));

describe('AP3000 device: 82 start', () => {
  interface Scene {
    readonly vehicle?: false;
    readonly fault?: number;
    readonly smoke?: true;
    readonly voltageV?: number;
    readonly order?: Partial<EncodableFields<'down', '82'>>;
  }
  function arrange({ vehicle, fault, smoke, voltageV }: Scene): Ap3000Bench {
    const bench = connected();
    if (vehicle !== false) bench.device.plugIn(1, VEHICLE);
    if (fault !== undefined) bench.device.setFault(1, fault);
    if (smoke !== undefined) bench.device.raiseAlarm('smoke');
    if (voltageV !== undefined) bench.device.setVoltage(voltageV);
    return bench;
  }

  it.each<[string, number, boolean, Scene]>([
    ['starts', 0x00, true, {}],
    ['finds no charger', 0x01, false, { vehicle: false }],
    ['has a jammed contact spring', 0x03, false, { fault: 0x07 }],
    ['has no such port', 0x04, false, { order: { port: 5 } }],
    ['has damaged memory', 0x07, false, { fault: 0x06 }],
    ['has a broken relay', 0x08, false, { fault: 0x0b }],
    ['has a stuck relay and charges anyway', 0x09, true, { fault: 0x0e }],
    ['finds a short circuit', 0x0a, false, { fault: 0x0d }],
    ['does not look for a short circuit', 0x00, true, { fault: 0x0d, order: { shortCircuitCheck: 0 } }],
    ['smells smoke', 0x0b, false, { smoke: true }],
    ['measures too high a voltage', 0x0c, false, { voltageV: 281 }],
    ['measures too low a voltage', 0x0d, false, { voltageV: 90 }],
  ])('A20 %s: result %i', (_name, result, charges, scene) => {
    const bench = arrange(scene);
    expect(start(bench, scene.order)).toMatchObject({ result, orderHex: ORDER });
    expect(bench.device.portState(1) === 'charging').toBe(charges);
    expect(bench.statistics.startsRefused).toBe(charges ? 0 : 1);
  });

  it('A20 answers a start of a charging port with 2 and no order id', () => {
    const bench = connected();
    bench.device.plugIn(1, VEHICLE);
    start(bench);
    expect(start(bench)).toMatchObject({ result: 2, orderHex: '0'.repeat(32) });
    expect(bench.device.ledger.charges).toHaveLength(1);
  });

  it('A20 refuses more than the whole pile may draw', () => {
    const bench = connected({ model: 'ten-port' });
    for (let portNo = 1; portNo <= 7; portNo++) bench.device.plugIn(portNo, { powerW: 900, needWh: 900 });
    const results = Array.from({ length: 7 }, (_, port) => start(bench, { port, orderHex: orderHexOf(port + 1) }));
    expect(results).toMatchObject([...Array.from({ length: 6 }, () => ({ result: 0 })), { result: 6 }]);
  });

  it('A20 chooses the only waiting port, and names them when there are several', () => {
    const bench = connected();
    expect(start(bench, { port: 0xff })).toMatchObject({ result: 1 });
    bench.device.plugIn(2, VEHICLE);
    expect(start(bench, { port: 0xff })).toMatchObject({ result: 0, port: 1 });
    const other = connected();
    other.device.plugIn(1, VEHICLE);
    other.device.plugIn(2, VEHICLE);
    expect(start(other, { port: 0xff })).toMatchObject({ result: 5, port: 0xff, waitingPortsMask: 3 });
  });
});

describe('AP3000 device: parameters', () => {
  const RUN1 = {
    unplugPowerW: 0.5,
    unplugTimeS: 20,
    floatPercent: 10,
    floatDetectS: 600,
    floatDurationS: 900,
    heartbeatIntervalS: 240,
  };

  it('A20 reads back factory settings and what was written', () => {
    const bench = connected();
    expect(ask(bench, '90', {})).toMatchObject({ heartbeatIntervalS: 180, floatPercent: 20 });
    expect(ask(bench, '83', RUN1)).toEqual({ result: 0 });
    expect(ask(bench, '90', {})).toEqual(RUN1);

    const run2 = ask(bench, '91', {}) as EncodableFields<'down', '84'>;
    expect(ask(bench, '84', { ...run2, minPowerW: 15 })).toEqual({ result: 0 });
    expect(ask(bench, '91', {})).toEqual({ ...run2, minPowerW: 15 });

    expect(ask(bench, '85', { maxChargeS: 7200, overloadPowerW: 800 })).toEqual({ result: 0 });
    expect(ask(bench, '92', {})).toEqual({
      maxChargeS: 7200,
      overloadPowerW: 800,
      overVoltageV: 270,
      underVoltageV: 100,
    });

    const card = { sector: 2, userKeyHex: 'a0a1a2a3a4a5', newCardKeyHex: 'ffffffffffff' };
    expect(ask(bench, '86', card)).toEqual({ result: 0 });
    expect(ask(bench, '93', {})).toEqual(card);
  });

  it('A20 refuses what it cannot be set to and keeps what it had', () => {
    const bench = connected();
    expect(ask(bench, '83', { ...RUN1, floatPercent: 0 })).toEqual({ result: 1 });
    expect(ask(bench, '85', { maxChargeS: 7200, overloadPowerW: 3000 })).toEqual({ result: 1 });
    expect(ask(bench, '90', {})).toMatchObject({ floatPercent: 20 });
    expect(ask(bench, '92', {})).toMatchObject({ maxChargeS: 36_000 });
  });

  it('A20 lets new limits act on a running charge', () => {
    const bench = connected();
    bench.device.plugIn(1, VEHICLE);
    start(bench);
    ask(bench, '85', { maxChargeS: 900, overloadPowerW: 800 });
    bench.advanceS(903);
    expect(bench.platform.last('03')).toMatchObject({ durationS: 900, stopReason: 2 });
  });

  it('A20 returns to factory settings when its memory is cleared', () => {
    const bench = connected();
    ask(bench, '83', RUN1);
    ask(bench, '88', {});
    expect(ask(bench, '90', {})).toMatchObject({ heartbeatIntervalS: 180 });
  });

  it('A20 reads and writes its EEPROM within the chip', () => {
    const bench = connected();
    expect(ask(bench, '8B', { address: 32, length: 4 })).toEqual({ result: 0, dataHex: 'ffffffff' });
    expect(ask(bench, '8C', { address: 32, length: 4, dataHex: 'deadbeef' })).toEqual({ result: 0 });
    expect(ask(bench, '8B', { address: 30, length: 8 })).toEqual({ result: 0, dataHex: 'ffffdeadbeefffff' });
    expect(ask(bench, '8B', { address: 4095, length: 8 })).toEqual({ result: 1, dataHex: '' });
    expect(ask(bench, '8C', { address: 4095, length: 2, dataHex: '0000' })).toEqual({ result: 1 });
  });

  it.each<[DownCommand, Readonly<Record<string, unknown>>, number]>([
    ['89', { interrupt: 1, segmentCount: 1, segmentsHex: '01' }, 1],
    ['8D', { workMode: 1 }, 0],
    ['8E', { mainScreen: 1, reservedHex: '000000', url: 'http://example.com/pile' }, 0],
    ['8F', { tcMode: 3 }, 0],
    ['95', { text: 'http://example.com/t/1' }, 0],
    ['96', { seconds: 10 }, 0],
    ['97', { mute: 1 }, 0],
    ['98', { function: 0, port: 1 }, 0],
    ['98', { function: 0, port: 7 }, 1],
  ])('A20 answers %s %j with result %i', (command, fields, result) => {
    expect(ask(connected(), command, fields as never)).toEqual({ result });
  });
});

describe('AP3000 device: manners', () => {
  it('A20 restarts after it has replied, and its charge survives', () => {
    const bench = connected();
    bench.device.plugIn(1, VEHICLE);
    start(bench, { quota: 600 });
    expect(ask(bench, '87', {})).toEqual({ result: 0 });
    expect(bench.cuts).toEqual([5000]);
    bench.advanceS(5);
    bench.connect();
    bench.advanceS(670);
    expect(bench.platform.framesOf('20')).toHaveLength(2);
    expect(bench.platform.last('03')).toMatchObject({ durationS: 600, orderHex: ORDER });
  });

  it('A20 never answers an answer', () => {
    const bench = connected();
    const before = bench.platform.frames.length;
    for (const command of ['03', '20', '21', '22', '04'] as const)
      bench.platform.order(bench.device.deviceId, command, { result: 0, timestamp: 0, port: 0 });
    expect(bench.platform.frames).toHaveLength(before);
    expect(bench.statistics.surplusAnswers).toBe(5);
  });

  it('A20 takes an acknowledged 82 reply for a new order, as captured devices do', () => {
    const bench = connected();
    bench.device.plugIn(1, VEHICLE);
    start(bench);
    const acknowledgement = encodeFrame({
      physicalId: bench.device.deviceId,
      messageId: 1,
      command: '82',
      direction: 'up', // the layout of a reply, sent the wrong way round
      fields: { result: 0 },
    });
    bench.endpoint.received(acknowledgement);
    expect(bench.platform.last('82')).toMatchObject({ result: 2, orderHex: '0'.repeat(32) });
    expect(bench.statistics.errors).toBe(1);
    expect(bench.device.portState(1)).toBe('charging');
  });

  it('A20 is silent on commands it does not know', () => {
    const bench = connected();
    expect(ask(bench, '31', {})).toBeUndefined();
    bench.platform.order('0412D68C', '96', { seconds: 1 });
    expect(bench.statistics.errors).toBe(1); // nobody of that id on this line
  });

  it.each([
    ['again', 2],
    ['remembered', 0],
  ] as const)('A20 carries a repeated order out %s: result %i', (repeatedOrders, result) => {
    const bench = connected({ repeatedOrders });
    bench.device.plugIn(1, VEHICLE);
    const { deviceId } = bench.device;
    const messageId = bench.platform.order(deviceId, '82', startOrder({ orderHex: ORDER }));
    bench.advanceS(15);
    bench.platform.order(deviceId, '82', startOrder({ orderHex: ORDER }), messageId);
    expect(bench.platform.of('82').map((reply) => reply.result)).toEqual([0, result]);
    expect(bench.device.ledger.charges).toHaveLength(1);
  });

  it('A20 forgets an order after the window of 60 s', () => {
    const bench = connected({ repeatedOrders: 'remembered' });
    bench.device.plugIn(1, VEHICLE);
    const messageId = bench.platform.order(bench.device.deviceId, '82', startOrder({ orderHex: ORDER }));
    bench.advanceS(61);
    bench.platform.order(bench.device.deviceId, '82', startOrder({ orderHex: ORDER }), messageId);
    expect(bench.platform.last('82').result).toBe(2);
  });

  it('A20 takes its time for a reply', () => {
    const bench = connected({ replyDelayMs: [2700, 7000] });
    expect(ask(bench, '96', { seconds: 1 })).toBeUndefined();
    bench.advanceS(2.6);
    expect(bench.platform.of('96')).toHaveLength(0);
    bench.advanceS(4.5);
    expect(bench.platform.of('96')).toEqual([{ result: 0 }]);
  });
});

describe('AP3000 device: alarms', () => {
  it('A20 raises an alarm at a port or at a sensor', () => {
    const bench = connected();
    bench.device.raiseAlarm('meltFuse', { portNo: 2 });
    bench.device.raiseAlarm('temperature', { sensor: 3, trigger: 0x80 });
    expect(bench.platform.of('42')).toEqual([
      { alarmType: 3, port: 1, trigger: 0 },
      { alarmType: 5, port: 3, trigger: 0x80 },
    ]);
  });
});
