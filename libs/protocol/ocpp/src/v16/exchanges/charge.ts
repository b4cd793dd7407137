import { orderTagOf } from '@chargebus/domain';
import type { CommandOf, CommandOutcome } from '@chargebus/domain';
import type { Turn } from '../../connection/ask';
import { repliedTo } from '../../connection/charge-reply';
import type { ChargeOrder } from '../../connection/charge-reply';
import { call } from './call';
import type { Link } from './call';
import { powerProfile } from './charging-profiles';

/** Page §6.3: how long a vehicle may take to be plugged in, where the station does not say. */
const CONNECTION_TIMEOUT_S = 90;
const SLACK_S = 30;

/**
 * The order goes out as a one-time card number that is a function of its reference: the start that names it is ours,
 * whichever process hears of it. A yes is a promise; that energy flows shows with a `StartTransaction`.
 */
export function chargeStart(command: CommandOf<'charge.start'>, link: Link): Turn | CommandOutcome {
  const { portNo, orderRef, powerLimitW } = command;
  const { station } = link;
  const place = portNo ?? (station.portNumbers.length === 1 ? station.portNumbers[0] : undefined);
  if (place === undefined) throw new RangeError('some stations start nothing without a connector: name the port');
  station.noteOrder(orderRef);
  const connectionTimeoutS = station.numberSetting('ConnectionTimeOut') ?? CONNECTION_TIMEOUT_S;
  const proofWithinS = connectionTimeoutS + SLACK_S;
  const order: ChargeOrder = { deviceId: link.deviceId, action: 'start', portNo: place, orderRef, proofWithinS };
  const limits = powerLimitW !== null && station.hasProfile('SmartCharging');
  const payload = {
    connectorId: place,
    idTag: orderTagOf(orderRef),
    ...(limits && { chargingProfile: powerProfile(powerLimitW) }),
  };
  return call('RemoteStartTransaction', payload, link, {
    judge: ({ status }, moment) => {
      const answered = (outcome: CommandOutcome): Turn => repliedTo(outcome, order, moment);
      if (status === 'Accepted') return answered({ status: 'acked', result: { portNo: place, unproven: true } });
      // Our own start, sent before, may be why it says no.
      if (link.reissued && station.transactionOf(orderRef) !== null)
        return answered({ status: 'acked', result: { portNo: place, alreadyDone: true } });
      const isFree = station.connector(place).status === 'Available';
      return answered({ status: 'rejected', reason: isFree ? 'not_plugged_in' : 'start_refused' });
    },
  });
}

/** A charge is stopped by its number, which the platform keeps and this connection may have heard. */
export function chargeStop(command: CommandOf<'charge.stop'>, link: Link): Turn | CommandOutcome {
  const { portNo, orderRef, transactionRef } = command;
  const transactionId = transactionRef == null ? link.station.transactionOf(orderRef) : Number(transactionRef);
  if (transactionId === null || !Number.isInteger(transactionId))
    return { status: 'rejected', reason: 'no_transaction' };
  const transaction = link.station.findTransaction(transactionId);
  const order: ChargeOrder = { deviceId: link.deviceId, action: 'stop', portNo, orderRef, proofWithinS: null };
  return call('RemoteStopTransaction', { transactionId }, link, {
    judge: ({ status }, moment) => {
      const isAccepted = status === 'Accepted';
      if (isAccepted && transaction !== undefined) transaction.stopOrdered = true;
      const outcome: CommandOutcome = isAccepted
        ? { status: 'acked', result: {} }
        : { status: 'rejected', reason: 'unknown_transaction' };
      return repliedTo(outcome, order, moment);
    },
  });
}
