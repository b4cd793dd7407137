import { orderNumberOf } from '@chargebus/domain';
import type { CommandOf, CommandOutcome, OrderRef } from '@chargebus/domain';
import { done } from '../../connection/ask';
import type { Moment, Turn } from '../../connection/ask';
import { orderToken } from '../meanings/tokens';
import { call, refusalOf } from './call';
import type { Link } from './call';
import { powerProfile } from './charging-profiles';

/** Page §6.3: until the cable is in, and some. */
const PROOF_WITHIN_S = 120;

interface Charge {
  readonly action: 'start' | 'stop';
  readonly portNo: number | null;
  readonly orderRef: OrderRef;
}

/**
 * `remoteStartId` and the token are functions of the order's reference, so that the transaction is known as ours by
 * whichever process hears of it. A yes is a promise: that energy flows shows with a `TransactionEvent`.
 */
export function chargeStart({ portNo, orderRef, powerLimitW }: CommandOf<'charge.start'>, link: Link): Turn {
  const { station, reissued } = link;
  const limits = powerLimitW !== null && station.hasSmartCharging;
  const charge: Charge = { action: 'start', portNo, orderRef };
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
      const answered = (outcome: CommandOutcome): Turn => replied(outcome, charge, link, moment);
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
  const charge: Charge = { action: 'stop', portNo, orderRef };
  return call(
    'RequestStopTransaction',
    { transactionId },
    {
      judge: (answer, moment) =>
        replied(
          answer.status === 'Accepted'
            ? { status: 'acked', result: {} }
            : { status: 'rejected', reason: refusalOf(answer) },
          charge,
          link,
          moment,
        ),
    },
  );
}

/** The answer is told as a fact, too: whoever gave the order may be gone. */
function replied(outcome: CommandOutcome, charge: Charge, { deviceId }: Link, { at }: Moment): Turn {
  const { action, portNo, orderRef } = charge;
  const executed = outcome.status === 'acked';
  const alreadyDone = outcome.status === 'acked' && outcome.result.alreadyDone === true;
  return done(outcome, {
    type: 'charge.replied',
    id: `${deviceId}:${action}:${orderRef}:${at}`,
    deviceId,
    at,
    portNo,
    orderRef,
    action,
    executed,
    alreadyDone,
    unproven: action === 'start' && executed && !alreadyDone,
    proofWithinS: PROOF_WITHIN_S,
    reason: outcome.status === 'rejected' ? outcome.reason : 'ok',
    fault: null,
    waitingPorts: [],
  });
}
