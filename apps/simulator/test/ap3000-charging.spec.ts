import { Ap3000Bench } from './ap3000-bench';
import { orderHexOf, startOrder } from './fake-platform';

const ORDER = orderHexOf(0xabc);
const VEHICLE = { powerW: 200, needWh: 500 };
const FIVE_HOURS_S = 5 * 3600;

function charging(quota: Partial<Parameters<typeof startOrder>[0]> = {}): Ap3000Bench {
  const bench = new Ap3000Bench().connect();
  bench.advanceS(10);
  bench.device.plugIn(1, VEHICLE);
  bench.platform.order(bench.device.deviceId, '82', startOrder({ orderHex: ORDER, ...quota }));
  return bench;
}

describe('AP3000 device: a charge that the platform ordered', () => {
  it('A20 replies with the order, reports after 10 s and every 5 min, settles 2 s after the end', () => {
    const bench = charging({ quota: 3600 });
    expect(bench.platform.last('82')).toEqual({ result: 0, orderHex: ORDER, port: 0, waitingPortsMask: 0 });
    expect(bench.device.portState(1)).toBe('charging');

    bench.advanceS(10);
    expect(bench.platform.of('06')).toHaveLength(1);
    expect(bench.platform.last('06')).toMatchObject({
      port: 0,
      portStatus: 1,
      durationS: 10,
      startMode: 1,
      orderHex: ORDER,
    });
    bench.advanceS(3590);
    // Every 5 min from the 10th second, and one at the end with status 0 and no power.
    expect(bench.platform.of('06')).toHaveLength(1 + 11 + 1);
    expect(bench.platform.last('06')).toMatchObject({ portStatus: 0, powerW: 0, durationS: 3600, energyKwh: 0.2 });

    bench.advanceS(1.9);
    expect(bench.platform.of('03')).toHaveLength(0);
    bench.advanceS(0.2);
    expect(bench.platform.last('03')).toMatchObject({
      durationS: 3600,
      energyKwh: 0.2,
      port: 0,
      startMode: 1,
      cardOrCodeHex: '00000000',
      stopReason: 3,
      orderHex: ORDER,
    });
    expect(bench.device.portState(1)).toBe('finished');
  });

  it('A20 keeps a ledger that agrees with the settlement to the unit', () => {
    const bench = charging({ quota: 5400 });
    bench.advanceS(5410);
    const settlement = bench.platform.last('03');
    expect(bench.device.ledger.charges).toEqual([
      expect.objectContaining({
        orderHex: ORDER,
        portNo: 1,
        source: 'platform',
        durationS: settlement.durationS,
        energyRaw: Math.round(settlement.energyKwh * 100),
        maxPowerRaw: Math.round(settlement.maxPowerW * 10),
        stopReason: 3,
        progressSent: bench.platform.of('06').length,
        settlementsSent: 1,
        acknowledged: true,
      }),
    ]);
    expect(bench.device.ledger.unsettled).toEqual([]);
  });

  it.each([
    ['until full', {}, 0x01],
    ['by energy', { rateMode: 2, quota: 20 }, 0x04],
    ['until the longest time', { maxChargeS: 600 }, 0x02],
    ['by time, full before', { quota: 60_000, forceFullStop: 1 }, 0x01],
    ['over the power limit', { overloadPowerW: 150 }, 0x06],
  ])('A20 ends a charge %s with its own reason', (_name, order, stopReason) => {
    const bench = charging(order);
    bench.advanceS(FIVE_HOURS_S);
    expect(bench.platform.last('03').stopReason).toBe(stopReason);
  });

  it('A20 delivers exactly the energy that was bought', () => {
    const bench = charging({ rateMode: 2, quota: 47 });
    bench.advanceS(FIVE_HOURS_S);
    expect(bench.platform.last('03').energyKwh).toBe(0.47);
  });

  it('A20 obeys a stop of the running order and settles with reason 07', () => {
    const bench = charging();
    bench.advanceS(120);
    bench.platform.order(bench.device.deviceId, '82', startOrder({ orderHex: ORDER, action: 0 }));
    expect(bench.platform.last('82').result).toBe(0);
    bench.advanceS(3);
    expect(bench.platform.last('03')).toMatchObject({ stopReason: 7, durationS: 120, orderHex: ORDER });
  });

  it('A20 refuses a stop with another order id and charges on', () => {
    const bench = charging();
    bench.platform.order(bench.device.deviceId, '82', startOrder({ orderHex: orderHexOf(1), action: 0 }));
    expect(bench.platform.last('82').result).toBe(2);
    expect(bench.device.portState(1)).toBe('charging');
  });

  it('A20 settles with reason 05 when the vehicle leaves', () => {
    const bench = charging();
    bench.advanceS(60);
    bench.device.unplug(1);
    bench.advanceS(3);
    expect(bench.platform.last('03')).toMatchObject({ stopReason: 5, durationS: 60 });
    expect(bench.device.portState(1)).toBe('idle');
  });

  it('A20 settles with the reason that fits a fault, and lets harmless faults run', () => {
    const bench = charging();
    bench.advanceS(60);
    bench.device.setFault(1, 0x04);
    expect(bench.device.portState(1)).toBe('charging');
    bench.device.setFault(1, 0x08);
    bench.advanceS(3);
    expect(bench.platform.last('03').stopReason).toBe(0x0e);
    expect(bench.device.portState(1)).toBe('fault');
  });

  it('A20 reports the trickle phase as status 5 before the battery is full', () => {
    const bench = charging();
    bench.advanceS(FIVE_HOURS_S);
    const statuses = bench.platform.of('06').map(({ portStatus }) => portStatus);
    expect(new Set(statuses)).toEqual(new Set([1, 5, 0]));
    expect(statuses).toEqual([...statuses].sort((a, b) => [1, 5, 0].indexOf(a) - [1, 5, 0].indexOf(b)));
  });

  describe('8A', () => {
    const change = (bench: Ap3000Bench, mode: number, port: number, quota: number): number => {
      bench.platform.order(bench.device.deviceId, '8A', { mode, port, quota });
      return bench.platform.last('8A').result;
    };

    it('A20 changes the total time of a running charge', () => {
      const bench = charging({ quota: 600 });
      bench.advanceS(300);
      expect(change(bench, 0, 0, 900)).toBe(0);
      bench.advanceS(1000);
      expect(bench.platform.last('03')).toMatchObject({ durationS: 900, stopReason: 3 });
    });

    it('A20 turns a charge by time into one by energy', () => {
      const bench = charging({ quota: 600 });
      expect(change(bench, 2, 0, 10)).toBe(0);
      bench.advanceS(FIVE_HOURS_S);
      expect(bench.platform.last('03')).toMatchObject({ energyKwh: 0.1, stopReason: 4 });
    });

    it('A20 ends the charge when less than what already ran is asked for', () => {
      const bench = charging({ quota: 600 });
      bench.advanceS(300);
      expect(change(bench, 0, 0, 200)).toBe(2);
      bench.advanceS(3);
      expect(bench.platform.last('03')).toMatchObject({ durationS: 300, stopReason: 3 });
    });

    it('A20 names an idle port and an unknown port or mode', () => {
      const bench = charging();
      expect(change(bench, 0, 1, 600)).toBe(1);
      expect(change(bench, 0, 7, 600)).toBe(3);
      expect(change(bench, 9, 0, 600)).toBe(3);
    });
  });
});

