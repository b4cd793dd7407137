import { Ap3000Bench } from './ap3000-bench';
import { orderHexOf, startOrder } from './fake-platform';

const ORDER = orderHexOf(0x55);

function connected(): Ap3000Bench {
  const bench = new Ap3000Bench().connect();
  bench.advanceS(10);
  bench.device.plugIn(1, { powerW: 200, needWh: 500 });
  return bench;
}
const start = (bench: Ap3000Bench, messageId?: number): number =>
  bench.platform.order(bench.device.deviceId, '82', startOrder({ orderHex: ORDER, quota: 600 }), messageId);

describe('AP3000 device: faults on demand', () => {
  it('A20 does not notice an order, then does', () => {
    const bench = connected();
    bench.faults.next('ignoreOrders');
    const messageId = start(bench);
    expect(bench.device.portState(1)).toBe('plugged');
    start(bench, messageId);
    expect(bench.platform.of('82')).toMatchObject([{ result: 0 }]);
  });

  it('A20 starts although its reply is lost, and says so when asked with 81', () => {
    const bench = connected();
    bench.faults.next('loseReplies');
    start(bench);
    expect(bench.platform.of('82')).toEqual([]);
    expect(bench.device.portState(1)).toBe('charging');
    bench.platform.order(bench.device.deviceId, '81', {});
    bench.advanceS(2);
    expect(bench.platform.last('21').portStatuses[0]).toBe(1);
  });

  it('A20 replies late', () => {
    const bench = connected();
    bench.faults.next('delayReplies');
    start(bench);
    bench.advanceS(1.9);
    expect(bench.platform.of('82')).toEqual([]);
    bench.advanceS(18.2);
    expect(bench.platform.of('82')).toMatchObject([{ result: 0, orderHex: ORDER }]);
  });

  it('A20 does not notice an answer and asks again with the same id', () => {
    const bench = connected();
    start(bench);
    bench.advanceS(601);
    bench.faults.next('ignoreAnswers');
    bench.advanceS(60);
    const [first, again, ...more] = bench.platform.framesOf('03');
    expect(more).toEqual([]);
    expect(again?.bytes).toEqual(first?.bytes);
    expect(bench.device.ledger.find(ORDER)).toMatchObject({ settlementsSent: 1, acknowledged: true });
  });

  it('A20 settles twice with different ids, and counts both', () => {
    const bench = connected();
    start(bench);
    bench.faults.next('duplicateSettlements');
    bench.advanceS(660);
    const [first, second, ...more] = bench.platform.framesOf('03');
    expect(more).toEqual([]);
    expect(second?.messageId).not.toBe(first?.messageId);
    expect(second?.bytes.slice(12, 12 + 29)).toEqual(first?.bytes.slice(12, 12 + 29));
    expect(bench.device.ledger.find(ORDER)).toMatchObject({ settlementsSent: 2, acknowledged: true });
    expect(bench.statistics).toMatchObject({ settlementsSent: 2, settlementsAcknowledged: 1 });
  });

  it('A20 sends a request twice within a moment, byte by byte', () => {
    const bench = connected();
    bench.faults.next('duplicateRequests');
    bench.device.swipeCard(1);
    bench.advanceS(1);
    const [first, second] = bench.platform.framesOf('02');
    expect(second?.bytes).toEqual(first?.bytes);
    expect(bench.statistics.surplusAnswers).toBe(1);
  });
});
