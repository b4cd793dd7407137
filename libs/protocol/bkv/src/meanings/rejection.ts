import { toHex } from '@chargebus/protocol-core';
import type { Reception } from '@chargebus/protocol-core';
import { arrivalId, NEVER } from '../connection/incoming';
import type { Incoming } from '../connection/incoming';

const SETTLEMENTS: ReadonlySet<string> = new Set(['0015/02', '0015/18', '0015/0C', '1000/1004']);
export const isSettlement = (command: string): boolean => SETTLEMENTS.has(command);

/** A whole frame that cannot be understood is kept raw and never answered: the device then repeats what matters. */
export function rejection(reason: string, incoming: Incoming): Reception {
  const { command, deviceId, at, bytes } = incoming;
  const fact = {
    type: 'frame.rejected',
    id: arrivalId(incoming),
    deviceId,
    at,
    reason,
    command,
    hex: toHex(bytes),
    isSettlement: isSettlement(command),
  } as const;
  return { facts: [fact], answer: NEVER };
}
