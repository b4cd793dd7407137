import type { DeviceCommandKind } from '@chargebus/domain';
import { decideNext } from './decide-next';
import type { AttemptEnd, AttemptFacts, Next } from './decide-next';

const policy = { maxFailures: 5, delayMs: 1_000, maxDelayMs: 60_000, maxOfflineDelayMs: 300_000 };
const HALF = 0.5; // the middle of the jitter: delays as they are written
const facts = (kind: DeviceCommandKind, changes: Partial<AttemptFacts> = {}): AttemptFacts => ({
  kind,
  exposedBefore: false,
  failures: 0,
  waits: 0,
  ...changes,
});
const decide = (about: AttemptFacts, outcome: AttemptEnd['outcome'], sends = 1): Next =>
  decideNext(about, { outcome, sends }, policy, HALF);
const ACKED = { status: 'acked', result: { energyWh: 5 } } as const;
const SAME_STATE = { status: 'rejected', reason: 'same_state' } as const;
const OFFLINE = { status: 'offline' } as const;
const LOST = { status: 'lost' } as const;
const NO_REPLY = { status: 'no_reply' } as const;

describe('what follows an attempt', () => {
  it('A05 is the end with what the device reported', () => {
    expect(decide(facts('charge.start'), ACKED)).toMatchObject({
      status: 'acked',
      result: { energyWh: 5 },
      definitive: true,
    });
  });

  it.each<[string, AttemptFacts, number, string]>([
    ['a first start', facts('charge.start'), 1, 'rejected'],
    ['a start that the gateway sent twice', facts('charge.start'), 2, 'acked'],
    ['a start that an earlier attempt may have brought', facts('charge.start', { exposedBefore: true }), 1, 'acked'],
    ['a stop', facts('charge.stop'), 1, 'acked'],
    ['a change', facts('charge.modify', { exposedBefore: true }), 2, 'rejected'],
  ])('"same state" to %s', (_, about, sends, status) => {
    expect(decide(about, SAME_STATE, sends)).toMatchObject({ kind: 'finish', status, definitive: true });
  });

  it('an absent device is waited for, ever longer, without counting as a failure', () => {
    const delays = [0, 1, 4, 30].map((waits) => decide(facts('charge.start', { waits, failures: 2 }), OFFLINE, 0));
    expect(delays.map((next) => next.kind === 'postpone' && next.delayMs)).toEqual([1_000, 2_000, 16_000, 300_000]);
    expect(delays.every((next) => next.kind === 'postpone' && next.failures === 2 && !next.exposed)).toBe(true);
  });

  it('an absent device does not undo that an earlier attempt may have reached it', () => {
    expect(decide(facts('charge.start', { exposedBefore: true }), OFFLINE, 0)).toMatchObject({ exposed: true });
  });

  it.each<[DeviceCommandKind, AttemptEnd['outcome'], number, Partial<Next>]>([
    ['charge.start', NO_REPLY, 2, { kind: 'finish', status: 'no_reply' }],
    ['charge.stop', NO_REPLY, 2, { kind: 'postpone', exposed: true, failures: 1 }],
    ['charge.modify', NO_REPLY, 2, { kind: 'postpone', exposed: true, failures: 1 }],
    ['status.query', NO_REPLY, 2, { kind: 'finish', status: 'no_reply' }],
    ['cabinet.open', NO_REPLY, 2, { kind: 'finish', status: 'no_reply' }],
    ['charge.start', LOST, 0, { kind: 'postpone', exposed: true, failures: 1 }],
    ['charge.start', OFFLINE, 1, { kind: 'postpone', exposed: true, failures: 1 }],
    ['cabinet.open', LOST, 0, { kind: 'finish', status: 'no_reply' }],
    ['device.reboot', OFFLINE, 1, { kind: 'finish', status: 'no_reply' }],
    ['voice.play', LOST, 1, { kind: 'finish', status: 'no_reply' }],
  ])('E34 %s after %j with %d sends', (kind, outcome, sends, expected) => {
    expect(decide(facts(kind), outcome, sends)).toMatchObject(expected);
  });

  it('C03 the last failure makes a dead letter', () => {
    expect(decide(facts('charge.stop', { failures: 3 }), NO_REPLY)).toMatchObject({ kind: 'postpone', failures: 4 });
    expect(decide(facts('charge.stop', { failures: 4 }), NO_REPLY)).toMatchObject({
      status: 'dead',
      reason: 'no_reply',
    });
    expect(decide(facts('charge.start', { failures: 4 }), LOST)).toMatchObject({
      status: 'dead',
      reason: 'gateway_lost',
    });
  });

  it('what the gateway gave back unsent is tried again and counts as nothing', () => {
    const next = decide(facts('charge.start'), { status: 'withdrawn', reason: 'draining' }, 0);
    expect(next).toEqual({ kind: 'postpone', delayMs: 1_000, exposed: false, failures: 0, waits: 0 });
  });

  it('C01 what a dead gateway had is given again at once where the device is now, as possibly carried out', () => {
    const next = decide(facts('charge.start', { failures: 4 }), { status: 'moved' }, 1);
    expect(next).toEqual({ kind: 'postpone', delayMs: 0, exposed: true, failures: 4, waits: 0 });
  });

  it('E34 what no device of the kind can do is rejected with the reason', () => {
    expect(decide(facts('cabinet.open'), { status: 'unsupported', reason: 'no door' })).toMatchObject({
      status: 'rejected',
      reason: 'unsupported: no door',
    });
    expect(decide(facts('params.set'), { status: 'invalid', reason: 'x' })).toMatchObject({ reason: 'invalid: x' });
  });

  it('spreads delays over a fifth to both sides', () => {
    const delay = (jitter: number) => decideNext(facts('charge.stop'), { outcome: OFFLINE, sends: 0 }, policy, jitter);
    expect(delay(0)).toMatchObject({ delayMs: 800 });
    expect(delay(1)).toMatchObject({ delayMs: 1_200 });
  });
});
