import { Ap3000Bench } from './ap3000-bench';
import { orderHexOf, startOrder } from './fake-platform';
import type { Ap3000Options } from '../src';

const VEHICLE = { powerW: 200, needWh: 500 };

function connected(options: Ap3000Options = {}): Ap3000Bench {
  const bench = new Ap3000Bench(options).connect();
  bench.advanceS(10);
  bench.device.plugIn(1, VEHICLE);
  return bench;
}

describe('AP3000 device: cards', () => {
  it('A20 asks the platform about a card and starts nothing by itself', () => {
    const bench = connected();
    bench.device.swipeCard(1, '7A8D05DD');
    expect(bench.platform.last('02')).toMatchObject({ cardId: '7A8D05DD', cardNumber: 2_056_062_429, port: 0 });
    expect(bench.device.lastCardAnswer).toMatchObject({ accountState: 0, cardId: '7A8D05DD' });
    bench.advanceS(60);
    expect(bench.device.portState(1)).toBe('plugged');
  });

  it('A20 charges when the platform orders a start after the swipe', () => {
    const bench = connected();
    bench.device.swipeCard(1);
    bench.platform.order(bench.device.deviceId, '82', startOrder({ orderHex: orderHexOf(5) }));
    expect(bench.device.ledger.charges).toMatchObject([{ source: 'platform', orderHex: orderHexOf(5) }]);
  });

  it('A20 asks for the balance without a port', () => {
    const bench = connected();
    bench.device.queryBalance();
    expect(bench.platform.last('02').port).toBe(0xff);
  });

  it('A20 asks again after 15 s with the same id and payload', () => {
    const bench = connected();
    bench.platform.silentOn.add('02');
    bench.device.swipeCard(1);
    bench.advanceS(60);
    const [first, again, ...more] = bench.platform.framesOf('02');
    expect(again?.bytes).toEqual(first?.bytes);
    expect(more).toEqual([]);
    expect(bench.device.lastCardAnswer).toBeNull();
  });

  it('A20 starts with a card by itself once two heartbeats went unanswered', () => {
    const bench = connected();
    bench.platform.silentOn.add('21');
    bench.advanceS(200);
    bench.device.swipeCard(1, '7a8d05dd');
    expect(bench.platform.of('02')).toHaveLength(1);
    bench.device.unplug(1);
    bench.advanceS(200);
    bench.device.plugIn(1, VEHICLE);
    bench.device.swipeCard(1, '7a8d05dd');
    expect(bench.platform.of('02')).toHaveLength(1);
    expect(bench.device.ledger.charges).toMatchObject([{ source: 'card', cardOrCodeHex: '7a8d05dd' }]);
  });
});

describe('AP3000 device: charges that nobody ordered', () => {
  it('A20 builds the order id of a card start from time, card, device and port', () => {
    const bench = connected({ firstDeviceNo: 1_234_567, model: 'ten-port' });
    bench.device.startLocally(1, { by: 'card', cardOrCodeHex: '7A8D05DD' });
    bench.advanceS(10);
    expect(bench.platform.last('06')).toMatchObject({ startMode: 0 });
    expect(bench.platform.last('06').orderHex).toMatch(/^20250615\d{6}7a8d05dd0123456731$/);
  });

  it('A20 builds the order id of a code start likewise, and settles with the code', () => {
    const bench = connected({ firstDeviceNo: 1_234_567 });
    bench.device.startLocally(1, { by: 'code', cardOrCodeHex: '00482913', durationS: 600 });
    bench.advanceS(603);
    const { orderHex, ...settlement } = bench.platform.last('03');
    expect(orderHex).toMatch(/^20250615\d{6}004829130123456771$/);
    expect(settlement).toMatchObject({ startMode: 3, cardOrCodeHex: '00482913', durationS: 600, stopReason: 3 });
  });

  it('A20 never builds the same order id twice', () => {
    const bench = connected();
    for (let times = 0; times < 50; times++) {
      bench.device.startLocally(1, { by: 'card', cardOrCodeHex: '7A8D05DD' });
      bench.device.unplug(1);
      bench.device.plugIn(1, VEHICLE);
    }
    expect(new Set(bench.device.ledger.charges.map(({ orderHex }) => orderHex)).size).toBe(50);
  });

  it('A20 does not start where nobody is plugged in or someone charges', () => {
    const bench = connected();
    expect(bench.device.startLocally(2, { by: 'card' })).toBe(false);
    expect(bench.device.startLocally(1, { by: 'card' })).toBe(true);
    expect(bench.device.startLocally(1, { by: 'code' })).toBe(false);
  });

  it('A20 obeys a stop of its own order', () => {
    const bench = connected();
    bench.device.startLocally(1, { by: 'card' });
    const { orderHex } = bench.device.ledger.charges[0]!;
    bench.platform.order(bench.device.deviceId, '82', startOrder({ orderHex, action: 0 }));
    bench.advanceS(3);
    expect(bench.platform.last('03')).toMatchObject({ orderHex, stopReason: 7, startMode: 0 });
  });

  it('A20 confirms with 04 on old models until answered, and sends the short settlement', () => {
    const bench = connected({ model: 'old-dual' });
    bench.platform.silentOn.add('04');
    bench.device.startLocally(1, { by: 'card', cardOrCodeHex: '7A8D05DD' });
    bench.advanceS(250);
    expect(bench.platform.last('04')).toMatchObject({ port: 0, startMode: 0, cardOrCodeHex: '7a8d05dd' });
    expect(new Set(bench.platform.framesOf('04').map(({ messageId }) => messageId)).size).toBe(2);
    bench.platform.silentOn.clear();
    bench.advanceS(3600);
    expect(new Set(bench.platform.framesOf('04').map(({ messageId }) => messageId)).size).toBe(3);
    bench.device.unplug(1);
    bench.advanceS(3);
    expect(bench.platform.of('06')).toEqual([]);
    expect(bench.platform.framesOf('03').at(-1)?.bytes).toHaveLength(29 + 14);
  });
});
