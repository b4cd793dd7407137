import { toInstant, weighPresence } from '@chargebus/domain';
import type { LifeSigns } from '@chargebus/domain';
import { DeviceHeartbeat, DeviceOffline, DeviceOnline } from '@chargebus/events';
import type { ProtocolEventOf } from '@chargebus/events';
import { move } from '../sessions/transitions';
import type { DeviceWork } from './device-work';

/** A newer connection supersedes; an older one that is told late changes nothing. */
export function foldConnected(work: DeviceWork, fact: ProtocolEventOf<'device.connected'>): void {
  const atMs = Date.parse(fact.at);
  const { connectionId, connectedAtMs, heartbeatFixed, heartbeatIntervalS } = work.device;
  if (fact.connectionId === connectionId || (connectedAtMs !== null && atMs < connectedAtMs)) return;
  work.setDevice({
    connectionId: fact.connectionId,
    connectedAtMs: atMs,
    disconnectedAtMs: null,
    protocol: fact.protocol,
    heartbeatIntervalS: heartbeatFixed ? heartbeatIntervalS : fact.heartbeatIntervalS,
  });
}

/** Only the end of the connection that carries the device now counts. */
export function foldDisconnected(work: DeviceWork, fact: ProtocolEventOf<'device.disconnected'>): void {
  if (fact.connectionId !== work.device.connectionId) return;
  work.setDevice({ connectionId: null, disconnectedAtMs: Date.parse(fact.at) });
}

export function foldHeartbeat(work: DeviceWork, fact: ProtocolEventOf<'device.heartbeat'>): void {
  const atMs = Date.parse(fact.at);
  const { lastHeartbeatAtMs } = work.device;
  if (lastHeartbeatAtMs !== null && atMs <= lastHeartbeatAtMs) return;
  const { voltageV, temperatureC, signal, ports } = fact;
  work.setDevice({ lastHeartbeatAtMs: atMs, voltageV, temperatureC, signal });
  work.emit(DeviceHeartbeat, fact.id, atMs, { voltageV, temperatureC, signal, ports });
}

/**
 * The life signs that decisions weigh. The row follows ordinary frames only in steps, so what it says of the last frame
 * may be one step old: the step is given to the device, and nobody is called offline too early.
 */
export function effectiveSigns(work: DeviceWork): LifeSigns {
  const { device, heardAtMs, context } = work;
  const last = Math.max(device.lastFrameAtMs ?? 0, heardAtMs ?? 0);
  return { ...device, lastFrameAtMs: last === 0 ? null : last + context.rules.lastSeenStepMs };
}

/** Once per batch and device, after its facts: writes down that it was heard, and compares presence with before. */
export function concludePresence(work: DeviceWork, causeId: string): void {
  const { nowMs, rules } = work.context;
  const heard = work.heardAtMs;
  const stepped = heard !== null && heard - (work.device.lastFrameAtMs ?? 0) >= rules.lastSeenStepMs;
  if (heard !== null && (stepped || (work.device !== work.before.device && heard > (work.device.lastFrameAtMs ?? 0))))
    work.setDevice({ lastFrameAtMs: heard });
  const presence = weighPresence(effectiveSigns(work), nowMs, rules.connectionGraceMs);
  if (presence.online && !work.device.online) goOnline(work, causeId);
  if (!presence.online && work.device.online) goOffline(work, causeId, presence.reason ?? 'heartbeat_timeout');
}

function goOnline(work: DeviceWork, causeId: string): void {
  const { nowMs } = work.context;
  const since = work.heardAtMs ?? nowMs;
  const { onlineChangedAtMs, protocol } = work.device;
  work.emit(DeviceOnline, causeId, since, {
    since: toInstant(since),
    protocol: protocol ?? 'unknown',
    offlineDurationS: onlineChangedAtMs === null ? null : Math.max(0, Math.round((since - onlineChangedAtMs) / 1000)),
  });
  work.setDevice({ online: true, onlineChangedAtMs: since });
}

/** Running charges are interrupted, not ended: the device goes on without us and settles when it is back. */
function goOffline(work: DeviceWork, causeId: string, reason: string): void {
  const { nowMs } = work.context;
  const { lastFrameAtMs, lastHeartbeatAtMs, createdAtMs } = work.device;
  const lastSeen = Math.max(lastFrameAtMs ?? createdAtMs, lastHeartbeatAtMs ?? 0);
  const running = work.sessions.filter(({ state }) => ['charging', 'stopping', 'interrupted'].includes(state));
  work.emit(DeviceOffline, causeId, nowMs, {
    lastSeen: toInstant(lastSeen),
    offlineDurationS: Math.max(0, Math.round((nowMs - lastSeen) / 1000)),
    reason,
    affectedSessions: running.map(({ sessionId }) => sessionId),
    recoveryActions: ['auto_reconnect', 'device_reset'],
  });
  work.setDevice({ online: false, onlineChangedAtMs: nowMs });
  for (const session of running) move(work, session, 'lost', { detail: 'device_offline', interruptedAtMs: nowMs });
}
