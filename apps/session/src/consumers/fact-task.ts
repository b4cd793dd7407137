import type { ProtocolEvent } from '@chargebus/events';
import { foldFact } from '../devices/fold';
import type { Task } from '../engine/engine';

/** One fact as something to be decided. */
export function factTask(fact: ProtocolEvent): Task {
  const refersTo = referredSession(fact);
  return {
    deviceId: fact.deviceId,
    causeId: fact.id,
    fact,
    ...(refersTo === null ? {} : { refersTo }),
    decide: (work) => {
      foldFact(work, fact);
    },
  };
}

function referredSession(fact: ProtocolEvent): NonNullable<Task['refersTo']> | null {
  switch (fact.type) {
    case 'charge.started':
    case 'charge.progress':
    case 'charge.replied':
      return { orderRef: fact.orderRef, settlementKey: null };
    case 'charge.settled':
      return { orderRef: fact.orderRef, settlementKey: fact.id };
    case 'charge.transaction':
      return { orderRef: fact.orderRef, settlementKey: null, transactionRef: fact.transactionRef };
    default:
      return null;
  }
}
