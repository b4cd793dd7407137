import type { ClaimedDelivery, ClaimRequest } from '@chargebus/persistence/webhook';
import { Lane } from './lane';

const claims = (endpointId: string, count: number, endpointFailures = 0): readonly ClaimedDelivery[] =>
  Array.from({ length: count }, () => ({ endpointId, endpointFailures }) as ClaimedDelivery);
const request = (lane: Lane, more: Partial<ClaimRequest> = {}): ClaimRequest => ({
  ...{ lane: 'fresh', endpointIds: ['a'], busy: new Map(lane.busy), places: 4, max: 100, leaseMs: 1_000 },
  ...more,
});
const begin = (lane: Lane, count: number): void => {
  for (let i = 0; i < count; i++) lane.take('a');
};

describe('lane', () => {
  let lane: Lane;
  beforeEach(() => {
    lane = new Lane('fresh', 4);
  });

  it('asks for more once half of the places of an endpoint that is behind are free again', () => {
    lane.setBehind(['a']);
    begin(lane, 4);
    expect(lane.busy.get('a')).toBe(4);
    expect([lane.free('a'), lane.free('a'), lane.free('a'), lane.free('a')]).toEqual([false, true, false, false]);
    expect(lane.busy.size).toBe(0);
  });

  it('never asks for more at an endpoint where nothing waits', () => {
    begin(lane, 4);
    expect([lane.free('a'), lane.free('a'), lane.free('a')]).toEqual([false, false, false]);
  });

  it('knows by what a claim brought whether more waits', () => {
    const asked = request(lane);
    begin(lane, 4);
    lane.learn(asked, claims('a', 4));
    expect(lane.isBehind('a')).toBe(true);
    for (let i = 0; i < 4; i++) lane.free('a');
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
