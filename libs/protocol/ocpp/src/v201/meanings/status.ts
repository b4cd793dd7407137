import { readStationTime } from '../../station-time';
import { factId, notice, now } from '../../connection/version';
import type { Meaning } from '../connection/incoming';
import type { ConnectorStatus } from '../tables/port-states';
import { isPort, portReport } from './ports';

/** A connector of an EVSE; EVSE 0 is the whole station. One that is older than what is known says nothing any more. */
export const meansStatus: Meaning<'StatusNotification'> = (request, incoming) => {
  const { deviceId, at, atMs, station } = incoming;
  const { evseId, connectorId, connectorStatus, timestamp } = request;
  if (!isPort(evseId)) {
    const told = { evseId, connectorId, status: connectorStatus };
    const fault = {
      id: factId(incoming, 'station'),
      deviceId,
      at,
      token: 'faulted',
      portNo: null,
    } as const;
    return {
      facts: [
        notice(incoming, 'station_status', told),
        connectorStatus === 'Faulted'
          ? { type: 'device.fault', ...fault, severity: 'critical', latched: false, details: told }
          : { type: 'device.fault_cleared', ...fault },
      ],
      reply: now({}),
    };
  }
  const evse = station.evse(evseId);
  if (!evse.note(connectorId, connectorStatus, readStationTime(timestamp, atMs).ms))
    return { facts: [], reply: now({}) };
  leaveIfFree(connectorStatus, station.transactionOn(evseId)?.ended === true, evse);
  const report = portReport(station, evseId);
  return {
    facts: report === null ? [] : [{ type: 'port.status', id: factId(incoming), deviceId, at, ports: [report] }],
    reply: now({}),
  };
};

/** The cable is out: a transaction that is over has nothing to say about the next vehicle. */
function leaveIfFree(status: ConnectorStatus, ended: boolean, evse: { transactionId: string | null }): void {
  if (status !== 'Occupied' && ended) evse.transactionId = null;
}
