import type { PortState } from '@chargebus/domain';

/** `connectorStatus`, worst first: what an EVSE with several connectors shows as (page §6.1). */
export const CONNECTOR_STATUSES = ['Faulted', 'Occupied', 'Reserved', 'Unavailable', 'Available'] as const;
export type ConnectorStatus = (typeof CONNECTOR_STATUSES)[number];
export type ChargingState = 'Charging' | 'EVConnected' | 'SuspendedEV' | 'SuspendedEVSE' | 'Idle';

/** One port of several connectors: only one can charge at a time. Null: none was reported. */
export function worstOf(statuses: Iterable<ConnectorStatus>): ConnectorStatus | null {
  const seen = new Set(statuses);
  return CONNECTOR_STATUSES.find((status) => seen.has(status)) ?? null;
}

/** What is known of the transaction on a port. */
export interface PortTransaction {
  readonly chargingState: ChargingState | null; // null: not said yet
  readonly hasCharged: boolean;
  readonly ended: boolean; // and the cable is still in
}

/** Page §6.2: the reported status, refined by what the transaction on the port says. `detail`: OCPP's own word. */
export function portStateOf(
  status: ConnectorStatus,
  transaction: PortTransaction | null,
): { readonly state: PortState; readonly detail: string } {
  if (status !== 'Occupied') return { state: STATES[status], detail: status };
  if (transaction === null) return { state: 'plugged', detail: status };
  const { chargingState, hasCharged, ended } = transaction;
  if (ended) return { state: 'finished', detail: status };
  if (chargingState === 'Charging') return { state: 'charging', detail: chargingState };
  if (chargingState === 'SuspendedEV' || chargingState === 'SuspendedEVSE')
    return { state: 'suspended', detail: chargingState };
  return { state: hasCharged ? 'finished' : 'plugged', detail: chargingState ?? status };
}
const STATES: Readonly<Record<Exclude<ConnectorStatus, 'Occupied'>, PortState>> = {
  Available: 'idle',
  Reserved: 'reserved',
  Unavailable: 'unavailable',
  Faulted: 'fault',
};
