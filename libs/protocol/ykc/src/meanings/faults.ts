import type { ProtocolEvent } from '@chargebus/events';
import { BMS_ERRORS } from '../commands/bms';
import { arrivalId } from '../connection/incoming';
import type { Incoming } from '../connection/incoming';
import { faultNames, toToken } from '../tables/hardware-faults';

const CRITICAL: ReadonlySet<string> = new Set(['emergency_stop', 'dc_fuse', 'hv_contactor', 'ac_surge_protector']);

/** Frames that say which faults there are, each of a kind of its own, with all that the kind can say. */
const KINDS = {
  hardware: faultNames(0xffff).map(toToken),
  heartbeat: ['gun_fault'],
  lock: ['lock_arm_damaged', 'lock_movement', 'lock_alarm'],
  bms: Object.keys(BMS_ERRORS).map((name) => `bms_${toToken(name)}`),
};

/**
 * One fact per fault that came or went since the last frame of this kind. What was open before this connection is not
 * known here, so the first frame tells of all that is not there, too.
 */
export function changeFaults(
  incoming: Incoming,
  portNo: number,
  kind: keyof typeof KINDS,
  tokens: readonly string[],
  details: Readonly<Record<string, unknown>> = {},
): ProtocolEvent[] {
  const { deviceId, at, pile } = incoming;
  const { faults } = pile.gun(portNo);
  const before = faults.get(kind);
  if (tokens.length === 0 && before?.size === 0) return [];
  const now = new Set(tokens);
  faults.set(kind, now);
  const id = (token: string): string => `${arrivalId(incoming, portNo)}:${token}`;
  const opened = tokens
    .filter((token) => before?.has(token) !== true)
    .map((token): ProtocolEvent => {
      const severity = CRITICAL.has(token) ? 'critical' : 'warning';
      return { type: 'device.fault', id: id(token), deviceId, at, token, portNo, severity, latched: false, details };
    });
  const [over, ...others] = [...(before ?? KINDS[kind])].filter((token) => !now.has(token));
  if (over === undefined) return opened;
  const cleared = { type: 'device.fault_cleared', id: id(over), deviceId, at, token: over, portNo } as const;
  return [...opened, others.length === 0 ? cleared : { ...cleared, others }];
}
