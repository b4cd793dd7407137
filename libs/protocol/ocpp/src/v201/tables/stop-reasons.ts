/** How a transaction ended, in the words that every protocol uses. */
export interface EndReason {
  readonly token: string;
  readonly endClass: 'planned' | 'stopped' | 'fault';
}
const planned = (token: string): EndReason => ({ token, endClass: 'planned' });
const stopped = (token: string): EndReason => ({ token, endClass: 'stopped' });
const fault = (token: string): EndReason => ({ token, endClass: 'fault' });

/** Page §6.2, `stoppedReason`. `Local` and what depends on the energy are decided below. */
const REASONS: Readonly<Record<string, EndReason>> = {
  EnergyLimitReached: planned('energy_reached'),
  TimeLimitReached: planned('time_reached'),
  SOCLimitReached: planned('full'),
  StoppedByEV: planned('full'),
  MasterPass: stopped('master_card'),
  EVDisconnected: stopped('unplugged'),
  Remote: stopped('remote'),
  Reboot: stopped('reset'),
  ImmediateReset: stopped('reset'),
  DeAuthorized: stopped('deauthorised'),
  LocalOutOfCredit: stopped('out_of_credit'),
  Timeout: stopped('timeout'),
  Other: stopped('other'),
  EmergencyStop: fault('emergency'),
  PowerLoss: fault('power_lost'),
  GroundFault: fault('ground_fault'),
  OvercurrentFault: fault('overcurrent'),
  PowerQuality: fault('power_quality'),
};
const WITHOUT_ENERGY: Readonly<Record<string, EndReason>> = {
  DeAuthorized: fault('deauthorised'),
  Timeout: fault('ev_timeout'),
};

/** Total: an absent reason is `Local`, an unknown one is `other`. `hasEnergy` null: nobody can tell, so it had. */
export function endReasonOf(reason: string | undefined, byCard: boolean, hasEnergy: boolean | null): EndReason {
  if (reason === undefined || reason === 'Local') return stopped(byCard ? 'card' : 'local');
  const failed = hasEnergy === false ? WITHOUT_ENERGY[reason] : undefined;
  return failed ?? REASONS[reason] ?? stopped('other');
}
