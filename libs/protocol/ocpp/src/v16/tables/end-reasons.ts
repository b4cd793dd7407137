import type { ProtocolEventOf } from '@chargebus/events';
import type { StopReason } from '../messages';

type End = NonNullable<ProtocolEventOf<'charge.transaction'>['end']>;
type Reason = Pick<End, 'reason' | 'endClass'>;
const stopped = (reason: string): Reason => ({ reason, endClass: 'stopped' });
const fault = (reason: string): Reason => ({ reason, endClass: 'fault' });

const REASONS: Readonly<Record<Exclude<StopReason, 'Local'>, Reason>> = {
  DeAuthorized: stopped('deauthorised'),
  EmergencyStop: fault('emergency'),
  EVDisconnected: stopped('unplugged'),
  HardReset: stopped('reset'),
  Other: stopped('other'),
  PowerLoss: fault('power_lost'),
  Reboot: stopped('reset'),
  Remote: stopped('remote'),
  SoftReset: stopped('reset'),
  UnlockCommand: stopped('unlock'),
};
/** Reasons that only say that nobody interfered: a vehicle that took nothing any more was full. */
const OF_A_FULL_VEHICLE: ReadonlySet<StopReason> = new Set(['Local', 'EVDisconnected', 'Other']);

export interface EndCircumstances {
  readonly byCard: boolean; // the message names a card
  readonly stopOrdered: boolean; // by us, on this connection
  readonly wasFull: boolean; // the vehicle had taken nothing for a while
}
/** Page §6.2; an absent reason is `Local`, an unknown one was dropped on the way in and is `Local` as well. */
export function endOf(reason: StopReason = 'Local', { byCard, stopOrdered, wasFull }: EndCircumstances): End {
  if (stopOrdered && (reason === 'Local' || REASONS[reason].endClass === 'stopped'))
    return { ...stopped('remote'), whenEmpty: null };
  if (wasFull && OF_A_FULL_VEHICLE.has(reason)) return { reason: 'full', endClass: 'planned', whenEmpty: null };
  if (reason === 'Local') return { ...stopped(byCard ? 'card' : 'local'), whenEmpty: null };
  return { ...REASONS[reason], whenEmpty: reason === 'DeAuthorized' ? fault('deauthorised') : null };
}
