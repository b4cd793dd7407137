import { isFinal } from '@chargebus/domain';
import type { ChargingSession } from '@chargebus/domain';
import type { CommandFinished } from '@chargebus/events';
import type { DeviceWork } from '../devices/device-work';
import { awaitEvidence } from './charge.fold';
import { confirmStop, fail, stopFailed } from './transitions';

/**
 * What became of an order, for what the device's own words do not tell: an answer reaches us as a fact as well, with
 * more in it, and either may come first.
 */
export function foldCommandFinished(work: DeviceWork, event: CommandFinished): void {
  const { commandId } = event.data;
  const starting = work.sessions.find((session) => session.startCommandId === commandId);
  const stopping = work.sessions.find((session) => session.stopCommandId === commandId);
  if (starting !== undefined && !isFinal(starting.state)) foldStart(work, starting, event);
  if (stopping !== undefined && !isFinal(stopping.state)) foldStop(work, stopping, event);
}

function foldStart(work: DeviceWork, session: ChargingSession, { id, occurredAt, data }: CommandFinished): void {
  const { evidenceWindowMs, rejectedReplyMs } = work.context.rules;
  switch (data.outcome) {
    case 'rejected':
      awaitEvidence(work, session, data.reason ?? 'rejected', rejectedReplyMs);
      return;
    case 'acked': // the device's yes is a fact and says more; without it nothing is proved
    case 'no_reply':
    case 'dead':
      awaitEvidence(work, session, 'no_response', evidenceWindowMs);
      return;
    case 'expired':
    case 'cancelled':
    case 'withdrawn': {
      const reason = data.outcome === 'expired' ? 'expired' : 'stopped_before_start';
      fail(work, session, 'never_sent', reason, { id, atMs: Date.parse(occurredAt) });
    }
  }
}

function foldStop(work: DeviceWork, session: ChargingSession, { id, occurredAt, data }: CommandFinished): void {
  if (data.outcome === 'acked') confirmStop(work, session, id, Date.parse(occurredAt));
  else stopFailed(work, session, data.reason ?? data.outcome);
}
