import type { DeviceCommand } from '@chargebus/domain';
import { bkvDriver } from '@chargebus/protocol-bkv';
import { bkv } from '../src';
import type { BkvGateway, BkvOptions } from '../src';
import { DriverBench, startOf, stopOf } from './driver-bench';

const ORDER = '00112233445566778899aabbccddeeff';
const VEHICLE = { powerW: 200, needWh: 500 };

function bench(options: BkvOptions = {}): DriverBench<BkvGateway> {
  return new DriverBench(bkvDriver, bkv({ replyDelayMs: [0, 0], ...options })).connect().advanceS(1);
}
function charging(fields: Parameters<typeof startOf>[2] = {}, options: BkvOptions = {}): DriverBench<BkvGateway> {
  const one = bench(options);
  one.device.plugIn(1, VEHICLE);
  const { outcome } = one.advanceS(1).order(startOf(1, ORDER, fields));
  expect(outcome).toMatchObject({ status: 'acked' });
  return one;
}

describe('BKV gateway', () => {
  it('A20 registers by its heartbeat, and beats every minute', () => {
    const one = bench().advanceS(200);
    expect(one.device.registered).toBe(true);
    expect(one.heard.filter((command) => command === '0000')).toHaveLength(4);
    expect(one.factsOf('device.registered')).toMatchObject([
      { deviceId: '82240001000000', firmwareVersion: '00.1.17' },
    ]);
  });

  it.each([
    ['by time', { primaryLimit: 'duration', durationLimitS: 1_800 }, 'time_reached', 100, 1_800],
    ['by energy', { primaryLimit: 'energy', energyLimitWh: 123 }, 'energy_reached', 123, 2_160],
    ['until full', {}, 'full', 495, 12_540],
  ] as const)('A20 charges %s and settles what its ledger says', (_name, fields, endReason, energyWh, durationS) => {
    const one = charging(fields).advanceS(4 * 3_600);
    expect(one.lastOf('charge.settled')).toMatchObject({ orderRef: ORDER, portNo: 1, energyWh, durationS, endReason });
    expect(one.device.ledger.charges).toMatchObject([{ energyWh, acknowledged: true, source: 'platform' }]);
    expect(one.lastOf('charge.progress')).toMatchObject({ orderRef: ORDER, portNo: 1 });
  });

  it('A20 stops when ordered', () => {
    const one = charging().advanceS(600);
    expect(one.order(stopOf(1, ORDER)).outcome).toMatchObject({ status: 'acked' });
    expect(one.advanceS(2).lastOf('charge.settled')).toMatchObject({ endReason: 'remote', energyWh: 33 });
  });

  it.each([
    [
      'leaves',
      (device: BkvGateway) => {
        device.unplug(1);
      },
      'no_load',
    ],
    [
      'overheats',
      (device: BkvGateway) => {
        device.setFault(1, 0x04);
      },
      'overheat',
    ],
  ] as const)('A20 says why a charge ended when the vehicle %s', (_name, happens, endReason) => {
    const one = charging().advanceS(60);
    happens(one.device);
    expect(one.advanceS(2).lastOf('charge.settled')).toMatchObject({ endReason });
  });

  it('A20 repeats an end report until it is answered: three times, then over a new connection, always the same fact', () => {
    const one = charging();
    one.silentOn.add('0015/02');
    one.device.unplug(1);
    one.advanceS(45);
    expect(one.connections).toBe(2);
    one.silentOn.clear();
    one.advanceS(60);
    const settled = one.factsOf('charge.settled');
    expect(settled.length).toBeGreaterThanOrEqual(4);
    expect(new Set(settled.map(({ id }) => id)).size).toBe(1);
    expect(one.device.ledger.unsettled).toEqual([]);
    expect(one.heard).toContain('1000/1013');
  });

  it('A20 asks for a card, charges by its decision and settles with the card', () => {
    const one = bench();
    one.device.plugIn(4, VEHICLE);
    one.device.swipeCard(4, '450030700247');
    expect(one.device.lastCardAccepted).toBe(true);
    expect(one.lastOf('charge.started')).toMatchObject({ portNo: 4, source: 'card' });
    one.device.unplug(4);
    expect(one.advanceS(1).lastOf('charge.settled')).toMatchObject({
      cardId: '450030700247',
      source: 'card',
      portNo: 4,
    });
    one.decision = { ...one.decision, decision: 'blocked' };
    one.device.plugIn(4, VEHICLE);
    one.device.swipeCard(4);
    expect([one.device.lastCardAccepted, one.device.portState(4)]).toEqual([false, 'plugged']);
    one.device.queryBalance();
    expect(one.device.lastBalanceFen).toBe(5_000);
  });

  it('A20 prices by power tiers and by service fee', () => {
    const tiers = [{ powerW: 250, priceFen: 25, minutes: 60 }];
    const one = charging({ tariff: { kind: 'power_tiers', amountFen: 50, tiers } }).advanceS(3 * 3_600);
    expect(one.lastOf('charge.settled')).toMatchObject({
      durationS: 7_200,
      attributes: { costFen: 50, tierMinutes: [120] },
    });
    one.device.plugIn(2, VEHICLE);
    const day = [{ until: '23:59', electricityFenPerKwh: 100, serviceFenPerUnit: 50 }];
    const fee = { kind: 'service_fee', amountFen: 30, serviceFeeBy: 'energy', tiers: day } as const;
    expect(one.advanceS(1).order(startOf(2, ORDER, { tariff: fee })).outcome).toMatchObject({ status: 'acked' });
    expect(one.advanceS(3 * 3_600).lastOf('charge.settled')).toMatchObject({
      energyWh: 200,
      attributes: { command: '1000/1004', electricityFeeFen: 20, serviceFeeFen: 10 },
    });
  });

  it.each<[DeviceCommand]>([
    [{ kind: 'status.query', portNo: 1 }],
    [{ kind: 'params.set', group: 'socket:1', values: { tempThresholdC: 70 } }],
    [{ kind: 'params.get', group: 'socket:1' }],
    [{ kind: 'voice.set', portNo: null, buzzer: false, voice: true, periods: [] }],
    [{ kind: 'network.add', socketNo: 7, mac: '450030700247' }],
    [{ kind: 'network.remove', socketNo: 2 }],
  ])('A20 obeys $kind', (command) => {
    expect(bench().order(command).outcome).toMatchObject({ status: 'acked' });
  });

  it('A12 A20 learns its sockets, keeps those that charge, and reports the new ones', () => {
    const one = charging();
    const nodes = [2, 3].map((socketNo) => ({ socketNo, mac: `45003070024${socketNo}` }));
    expect(one.order({ kind: 'network.refresh', channel: 1, nodes }).outcome).toMatchObject({ status: 'rejected' });
    one.device.unplug(1);
    one.advanceS(1).order({ kind: 'network.refresh', channel: 1, nodes });
    expect(one.advanceS(1).order(startOf(1, ORDER)).outcome).toMatchObject({ status: 'rejected' });
    one.device.plugIn(5, VEHICLE);
    expect(one.order(startOf(5, ORDER)).outcome).toMatchObject({ status: 'acked' });
  });

  it('A20 speaks as older firmware does, and upgrades', () => {
    const one = charging({}, { statusReports: 'socket' }).advanceS(1);
    expect(one.heard).toContain('0015/1C');
    const source = { location: 'ftp://10.0.0.1/00.2.01.bin' };
    one.order({
      kind: 'firmware.update',
      target: 'device',
      imageBase64: null,
      version: null,
      deviceType: null,
      source,
    });
    one.advanceS(120);
    expect(one.lastOf('device.registered')).toMatchObject({ firmwareVersion: '00.2.01' });
  });

  it('A20 loses replies and orders on demand; the platform then asks what runs', () => {
    const one = bench();
    one.device.plugIn(1, VEHICLE);
    one.faults.next('loseReplies');
    const order = one.order(startOf(1, ORDER));
    expect(one.device.portState(1)).toBe('charging');
    one.advanceS(30);
    expect(order.outcome).toMatchObject({ status: 'acked', result: { evidence: 'status' } });
  });
});
