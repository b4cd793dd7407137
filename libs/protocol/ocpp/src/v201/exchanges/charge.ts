import { orderNumberOf } from '@chargebus/domain';
import type { CommandOf, CommandOutcome } from '@chargebus/domain';
import type { Turn } from '../../connection/ask';
import { repliedTo } from '../../connection/charge-reply';
import type { ChargeOrder } from '../../connection/charge-reply';
import { orderToken } from '../meanings/tokens';
import { call, refusalOf } from './call';
import type { Link } from './call';
import { powerProfile } from './charging-profiles';

/** Page §6.3: until the cable is in, and some. */
const PROOF_WITHIN_S = 120;

/**
 * `remoteStartId` and the token are functions of the order's reference, so that the transaction is known as ours by
 * whichever process hears of it. A yes is a promise: that energy flows shows with a `TransactionEvent`.
 */
export function chargeStart({ portNo, orderRef, powerLimitW }: CommandOf<'charge.start'>, link: Link): Turn {
  const { station, reissued } = link;
  const limits = powerLimitW !== null && station.hasSmartCharging;
  const { deviceId } = link;
  const order: ChargeOrder = { deviceId, action: 'start', portNo, orderRef, proofWithinS: PROOF_WITHIN_S };
  const payload = {
    remoteStartId: orderNumberOf(orderRef),
    idToken: orderToken(orderRef),
    ...(portNo !== null && { evseId: portNo }),
    ...(limits && { chargingProfile: powerProfile(powerLimitW) }),
  };
  return call('RequestStartTransaction', payload, {
    judge: (answer, moment) => {
      const { status, transactionId } = answer;
      if (transactionId !== undefined) station.transaction(transactionId).orderRef = orderRef;
      const answered = (outcome: CommandOutcome): Turn => repliedTo(outcome, order, moment);
      if (status === 'Accepted')
        return answered({ status: 'acked', result: { unproven: true, transactionRef: transactionId ?? null } });
      // Our own start, sent before, may be why it says no.
      if (reissued && station.transactionOf(orderRef) !== null)
        return answered({ status: 'acked', result: { alreadyDone: true } });
      const isFree = portNo !== null && station.statusOf(portNo) === 'Available';
      return answered({ status: 'rejected', reason: isFree ? 'not_plugged_in' : refusalOf(answer) });
    },
  });
}

/** A transaction is stopped by its own name, which the platform keeps and this connection may have heard. */
export function chargeStop(command: CommandOf<'charge.stop'>, link: Link): Turn | CommandOutcome {
  const { portNo, orderRef, transactionRef } = command;
  const transactionId = transactionRef ?? link.station.transactionOf(orderRef);
  if (transactionId === null) return { status: 'rejected', reason: 'no_transaction' };
  const order: ChargeOrder = { deviceId: link.deviceId, action: 'stop', portNo, orderRef, proofWithinS: null };
  return call(
    'RequestStopTransaction',
    { transactionId },
    {
      judge: (answer, moment) =>
        repliedTo(
          answer.status === 'Accepted'
            ? { status: 'acked', result: {} }
            : { status: 'rejected', reason: refusalOf(answer) },
          order,
          moment,
        ),
    },
  );
}
