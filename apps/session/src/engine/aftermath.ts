import { isFinal } from '@chargebus/domain';
import type { ChargingSession, DeviceId, DeviceState } from '@chargebus/domain';
import type { DeviceWork } from '../devices/device-work';
import type { ShadowChange } from '../shadow/device-shadow';

/** What a commit means for the shadow. A device that was read just now is written whole: a crash may have lost its last write. */
export function shadowChange(
  work: DeviceWork,
  saved: ReadonlyMap<DeviceId, DeviceState>,
  fresh: ReadonlySet<DeviceId>,
): ShadowChange {
  const { deviceId, version } = work.before.device;
  const state = saved.get(deviceId) ?? work.before;
  return {
    state,
    whole: fresh.has(deviceId) || state.device.version !== version,
    heardAtMs: work.heardAtMs,
    sampled: work.samples.map(({ sessionId }) => sessionId),
  };
}

const KEPT_CLOSED = 4;

/** Of closed charges the memory keeps the last of every port, which status requests show, and a few more for overtaken facts. */
export function trimmed(state: DeviceState): DeviceState {
  const closed = state.sessions.filter((session) => isFinal(session.state));
  if (closed.length <= KEPT_CLOSED) return state;
  const lastOfPort = new Map<number | null, ChargingSession>(closed.map((session) => [session.portNo, session]));
  const kept = new Set([...lastOfPort.values(), ...closed.slice(-KEPT_CLOSED)]);
  const sessions = state.sessions.filter((session) => !isFinal(session.state) || kept.has(session));
  if (sessions.length === state.sessions.length) return state;
  const ids = new Set(sessions.map(({ sessionId }) => sessionId));
  return { ...state, sessions, meters: new Map([...state.meters].filter(([sessionId]) => ids.has(sessionId))) };
}
