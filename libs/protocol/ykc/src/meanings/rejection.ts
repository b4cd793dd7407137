import { toHex } from '@chargebus/protocol-core';
import type { Reception } from '@chargebus/protocol-core';
import { arrivalId, NO_MEANING, only } from '../connection/incoming';
import type { Incoming } from '../connection/incoming';
import { bodyPrint } from '../connection/pile-memory';

const RECORD = '3B';

/** A whole frame that cannot be understood is kept raw and not answered (page §2.6); a record is then sent again. */
export function rejection(reason: string, incoming: Incoming): Reception {
  const { command, deviceId, at, atMs, bytes, pile } = incoming;
  const isSettlement = command === RECORD;
  if (!isSettlement && pile.isRepeat('unreadable', bytes, atMs)) return NO_MEANING;
  const id = isSettlement ? `${deviceId}:${command}:raw:${bodyPrint(bytes)}` : arrivalId(incoming, 'raw');
  return only({ type: 'frame.rejected', id, deviceId, at, reason, command, hex: toHex(bytes), isSettlement });
}

/** A pile that has not logged in is not listened to: told once, and for every record, which holds money. */
export function stranger(incoming: Incoming): Reception {
  const { pile, command } = incoming;
  if (pile.strangerReported && command !== RECORD) return NO_MEANING;
  pile.strangerReported = true;
  return rejection('not_logged_in', incoming);
}
