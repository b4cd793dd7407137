import type { ProtocolEvent } from '@chargebus/events';
import { arrivalId } from '../connection/incoming';
import type { Incoming } from '../connection/incoming';

const CRITICAL: ReadonlySet<string> = new Set(['emergency_stop', 'dc_fuse', 'hv_contactor', 'ac_surge_protector']);

/**
 * One fact per fault that came or went since the last frame of this `kind` (of frame) said which there are. What was
 * open before this connection is not known here.
 */
export function changeFaults(
  incoming: Incoming,
  portNo: number,
  kind: string,
  tokens: readonly string[],
  details: Readonly<Record<string, unknown>> = {},
): ProtocolEvent[] {
  const { deviceId, at, pile } = incoming;
  const { faults } = pile.gun(portNo);
  const before = faults.get(kind) ?? NONE;
  if (tokens.length === 0 && before.size === 0) return [];
  const now = new Set(tokens);
  faults.set(kind, now);
  const id = (token: string): string => `${arrivalId(incoming, portNo)}:${token}`;
  return [
    ...[...now]
      .filter((token) => !before.has(token))
      .map((token): ProtocolEvent => {
        const severity = CRITICAL.has(token) ? 'critical' : 'warning';
        return { type: 'device.fault', id: id(token), deviceId, at, token, portNo, severity, latched: false, details };
      }),
    ...[...before]
      .filter((token) => !now.has(token))
      .map((token): ProtocolEvent => ({ type: 'device.fault_cleared', id: id(token), deviceId, at, token, portNo })),
  ];
}
const NONE: ReadonlySet<string> = new Set();
