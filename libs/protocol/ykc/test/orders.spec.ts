import type { CommandOf, DeviceCommand } from '@chargebus/domain';
import { OrderRef } from '@chargebus/domain';
import { factOf } from '@chargebus/protocol-core/conformance';
import { createYkcDriver } from '../src';
import { Line, LOGIN, PILE, realtime, TRADE } from './a-line';

const START: CommandOf<'charge.start'> = {
  kind: 'charge.start',
  portNo: 1,
  orderRef: OrderRef.parse(TRADE),
  durationLimitS: 3600,
  energyLimitWh: null,
  powerLimitW: null,
  primaryLimit: 'duration',
  stopWhenFull: false,
  maxDurationS: null,
  balanceFen: null,
};
const STOP: DeviceCommand = { kind: 'charge.stop', portNo: 1, orderRef: START.orderRef, keepLocked: false };
const started = (success: number, failReason: number) => ({
  tradeNo: TRADE,
  pileCode: PILE,
  gun: 1,
  success,
  failReason,
});
const stopped = (success: number, failReason: number) => ({ pileCode: PILE, gun: 1, success, failReason });

describe('a start', () => {
  it('E01 is 0x34 with the order as trade number and a balance that is never 0', () => {
    const start = Line.loggedIn().begins(START);
    expect(start.last).toMatchObject({ command: '34', fields: { tradeNo: TRADE, gun: 1, balanceYuan: 10_000 } });
    start.hears('33', started(1, 0));
    expect(start.outcome).toMatchObject({ status: 'acked', result: { unproven: true } });
    expect(factOf(start.facts, 'charge.replied')).toMatchObject({ executed: true, unproven: true, orderRef: TRADE });
  });
  it('E05 is refused in the words of the table', () => {
    const start = Line.loggedIn().begins(START).hears('33', started(0, 3));
    expect(start.outcome).toEqual({ status: 'rejected', reason: 'device_fault' });
    expect(factOf(start.facts, 'charge.replied')).toMatchObject({ executed: false, reason: 'device_fault' });
  });
  it('waits a minute for the plug, and says nothing until it is over', () => {
    const start = Line.loggedIn().begins(START).hears('33', started(0, 5));
    expect([start.outcome, start.facts, start.step.waitMs]).toEqual([undefined, [], 60_000]);
    expect(start.hears('33', started(1, 0)).outcome?.status).toBe('acked');
    const never = Line.loggedIn().begins(START).hears('33', started(0, 5)).waits();
    expect(never.outcome).toEqual({ status: 'rejected', reason: 'not_plugged' });
    expect(factOf(never.facts, 'charge.replied')).toMatchObject({ executed: false, reason: 'not_plugged' });
  });
  it('E15 without an answer in 90 s is stopped once, to be safe, and not sent again', () => {
    const start = Line.loggedIn().begins(START);
    expect(start.step.waitMs).toBe(90_000);
    start.waits();
    expect(start.outcome).toEqual({ status: 'no_reply' });
    expect(start.sent.map(({ command }) => command)).toEqual(['34', '36']);
  });
  it('is proved by realtime data when its reply was lost', () => {
    expect(Line.loggedIn().begins(START).hears('13', realtime()).outcome).toMatchObject({ status: 'acked' });
  });
  it('that may have arrived before is not refused by "already charging"', () => {
    expect(Line.loggedIn().begins(START, true).hears('33', started(0, 2)).outcome).toMatchObject({
      result: { alreadyDone: true },
    });
    expect(Line.loggedIn().begins(START).hears('33', started(0, 2)).outcome).toEqual({
      status: 'rejected',
      reason: 'port_busy',
    });
  });
  it('refuses what the wire cannot carry', () => {
    const line = Line.loggedIn();
    expect(line.refuses({ ...START, orderRef: OrderRef.parse('ab'.repeat(16)) }).status).toBe('invalid');
    expect(line.refuses({ ...START, portNo: null }).status).toBe('invalid');
  });
  it('carries the byte that a vendor expects behind it', () => {
    const start = Line.loggedIn({ defaults: { startExtraHex: '01' } }).begins(START);
    expect(start.last.fields).toMatchObject({ extraHex: '01' });
  });
  it('of several guns ends with both replies, and takes back what began when one refuses', () => {
    const other = `${TRADE.slice(0, -1)}1`;
    const guns = [
      { portNo: 1, orderRef: START.orderRef },
      { portNo: 2, orderRef: OrderRef.parse(other) },
    ];
    const tail = { gunRole: 0, parallelNo: '000000000000' };
    const begin = () => Line.loggedIn().begins({ kind: 'charge.start_parallel', guns, balanceFen: 500 });
    const both = begin().hears('A3', { ...started(1, 0), ...tail });
    expect(both.outcome).toBeUndefined();
    both.hears('A3', { ...started(1, 0), ...tail, tradeNo: other, gun: 2 });
    expect(both.outcome).toEqual({ status: 'acked', result: { portNos: [1, 2] } });
    expect(new Set(both.sent.map(({ fields }) => fields.parallelNo)).size).toBe(1);
    const one = begin().hears('A3', { ...started(1, 0), ...tail });
    one.hears('A3', { ...started(0, 3), ...tail, tradeNo: other, gun: 2 });
    expect(one.last).toMatchObject({ command: '36', fields: { gun: 1 } });
    expect(one.hears('35', stopped(1, 0)).outcome).toEqual({ status: 'rejected', reason: 'device_fault' });
    const unplugged = begin().hears('A3', { ...started(1, 0), ...tail });
    unplugged.hears('A3', { ...started(0, 5), ...tail, tradeNo: other, gun: 2 });
    expect(unplugged.step.waitMs).toBe(60_000);
    unplugged.waits();
    expect(unplugged.outcome).toEqual({ status: 'rejected', reason: 'not_plugged' });
    expect(unplugged.sent.slice(2)).toMatchObject([{ command: '36', fields: { gun: 1 } }]);
    expect(unplugged.facts).toMatchObject([
      { orderRef: TRADE, executed: true },
      { orderRef: other, executed: false },
    ]);
    const old = new Line();
    old.says('01', { ...LOGIN, protocolVersion: 1.5 });
    expect(old.refuses({ kind: 'charge.start_parallel', guns, balanceFen: 500 }).status).toBe('unsupported');
  });
});

