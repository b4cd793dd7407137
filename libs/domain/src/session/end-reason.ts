/** What is known of a session when a settlement names its end. */
export interface EndContext {
  /** Why a stop was ordered: `user_stop`, `time_limit_reached`, … Null: nobody asked. */
  readonly stopReason: string | null;
  readonly hasTimeLimit: boolean;
  readonly hasPowerLimit: boolean;
}

/** Token of a driver → `end_reason` of API and events. What is not listed keeps its token (`unknown_XX`, fault names). */
const END_REASONS: Readonly<Record<string, string>> = {
  full: 'fully_charged',
  time_reached: 'time_limit_reached',
  energy_reached: 'energy_limit_reached',
  max_time: 'max_time_reached',
  unplugged: 'unplugged',
  remote: 'remote_stop',
  remote_forced: 'remote_stop',
  low_power: 'low_power',
  card: 'card_stop',
  external: 'external_stop',
  cabinet_opened: 'cabinet_opened',
  door_not_closed: 'door_not_closed',
};

/**
 * The reason that users see. A stop that we ordered is named by why we ordered it, and a limit has one name whether the
 * device enforced it or we did (decision 26).
 */
export function endReasonOf(token: string, context: EndContext): string {
  if ((token === 'remote' || token === 'remote_forced') && context.stopReason !== null) return context.stopReason;
  if (token === 'max_time' && context.hasTimeLimit) return 'time_limit_reached';
  if ((token === 'overload' || token === 'dynamic_overload') && context.hasPowerLimit) return 'power_limit_reached';
  return END_REASONS[token] ?? token;
}
export const KNOWN_END_TOKENS: readonly string[] = Object.keys(END_REASONS);
