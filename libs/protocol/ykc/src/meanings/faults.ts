import type { ProtocolEvent } from '@chargebus/events';
import { arrivalId } from '../connection/incoming';
import type { Incoming } from '../connection/incoming';
import type { PileMemory } from '../connection/pile-memory';

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
  const before = faultsOf(pile, portNo, kind);
  const now = new Set(tokens);
  faultMemory(pile, portNo).set(kind, now);
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
const faultMemory = (pile: PileMemory, portNo: number) => pile.gun(portNo).faults;
const faultsOf = (pile: PileMemory, portNo: number, kind: string): ReadonlySet<string> =>
  faultMemory(pile, portNo).get(kind) ?? new Set();
