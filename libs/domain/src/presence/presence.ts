/** What is known of a device's life signs; instants in epoch milliseconds, null: never. */
export interface LifeSigns {
  readonly connectionId: string | null; // null: no connection carries it now
  readonly disconnectedAtMs: number | null; // when the last connection went
  readonly lastHeartbeatAtMs: number | null;
  readonly lastFrameAtMs: number | null; // any frame, answers to our orders included
  readonly heartbeatIntervalS: number;
  readonly offlineTimeoutS: number | null; // set per device; null: the protocol's rule
}
export interface Presence {
  readonly online: boolean;
  readonly score: number; // 0–1
  /** Why it is not online; null while it is. */
  readonly reason: 'connection_closed' | 'heartbeat_timeout' | null;
}

const WEIGHTS = { connection: 0.4, heartbeat: 0.4, traffic: 0.2 } as const;
const ONLINE_FROM = 0.5;
const WINDOW_SLACK_S = 15;

/** How long silence is no sign of absence (decision 17): `offline_timeout`, else 2 × heartbeat interval + 15 s. */
export const windowMs = (signs: Pick<LifeSigns, 'heartbeatIntervalS' | 'offlineTimeoutS'>): number =>
  1000 * (signs.offlineTimeoutS ?? 2 * signs.heartbeatIntervalS + WINDOW_SLACK_S);

/**
 * Weighs the signs: a connection, a fresh heartbeat, recent traffic. A closed connection counts as open for `graceMs`;
 * after that, what was heard on it proves nothing any more, however fresh.
 */
export function weighPresence(signs: LifeSigns, nowMs: number, graceMs: number): Presence {
  const window = windowMs(signs);
  const closed = signs.connectionId === null;
  const inGrace = signs.disconnectedAtMs !== null && nowMs - signs.disconnectedAtMs < graceMs;
  const heardFrom = closed && !inGrace ? (signs.disconnectedAtMs ?? -Infinity) : -Infinity;
  const fresh = (at: number | null): boolean => at !== null && at > heardFrom && nowMs - at < window;
  const score =
    (!closed || inGrace ? WEIGHTS.connection : 0) +
    (fresh(signs.lastHeartbeatAtMs) ? WEIGHTS.heartbeat : 0) +
    (fresh(signs.lastFrameAtMs) ? WEIGHTS.traffic : 0);
  const online = score >= ONLINE_FROM;
  return {
    online,
    score: Math.round(score * 10) / 10,
    reason: online ? null : closed ? 'connection_closed' : 'heartbeat_timeout',
  };
}

/** The next instant at which presence can fall without anything being heard; null: it cannot fall further. */
export function presenceDeadlineMs(signs: LifeSigns, nowMs: number, graceMs: number): number | null {
  const window = windowMs(signs);
  const ends = [
    signs.connectionId === null && signs.disconnectedAtMs !== null ? signs.disconnectedAtMs + graceMs : null,
    signs.lastHeartbeatAtMs === null ? null : signs.lastHeartbeatAtMs + window,
    signs.lastFrameAtMs === null ? null : signs.lastFrameAtMs + window,
  ].filter((at) => at !== null && at > nowMs);
  return ends.length === 0 ? null : Math.min(...(ends as number[]));
}
