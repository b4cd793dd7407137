import type { CommandOutcome, DeviceId, OrderRef } from '@chargebus/domain';
import { chargeReplied } from '@chargebus/protocol-core';
import { done } from './ask';
import type { Moment, Turn } from './ask';

/** The order that a station answered to. */
export interface ChargeOrder {
  readonly deviceId: DeviceId;
  readonly action: 'start' | 'stop';
  readonly portNo: number | null;
  readonly orderRef: OrderRef;
  readonly proofWithinS: number | null; // how long an accepted start may take to show itself; null: a stop
}

/** The answer to a start or stop is told as a fact, too: whoever gave the order may be gone. */
export function repliedTo(
  outcome: CommandOutcome,
  { deviceId, action, portNo, orderRef, proofWithinS }: ChargeOrder,
  { at }: Moment,
): Turn {
  const executed = outcome.status === 'acked';
  const alreadyDone = outcome.status === 'acked' && outcome.result.alreadyDone === true;
  const unproven = action === 'start' && executed && !alreadyDone;
  const said = {
    id: `${deviceId}:${action}:${orderRef}:${at}`,
    deviceId,
    at,
    portNo,
    orderRef,
    action,
    executed,
    reason: outcome.status === 'rejected' ? outcome.reason : unproven ? 'no_start' : 'ok',
  };
  return done(
    outcome,
    chargeReplied(said, { alreadyDone, unproven, ...(unproven && proofWithinS !== null && { proofWithinS }) }),
  );
}