describe('a stop', () => {
  it('F01 names the gun and ends with 0x35', () => {
    const line = Line.loggedIn();
    line.says('13', realtime());
    const stop = line.begins(STOP).hears('35', stopped(1, 0));
    expect(stop.last).toMatchObject({ command: '36', fields: { gun: 1 } });
    expect(stop.outcome).toMatchObject({ status: 'acked' });
    expect(factOf(stop.facts, 'charge.replied')).toMatchObject({ action: 'stop', executed: true, orderRef: TRADE });
  });
  it('of what does not run is done already; of another order is not sent', () => {
    expect(Line.loggedIn().begins(STOP).hears('35', stopped(0, 2)).outcome).toMatchObject({
      result: { alreadyDone: true },
    });
    const line = Line.loggedIn();
    line.says('13', realtime({ tradeNo: '1'.repeat(32) }));
    expect(line.refuses(STOP)).toEqual({ status: 'rejected', reason: 'other_order_running' });
  });
  it('is sent three times', () => {
    const stop = Line.loggedIn().begins(STOP).waits().waits().waits();
    expect([stop.writes.length, stop.outcome]).toEqual([3, { status: 'no_reply' }]);
  });
  it('is proved by realtime data when its reply was lost', () => {
    const line = Line.loggedIn();
    line.says('13', realtime());
    const stop = line.begins(STOP).hears('13', realtime({ energyKwh: 4 }));
    expect(stop.outcome).toBeUndefined();
    expect(stop.hears('13', realtime({ status: 2 })).outcome).toMatchObject({ result: { evidence: 'realtime' } });
  });
});