describe('AP3000 device: settlements', () => {
  const unsettled = (): Ap3000Bench => {
    const bench = charging({ quota: 600 });
    bench.platform.silentOn.add('03');
    bench.advanceS(602.5);
    return bench;
  };

  it('A20 retransmits once after 15 s with the same id, byte by byte', () => {
    const bench = unsettled();
    bench.advanceS(40);
    const [first, second, ...more] = bench.platform.framesOf('03');
    expect(more).toEqual([]);
    expect(second?.bytes).toEqual(first?.bytes);
  });

  it('A20 repeats every 30 min with a fresh id until answered', () => {
    const bench = unsettled();
    bench.advanceS(2 * 1800 + 20);
    const ids = bench.platform.framesOf('03').map(({ messageId }) => messageId);
    expect(ids).toHaveLength(6);
    expect(new Set(ids).size).toBe(3);
    bench.platform.silentOn.clear();
    bench.advanceS(2 * 1800);
    expect(new Set(bench.platform.framesOf('03').map(({ messageId }) => messageId)).size).toBe(4);
    expect(bench.device.ledger.unsettled).toEqual([]);
  });

  it('A20 settles after a reconnect what ended while the line was down', () => {
    const bench = charging({ quota: 600 });
    bench.advanceS(60);
    bench.disconnect();
    bench.advanceS(700);
    expect(bench.platform.of('03')).toHaveLength(0);
    bench.connect();
    bench.advanceS(61);
    expect(bench.platform.of('03')).toHaveLength(1);
    expect(bench.platform.last('03')).toMatchObject({ durationS: 600, stopReason: 3 });
  });

  it('A20 sends the next stored record a minute after an answer', () => {
    const bench = charging({ quota: 600 });
    bench.device.plugIn(2, VEHICLE);
    bench.platform.order(bench.device.deviceId, '82', startOrder({ orderHex: orderHexOf(2), port: 1, quota: 600 }));
    bench.disconnect();
    bench.advanceS(700);
    bench.connect();
    bench.advanceS(61);
    expect(bench.platform.of('03')).toHaveLength(1);
    bench.advanceS(61);
    expect(bench.platform.of('03')).toHaveLength(2);
  });

  it('A20 forgets charges and records when its memory is cleared', () => {
    const bench = unsettled();
    bench.platform.order(bench.device.deviceId, '88', {});
    expect(bench.platform.last('88').result).toBe(0);
    bench.platform.silentOn.clear();
    bench.advanceS(FIVE_HOURS_S);
    expect(bench.platform.framesOf('03').length).toBeLessThanOrEqual(2);
    expect(bench.device.ledger.charges).toMatchObject([{ forgotten: true, acknowledged: false }]);
  });
});
