import type { OrderRef } from '@chargebus/domain';
import { chargeReplied } from '@chargebus/protocol-core';
import { arrivalId, NO_MEANING, only } from '../connection/incoming';
import type { Meaning } from '../connection/incoming';
import { GUN_CHARGING, NOT_CHARGING, NOT_PLUGGED, startFailureOf, stopFailureOf } from '../tables/tokens';

/** v1.6 §13.3: the first realtime data of the order. */
const PROOF_WITHIN_S = 90;
/** 0x33 and 0xA3. A yes is a promise: energy shows with the first 0x13. §9.1. */
export const meansStartReply: Meaning<'33' | 'A3'> = (fields, incoming) => {
  const { deviceId, at, pile } = incoming;
  const { tradeNo, gun: portNo, success, failReason } = fields;
  const order = pile.findOrder(tradeNo);
  pile.gun(portNo).unpluggedTrade = success !== 1 && failReason === NOT_PLUGGED ? tradeNo : null;
  if (success !== 1 && failReason === NOT_PLUGGED && order?.awaitsPlug === true) return NO_MEANING;
  const alreadyDone =
    success !== 1 && failReason === GUN_CHARGING && isRunning(order?.repeated, pile.gun(portNo).runningTrade, tradeNo);
  const executed = success === 1 || alreadyDone;
  const said = {
    id: arrivalId(incoming, portNo),
    deviceId,
    at,
    portNo: portNo === 0 ? null : portNo,
    orderRef: tradeNo as OrderRef,
    action: 'start',
    executed,
    reason: executed ? 'ok' : startFailureOf(failReason),
  } as const;
  return only(chargeReplied(said, { alreadyDone, unproven: executed && !alreadyDone, proofWithinS: PROOF_WITHIN_S }));
};
/** "Already charging" to a start that went out before means: with this very order, unless another is seen running. */
export const isRunning = (repeated: boolean | undefined, running: string | null, tradeNo: string): boolean =>
  running === tradeNo || (repeated === true && running === null);

/** 0x35 names no order: it is about the one that runs, or ran, on the gun. */
export const meansStopReply: Meaning<'35'> = (fields, incoming) => {
  const { deviceId, at, pile } = incoming;
  const { gun: portNo, success, failReason } = fields;
  const gun = pile.gun(portNo);
  const alreadyDone = success !== 1 && failReason === NOT_CHARGING;
  const said = {
    id: arrivalId(incoming, portNo),
    deviceId,
    at,
    portNo: portNo === 0 ? null : portNo,
    orderRef: (gun.stoppingTrade ?? gun.runningTrade ?? gun.finishedTrade) as OrderRef | null,
    action: 'stop',
    executed: success === 1 || alreadyDone,
    reason: success === 1 ? 'ok' : stopFailureOf(failReason),
  } as const;
  return only(chargeReplied(said, { alreadyDone }));
};
