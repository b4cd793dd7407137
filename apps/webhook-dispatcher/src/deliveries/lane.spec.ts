import type { ClaimedDelivery, ClaimRequest } from '@chargebus/persistence/webhook';
import { Lane } from './lane';

const claims = (endpointId: string, count: number, endpointFailures = 0): readonly ClaimedDelivery[] =>
  Array.from({ length: count }, () => ({ endpointId, endpointFailures }) as ClaimedDelivery);
const request = (lane: Lane, more: Partial<ClaimRequest> = {}): ClaimRequest => ({
  ...{ lane: 'fresh', endpointIds: ['a'], busy: lane.beginClaim(1), room: 4, max: 100, leaseMs: 1_000 },
  ...more,
});
const begin = (lane: Lane, count: number): void => {
  for (let i = 0; i < count; i++) lane.take('a');
};

const SLOW_MS = 500;

describe('lane', () => {
  let lane: Lane;
  beforeEach(() => {
    lane = new Lane('fresh', 4);
  });

  it('asks for more once half of the places of an endpoint that is behind are free again', () => {
    lane.setBehind(['a']);
    begin(lane, 4);
    expect(lane.takenAt('a')).toBe(4);
    expect([
      lane.finish('a', SLOW_MS),
      lane.finish('a', SLOW_MS),
      lane.finish('a', SLOW_MS),
      lane.finish('a', SLOW_MS),
    ]).toEqual([false, true, false, false]);
    expect(lane.takenAt('a')).toBe(0);
  });

  it('never asks for more at an endpoint where nothing waits', () => {
    begin(lane, 4);
    expect([lane.finish('a', SLOW_MS), lane.finish('a', SLOW_MS), lane.finish('a', SLOW_MS)]).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('knows by what a claim brought whether more waits', () => {
    const asked = request(lane);
    begin(lane, 4);
    lane.learn(asked, claims('a', 4));
    expect(lane.isBehind('a')).toBe(true);
    for (let i = 0; i < 4; i++) lane.finish('a', SLOW_MS);
    const again = request(lane);
    begin(lane, 3);
    lane.learn(again, claims('a', 3));
    expect(lane.isBehind('a')).toBe(false);
  });

  it('asks again at once where all that was taken is done before the claim is judged', () => {
    lane.setBehind(['a']);
    expect(lane.learn(request(lane), claims('a', 4))).toEqual(['a']);
    expect(lane.learn(request(lane), [])).toEqual([]);
    expect(lane.isBehind('a')).toBe(false);
  });

  it('takes nothing from a claim about what was left while it was under way', () => {
    const asked = request(lane);
    lane.setBehind(['a']);
    expect(lane.learn(asked, claims('a', 1))).toEqual(['a']);
    expect(lane.isBehind('a')).toBe(true);
    expect(lane.learn(request(lane), claims('a', 1))).toEqual([]);
    expect(lane.isBehind('a')).toBe(false);
  });

  it('has more room for an endpoint that answered quickly, and less when the process fills', () => {
    begin(lane, 2);
    lane.finish('a', 5);
    expect([lane.roomAt('a', 1), lane.roomAt('b', 1), lane.roomAt('a', 0.5), lane.roomAt('b', 0)]).toEqual([
      16, 4, 8, 0,
    ]);
    lane.finish('a', SLOW_MS);
    expect(lane.roomAt('a', 1)).toBe(4);
  });

  it('learns nothing from a claim that had no room: at a full endpoint, or in a full process', () => {
    lane.setBehind(['a']);
    expect(lane.learn(request(lane, { max: 2 }), claims('b', 2))).toEqual([]);
    begin(lane, 4);
    lane.learn(request(lane), []);
    expect(lane.isBehind('a')).toBe(true);
  });

  it('takes an ailing endpoint, which has one place, for behind when it got one', () => {
    lane.learn(request(lane), claims('a', 1, 5));
    expect(lane.isBehind('a')).toBe(true);
  });
});
