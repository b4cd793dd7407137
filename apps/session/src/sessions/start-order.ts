import { limitsForDevice } from '@chargebus/domain';
import type { ChargingSession, CommandOf } from '@chargebus/domain';
import type { Order } from '../devices/device-work';

/** The start order as it stands in the row; null: nobody ordered this charge. */
export function startOrder(session: ChargingSession): Order | null {
  const { startCommandId, startExpiresAtMs, orderRef, limits } = session;
  if (startCommandId === null || startExpiresAtMs === null || orderRef === null || limits === null) return null;
  const command: CommandOf<'charge.start'> = {
    kind: 'charge.start',
    portNo: session.portNo,
    orderRef,
    ...limitsForDevice(limits),
    balanceFen: null,
  };
  return { sessionId: session.sessionId, commandId: startCommandId, command, expiresAtMs: startExpiresAtMs };
}
