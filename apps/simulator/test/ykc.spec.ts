import type { DeviceCommand } from '@chargebus/domain';
import { createYkcDriver, ykcDriver } from '@chargebus/protocol-ykc';
import type { BillingModel } from '@chargebus/protocol-ykc';
import { ykc } from '../src';
import type { YkcOptions, YkcPile } from '../src';
import { DriverBench, startOf, stopOf } from './driver-bench';

const TRADE = '32010001000000012601020000000001';
const OTHER = '32010001000000022601020000000002';
const CAR = { powerW: 60_000, needWh: 30_000 };
const rate = { energyYuan: 0.6, serviceYuan: 0.4 };
const MODEL: BillingModel = { modelNo: '0042', rates: [rate, rate, rate, rate], slots: new Array<number>(48).fill(1) };

function bench(options: YkcOptions = {}, driver = ykcDriver): DriverBench<YkcPile> {
  return new DriverBench(driver, ykc({ replyDelayMs: [0, 0], ...options })).connect().advanceS(1);
}
function charging(options: YkcOptions = {}): DriverBench<YkcPile> {
  const one = bench(options);
  one.device.plugIn(1, CAR);
  expect(one.order(startOf(1, TRADE)).outcome).toMatchObject({ status: 'acked' });
  return one;
}