describe('other orders', () => {
  const pile = { pileCode: PILE as string };
  it('asks every gun for its state', () => {
    const query = Line.loggedIn().begins({ kind: 'status.query' });
    expect(query.sent.map(({ fields }) => fields.gun)).toEqual([1, 2]);
    query.hears('13', realtime({ status: 2 })).hears('13', realtime({ status: 2, gun: 2 }));
    expect(query.outcome).toMatchObject({ status: 'acked', result: { ports: [{ portNo: 1 }, { portNo: 2 }] } });
  });
  it('keeps the pair of working parameters', () => {
    const line = Line.loggedIn();
    const get: DeviceCommand = { kind: 'params.get', group: 'work' };
    expect(line.refuses(get).status).toBe('rejected');
    line
      .begins({ kind: 'params.set', group: 'work', values: { maxPowerPercent: 50 } })
      .hears('51', { ...pile, success: 1 });
    expect(line.refuses(get)).toMatchObject({ result: { values: { stopUse: 0, maxPowerPercent: 50 } } });
    const lock = line.begins({ kind: 'params.set', group: 'work', values: { stopUse: true } });
    expect(lock.last.fields).toMatchObject({ stopUse: 1, maxPowerPercent: 50 });
    expect(lock.hears('51', { ...pile, success: 0 }).outcome?.status).toBe('rejected');
    const low = line.begins({ kind: 'params.set', group: 'work', values: { maxPowerPercent: 20 } });
    expect(low.last.fields).toMatchObject({ stopUse: 0, maxPowerPercent: 30 });
  });
  it('§9.2 keeps the pair over a reconnection, so that a change of power does not unlock a pile', () => {
    const options = { driver: createYkcDriver() };
    const before = Line.loggedIn(options);
    before.begins({ kind: 'params.set', group: 'work', values: { stopUse: 1 } }).hears('51', { ...pile, success: 1 });
    const after = Line.loggedIn(options).begins({ kind: 'params.set', group: 'work', values: { maxPowerPercent: 50 } });
    expect(after.last.fields).toMatchObject({ stopUse: 1, maxPowerPercent: 50 });
  });
  it('§4.5 waits until the pile has its billing model, or for 2 s', () => {
    const held = (line: Line) => {
      line.says('01', LOGIN);
      return line.begins({ kind: 'status.query' });
    };
    const silent = held(new Line());
    expect([silent.writes, silent.step.waitMs]).toEqual([[], 2_000]);
    expect(silent.waits().sent).toMatchObject([{ command: '12' }, { command: '12' }]);
    const checked = held(new Line());
    expect(checked.hears('03', { ...pile, gun: 1, gunStatus: 0 }, 8).writes).toEqual([]);
    expect(checked.hears('05', { ...pile, modelNo: '0100' }, 9).writes).toHaveLength(2);
  });
  it('restarts once; going away is obeying', () => {
    const reboot = Line.loggedIn().begins({ kind: 'device.reboot', scope: 'device' });
    expect(reboot.last.command).toBe('92');
    expect(reboot.closes()).toMatchObject({ status: 'acked' });
    expect(reboot.hears('91', { ...pile, success: 1 }).outcome).toMatchObject({ status: 'acked' });
  });
  it('sets the clock in local time', () => {
    const sync = Line.loggedIn().begins({ kind: 'time.sync' });
    expect(sync.last.fields).toMatchObject({ time: '2026-01-02T11:04:05.000' });
    expect(sync.hears('55', { ...pile, time: '2026-01-02T11:04:05.100' }).outcome?.status).toBe('acked');
  });
  it('pushes a tariff to an idle pile only, and none that does not fit', () => {
    const rates = Array.from({ length: 4 }, () => ({ energyYuan: 0.7, serviceYuan: 0.12345 }));
    const set: CommandOf<'billing.set'> = {
      kind: 'billing.set',
      modelNo: '0101',
      rates,
      slots: new Array<number>(48).fill(1),
    };
    const line = Line.loggedIn();
    expect(line.begins(set).hears('57', { ...pile, success: 1 }).outcome?.status).toBe('acked');
    expect(line.refuses({ ...set, modelNo: '0000' }).status).toBe('invalid');
    const tooFine = rates.map((rate) => ({ ...rate, energyYuan: 0.123456 }));
    expect(line.refuses({ ...set, rates: tooFine }).status).toBe('invalid');
    line.says('13', realtime());
    expect(line.refuses(set)).toEqual({ status: 'rejected', reason: 'charging' });
  });
  it('updates a balance; 0 is success here', () => {
    const update: DeviceCommand = { kind: 'balance.update', portNo: 1, cardId: null, balanceFen: 1234 };
    const reply = (result: number) => ({ ...pile, physicalCard: '0'.repeat(16), result });
    const exchange = Line.loggedIn().begins(update).hears('41', reply(0));
    expect(exchange.last.fields).toMatchObject({ balanceYuan: 12.34 });
    expect(exchange.outcome?.status).toBe('acked');
    expect(Line.loggedIn().begins(update).hears('41', reply(2)).outcome).toMatchObject({ reason: 'wrong_card' });
  });
  it('loads cards in batches of 11, and stops at the first that fails', () => {
    const cards = Array.from({ length: 12 }, (_, i) => ({ cardId: `d14b0a${10 + i}`, cardNumber: String(i) }));
    const reply = { ...pile, success: 1, failReason: 0 };
    const write = Line.loggedIn().begins({ kind: 'cards.write', cards }).hears('43', reply);
    expect(write.sent.map(({ fields }) => fields.count)).toEqual([11, 1]);
    expect(write.writes.every((bytes) => bytes.length <= 204)).toBe(true);
    expect(write.hears('43', { ...reply, success: 0, failReason: 2 }).outcome).toMatchObject({
      reason: 'storage_full',
    });
  });
  it('removes and looks up cards', () => {
    const cardIds = ['d14b0a54'];
    const physicalCard = '00000000d14b0a54';
    const removed = Line.loggedIn().begins({ kind: 'cards.remove', cardIds });
    removed.hears('45', { ...pile, cards: [{ physicalCard, cleared: 1, failReason: 2 }] });
    expect(removed.outcome).toEqual({ status: 'acked', result: { notRemoved: [] } });
    const found = Line.loggedIn().begins({ kind: 'cards.query', cardIds });
    expect(found.hears('47', { ...pile, cards: [{ physicalCard, exists: 1 }] }).outcome).toMatchObject({
      result: { stored: [physicalCard] },
    });
  });
  it('moves the ground lock', () => {
    const lock = Line.loggedIn().begins({ kind: 'lock.move', portNo: 1, raise: true });
    expect(lock.last.fields).toMatchObject({ action: 0x55 });
    expect(lock.hears('63', { ...pile, gun: 1, success: 1, reserved: '00000000' }).outcome?.status).toBe('acked');
  });
  it('sets the QR prefix, with the polarity of the pile', () => {
    const set: DeviceCommand = { kind: 'display.set_qr', text: 'https://a.b/?no=', persistent: true, showFirst: false };
    expect(
      Line.loggedIn()
        .begins(set)
        .hears('F1', { ...pile, result: 1 }).outcome?.status,
    ).toBe('acked');
    const zero = Line.loggedIn({ defaults: { qrSuccess: 0 } });
    expect(zero.begins(set).hears('F1', { ...pile, result: 0 }).outcome?.status).toBe('acked');
  });
  it('lets a pile fetch its firmware by FTP, with the coding of 0x94', () => {
    const source = {
      location: 'ftp://10.1.2.3/fw/v2.bin',
      user: 'u',
      password: 'p',
      whenIdle: true,
      timeoutMin: 30,
      ratedPowerKw: 120,
    };
    const update: CommandOf<'firmware.update'> = {
      kind: 'firmware.update',
      target: 'device',
      imageBase64: null,
      version: null,
      deviceType: null,
      source,
    };
    const exchange = Line.loggedIn().begins(update);
    expect(exchange.last.fields).toMatchObject({ pileModel: 1, control: 2, serverPort: 21 });
    expect(exchange.step.waitMs).toBe(35 * 60_000);
    expect(exchange.hears('93', { ...pile, result: 2 }).outcome).toEqual({ status: 'rejected', reason: 'wrong_model' });
    for (const location of ['ftp://a-name-longer-than-16/fw.bin', 'https://10.1.2.3/fw.bin'])
      expect(Line.loggedIn().refuses({ ...update, source: { ...source, location } }).status).toBe('invalid');
    expect(Line.loggedIn().refuses({ ...update, source: undefined }).status).toBe('invalid');
  });
  it.each([
    { kind: 'device.factory_reset' },
    { kind: 'device.locate', durationS: 5 },
    { kind: 'cabinet.open', portNo: 1 },
    { kind: 'voice.play', segmentsHex: '', interrupt: false },
    { kind: 'host.clear_slave_firmware' },
    { kind: 'device.reboot', scope: 'modem' },
  ] satisfies DeviceCommand[])('says that it cannot $kind', (command) => {
    expect(Line.loggedIn().refuses(command).status).toBe('unsupported');
  });
  it('numbers its frames from 0 and mirrors the checksum order of the pile', () => {
    const line = new Line({}, 'hi-lo');
    line.says('01', LOGIN);
    line.atMs += 2_000;
    const sync = line.begins({ kind: 'time.sync' });
    expect(sync.last).toMatchObject({ messageId: 0, envelope: { crcOrder: 'hi-lo' } });
    expect(line.begins({ kind: 'time.sync' }).last.messageId).toBe(1);
  });
});
