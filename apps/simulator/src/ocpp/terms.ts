import type { ChargeTerms, EndCause } from '../core/outlets';

export interface OcppTerms extends ChargeTerms {
  readonly idTag: string;
  readonly remoteStartId: number | null;
  readonly trigger: 'RemoteStart' | 'Authorized' | 'CablePluggedIn';
}
export const LONGEST_S = 24 * 3600;

/** Reasons of StopTransaction and of TransactionEvent; `full` differs between the versions. */
export const STOP_REASONS: Readonly<Record<Exclude<EndCause, 'full'>, string>> = {
  time: 'Local',
  energy: 'Local',
  longest: 'Local',
  unplugged: 'EVDisconnected',
  ordered: 'Remote',
  refused: 'DeAuthorized',
  fault: 'EmergencyStop',
};