describe('YKC pile', () => {
  it('A20 logs in, checks its model, beats for every gun and reports each', () => {
    const one = bench().advanceS(35);
    expect(one.device.registered).toBe(true);
    expect(one.heard.slice(0, 6)).toEqual(['01', '05', '03', '03', '13', '13']);
    expect(one.heard.filter((command) => command === '03')).toHaveLength(8);
    expect(one.lastOf('device.registered')).toMatchObject({ model: 'dc_pile', portCount: 2 });
  });

  it('A20 charges until full, with the BMS phases, and settles what its ledger says', () => {
    const one = charging().advanceS(3_600);
    const settled = one.lastOf('charge.settled');
    const [charge] = one.device.ledger.charges;
    expect(settled).toMatchObject({ orderRef: TRADE, portNo: 1, endReason: 'full', energyWh: 29_700 });
    expect(charge).toMatchObject({ energyWh: settled.energyWh, acknowledged: true, durationS: settled.durationS });
    expect(settled.attributes).toMatchObject({ mismatches: [], totalAmountYuan: 32.67, tradeFlag: 1 });
    expect(settled.attributes.bms).toMatchObject({ handshake: {}, configuration: {}, demand: {}, statistics: {} });
    expect(one.lastOf('charge.started')).toMatchObject({ orderRef: TRADE, source: 'platform' });
    expect(one.lastOf('charge.progress')).toMatchObject({ orderRef: TRADE, voltageV: 380 });
  });

  it('A20 stops when ordered, and says so in the record', () => {
    const one = charging().advanceS(600);
    expect(one.order(stopOf(1, TRADE)).outcome).toMatchObject({ status: 'acked' });
    expect(one.advanceS(2).lastOf('charge.settled')).toMatchObject({ endReason: 'remote', energyWh: 10_000 });
    expect(one.order(stopOf(1, TRADE)).outcome).toMatchObject({ status: 'acked' });
  });

  it('A20 waits a minute for the plug, and starts when it comes', () => {
    const one = bench();
    const order = one.order(startOf(2, TRADE));
    expect(order.outcome).toBeNull();
    one.advanceS(20);
    one.device.plugIn(2, CAR);
    expect(order.outcome).toMatchObject({ status: 'acked' });
    expect(one.device.portState(2)).toBe('charging');
  });

  it('A20 refuses a second order, a broken gun and a locked pile', () => {
    const one = charging();
    expect(one.order(startOf(1, OTHER)).outcome).toEqual({ status: 'rejected', reason: 'port_busy' });
    one.device.setFault(2, 0x72);
    expect(one.order(startOf(2, OTHER)).outcome).toEqual({ status: 'rejected', reason: 'device_fault' });
    one.device.setFault(2, null);
    one.order({ kind: 'params.set', group: 'work', values: { stopUse: true, maxPowerPercent: 50 } });
    one.device.plugIn(2, CAR);
    expect(one.order(startOf(2, OTHER)).outcome).toEqual({ status: 'rejected', reason: 'device_fault' });
  });

  it.each([
    [
      'unplugged',
      (pile: YkcPile) => {
        pile.unplug(1);
      },
      'external',
      'stopped',
    ],
    [
      'stopped by its emergency button',
      (pile: YkcPile) => {
        pile.setFault(1, 0x72);
      },
      'emergency_stop',
      'fault',
    ],
  ] as const)('A20 settles with the reason when it is %s', (_name, happens, endReason, endClass) => {
    const one = charging().advanceS(60);
    happens(one.device);
    expect(one.advanceS(2).lastOf('charge.settled')).toMatchObject({ endReason, endClass });
  });

  it('A20 repeats a record every 30 s, once more after 5 min, and again after the next log-in', () => {
    const one = charging();
    one.silentOn.add('3B');
    one.device.unplug(1);
    one.advanceS(2_000);
    expect(one.factsOf('charge.settled')).toHaveLength(5);
    one.silentOn.clear();
    one.device.cut(1_000);
    one.advanceS(5);
    const settled = one.factsOf('charge.settled');
    expect([settled.length, new Set(settled.map(({ id }) => id)).size]).toEqual([6, 1]);
    expect(one.device.ledger.unsettled).toEqual([]);
  });

  it('A20 asks for a card and for a VIN, and charges under the number that it is given', () => {
    const one = bench();
    one.device.plugIn(1, CAR);
    one.device.swipeCard(1, 'd14b0a54');
    expect(one.device.lastCardAccepted).toBe(true);
    one.device.unplug(1);
    expect(one.advanceS(2).lastOf('charge.settled')).toMatchObject({ source: 'card', cardId: '00000000d14b0a54' });
    one.device.plugIn(2, CAR);
    one.device.presentVin(2, 'LABCD12E3F4567890');
    one.device.unplug(2);
    const settled = one.advanceS(2).lastOf('charge.settled');
    expect(settled).toMatchObject({ source: 'plug', attributes: { vin: 'LABCD12E3F4567890' } });
    one.decision = { ...one.decision, decision: 'blocked' };
    one.device.plugIn(1, CAR);
    one.device.swipeCard(1);
    expect([one.device.lastCardAccepted, one.device.portState(1)]).toEqual([false, 'plugged']);
  });

  it('A20 charges offline with a card of its list, and tells it after the log-in', () => {
    const one = bench();
    const card = { cardId: '00000000d14b0a54', cardNumber: '0000000000000001' };
    expect(one.order({ kind: 'cards.write', cards: [card] }).outcome).toMatchObject({ status: 'acked' });
    one.device.cut(7_200_000);
    one.device.plugIn(1, CAR);
    one.device.swipeCard(1, 'd14b0a54');
    one.advanceS(3_000);
    expect(one.device.ledger.unsettled).toHaveLength(1);
    const settled = one.advanceS(4_300).lastOf('charge.settled');
    expect(settled).toMatchObject({ cardId: card.cardId, energyWh: 29_700, attributes: { offline: true } });
  });

  it('A20 does not charge without a model, and fetches one', () => {
    const one = bench({ modelNo: '0000' }).advanceS(2); // so long the platform waits for the model to be fetched
    one.device.plugIn(1, CAR);
    expect(one.order(startOf(1, TRADE)).outcome).toEqual({ status: 'rejected', reason: 'billing_model' });
    const equipped = bench({ modelNo: '0000' }, createYkcDriver({ defaults: { billingModel: MODEL } }));
    expect(equipped.device.tariff).toMatchObject({ modelNo: '0042', prices: [1, 1, 1, 1] });
  });

  it.each<[DeviceCommand]>([
    [{ kind: 'status.query' }],
    [{ kind: 'time.sync' }],
    [{ kind: 'billing.set', modelNo: '0042', rates: [rate, rate, rate, rate], slots: [...MODEL.slots] }],
    [{ kind: 'balance.update', portNo: 1, cardId: '00000000d14b0a54', balanceFen: 100 }],
    [{ kind: 'cards.remove', cardIds: ['00000000d14b0a54'] }],
    [{ kind: 'cards.query', cardIds: ['00000000d14b0a54'] }],
    [{ kind: 'lock.move', portNo: 1, raise: true }],
    [{ kind: 'device.reboot', scope: 'device' }],
    [{ kind: 'display.set_qr', text: 'https://pay.example/', persistent: true, showFirst: false }],
  ])('A20 obeys %j', (command) => {
    expect(bench().order(command).outcome).toMatchObject({ status: 'acked' });
  });

  it('A20 keeps the clock that it is given', () => {
    const one = bench();
    one.device.shiftClock(86_400_000);
    one.order({ kind: 'time.sync' });
    expect(one.device.now()).toBe('2026-01-02T08:00:01.000');
  });

  it('A20 starts two guns together', () => {
    const one = bench();
    one.device.plugIn(1, CAR);
    one.device.plugIn(2, CAR);
    const guns = [
      { portNo: 1, orderRef: TRADE as never },
      { portNo: 2, orderRef: OTHER as never },
    ];
    expect(one.order({ kind: 'charge.start_parallel', guns, balanceFen: null }).outcome).toMatchObject({
      status: 'acked',
      result: { portNos: [1, 2] },
    });
  });

  it('A20 speaks with the other byte order, and behind a concentrator with another pile', () => {
    const one = bench({ crcOrder: 'hi-lo' });
    expect(one.device.registered).toBe(true);
    const many = new DriverBench(ykcDriver, ykc({ pilesPerConnection: 3 }), { devices: 3 }).connect().advanceS(2);
    expect(many.endpoint.devices.map(({ registered }) => registered)).toEqual([true, true, true]);
  });

  it('A20 upgrades and comes back with the new version', () => {
    const one = bench();
    one.order({
      kind: 'firmware.update',
      target: 'device',
      imageBase64: null,
      version: null,
      deviceType: null,
      source: { location: 'ftp://10.0.0.1/fw/V4.2.01.bin' },
    });
    expect(one.advanceS(140).lastOf('device.registered')).toMatchObject({ firmwareVersion: 'V4.2.01' });
  });
});
