import type { ChargingSession } from '@chargebus/domain';
import { ChargingCompleted, ChargingCorrected } from '@chargebus/events';
import { eventIdFor } from '../devices/device-work';
import type { DeviceWork } from '../devices/device-work';
import { account } from './charge.fold';
import type { FinalAccount } from './charge.fold';
import { emitCorrected } from './session-events';

/** What was told late changes the account of a charge that is over: said once for each change, naming what it replaces. */
export function correctAccount(work: DeviceWork, session: ChargingSession, fact: FinalAccount): void {
  const { transaction, sessionId, settlement, endReason, settlementKey } = session;
  const before = settlement as FinalAccount | null;
  const wasLost = endReason === 'stop_lost';
  const isChanged =
    wasLost ||
    before?.energyWh !== fact.energyWh ||
    before.startedAt !== fact.startedAt ||
    before.endedAt !== fact.endedAt;
  if (!isChanged || transaction === null) return;
  const supersedes =
    transaction.accountEventId ?? eventIdFor(settlementKey ?? fact.id, ChargingCompleted.type, sessionId);
  const causeId = `${fact.id}:${fact.energyWh}:${fact.startedAt}`;
  const accountEventId = eventIdFor(causeId, ChargingCorrected.type, sessionId);
  const reason = wasLost ? fact.endReason : (endReason ?? fact.endReason);
  const corrected = work.setSession(session, {
    ...account(work, session, fact, reason),
    transaction: { ...transaction, accountEventId },
  });
  emitCorrected(work, corrected, causeId, supersedes);
}
