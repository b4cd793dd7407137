import { presenceDeadlineMs, weighPresence, windowMs } from './presence';
import type { LifeSigns } from './presence';

const NOW = 1_000_000_000;
const GRACE = 15_000;
const signs = (fields: Partial<LifeSigns>): LifeSigns => ({
  connectionId: 'c1',
  disconnectedAtMs: null,
  lastHeartbeatAtMs: NOW - 1_000,
  lastFrameAtMs: NOW - 1_000,
  heartbeatIntervalS: 180,
  offlineTimeoutS: null,
  ...fields,
});
const ago = (seconds: number): number => NOW - seconds * 1000;

describe('presence', () => {
  it('B07 decision 17 waits two heartbeats and 15 s, or what was set for the device', () => {
    expect(windowMs(signs({}))).toBe(375_000);
    expect(windowMs(signs({ offlineTimeoutS: 300 }))).toBe(300_000);
  });

  it.each([
    ['everything', {}, 1, true, null],
    ['connected and heard once', { lastHeartbeatAtMs: null }, 0.6, true, null],
    ['connected, heartbeats missing, other frames come', { lastHeartbeatAtMs: ago(400) }, 0.6, true, null],
    ['connected and silent', { lastHeartbeatAtMs: ago(400), lastFrameAtMs: ago(400) }, 0.4, false, 'heartbeat_timeout'],
    ['closed a moment ago', { connectionId: null, disconnectedAtMs: ago(14) }, 1, true, null],
    [
      'closed and grace over',
      { connectionId: null, disconnectedAtMs: ago(0.5) - 14_500 },
      0,
      false,
      'connection_closed',
    ],
    ['closed, heard since on another way', { connectionId: null, disconnectedAtMs: ago(20) }, 0.6, true, null],
    ['never seen', { connectionId: null, lastHeartbeatAtMs: null, lastFrameAtMs: null }, 0, false, 'connection_closed'],
  ] as const)('B05 B06 weighs %s', (name, fields, score, online, reason) => {
    const heard = name.startsWith('closed and grace') ? { lastHeartbeatAtMs: ago(30), lastFrameAtMs: ago(30) } : {};
    expect(weighPresence(signs({ ...fields, ...heard }), NOW, GRACE)).toEqual({ online, score, reason });
  });

  it('names the next moment at which it can fall', () => {
    expect(presenceDeadlineMs(signs({ lastFrameAtMs: ago(10), lastHeartbeatAtMs: ago(100) }), NOW, GRACE)).toBe(
      ago(100) + 375_000,
    );
    expect(presenceDeadlineMs(signs({ connectionId: null, disconnectedAtMs: ago(5) }), NOW, GRACE)).toBe(
      ago(5) + GRACE,
    );
    expect(presenceDeadlineMs(signs({ lastHeartbeatAtMs: null, lastFrameAtMs: null }), NOW, GRACE)).toBeNull();
  });
});
