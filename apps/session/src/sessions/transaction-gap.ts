import type { ChargingSession, Transaction } from '@chargebus/domain';
import { commandIdFor } from '../devices/device-work';
import type { DeviceWork } from '../devices/device-work';
import type { Rules } from '../devices/rules';

/** A station answers within 30 s, or is asked once more. */
const ANSWER_WITHIN_MS = 75_000;
const MOST_QUESTIONS = 4;

/** When it is decided about an end whose earlier steps are missing; null: it has not ended. */
export const gapDeadlineMs = ({ end, gap }: Transaction, { transactionGapMs }: Rules): number | null =>
  end === null ? null : (gap?.untilMs ?? end.receivedAtMs + transactionGapMs);

/**
 * The station is asked whether steps of the charge still wait to be sent. False: it cannot be, or has said enough, and
 * what is known must do.
 */
export function askForRest(work: DeviceWork, session: ChargingSession): boolean {
  const { transaction, transactionRef, sessionId } = session;
  if (transaction === null || transactionRef === null || !work.device.online) return false;
  const { gap } = transaction;
  const asked = (gap?.asked ?? 0) + 1;
  if (asked > MOST_QUESTIONS || gap?.more === false) return false;
  const untilMs = work.context.nowMs + ANSWER_WITHIN_MS;
  work.setSession(session, { transaction: { ...transaction, gap: { asked, untilMs, more: false } } });
  work.orders.push({
    sessionId,
    commandId: commandIdFor(sessionId, 'query', asked),
    command: { kind: 'transaction.query', transactionRef },
    expiresAtMs: untilMs,
  });
  return true;
}

/** More is to come: the wait begins anew. */
export function waitForRest(work: DeviceWork, session: ChargingSession): void {
  const { transaction } = session;
  if (transaction === null) return;
  const { nowMs, rules } = work.context;
  const asked = transaction.gap?.asked ?? 0;
  const gap = { asked, untilMs: nowMs + rules.transactionGapMs, more: true };
  work.setSession(session, { transaction: { ...transaction, gap } });
}
