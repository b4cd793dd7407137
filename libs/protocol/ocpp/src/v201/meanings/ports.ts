import type { PortReport } from '@chargebus/events';
import type { z } from 'zod';
import type { StationMemory } from '../connection/station-memory';
import { portStateOf } from '../tables/port-states';

const MAX_PORT = 1000;
export const isPort = (evseId: number | undefined): evseId is number =>
  evseId !== undefined && evseId >= 1 && evseId <= MAX_PORT;

/** A port as all that is known of its connectors and its transaction makes it. Null: no connector has reported. */
export function portReport(station: StationMemory, portNo: number): z.infer<typeof PortReport> | null {
  const status = station.statusOf(portNo);
  if (status === null) return null;
  const { state, detail } = portStateOf(status, station.transactionOn(portNo));
  return { portNo, state, fault: state === 'fault' ? 'faulted' : null, detail };
}
