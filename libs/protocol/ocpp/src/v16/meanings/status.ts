import type { PortReport, ProtocolEvent } from '@chargebus/events';
import { toToken } from '../../connection/ask';
import { factId, notice, now } from '../../connection/version';
import { readStationTime } from '../../station-time';
import type { Incoming, Meaning } from '../connection/incoming';
import type { ConnectorMemory, StationMemory } from '../connection/station-memory';
import type { ErrorCode, StationRequest } from '../messages';
import { PORT_STATES } from '../tables/port-states';

type Status = StationRequest<'StatusNotification'>;
const STATION = 0; // as a connector number
const MAX_PORT_NO = 1_000;

/** A connector, or 0: the station. One that is older than what is known says nothing any more. */
export const meansStatus: Meaning<'StatusNotification'> = (request, incoming) => {
  const { atMs, station } = incoming;
  const { connectorId, status, timestamp } = request;
  if (connectorId < STATION || connectorId > MAX_PORT_NO)
    return { facts: [notice(incoming, 'odd_status', { ...request })], reply: now({}) };
  const connector = station.connector(connectorId);
  const saidAtMs = readStationTime(timestamp, atMs).ms;
  if (saidAtMs < connector.statusAtMs) return { facts: [], reply: now({}) };
  connector.statusAtMs = saidAtMs;
  connector.status = status;
  if (status === 'SuspendedEV') connector.suspendedByVehicleSinceMs ??= saidAtMs;
  else if (status === 'Charging' || status === 'Available') connector.suspendedByVehicleSinceMs = null;
  return {
    facts: connectorId === STATION ? stationFacts(request, incoming) : portFacts(request, incoming),
    reply: now({}),
  };
};

/** Faults first: they say more than the state of the port that they explain. */
function portFacts(request: Status, incoming: Incoming): readonly ProtocolEvent[] {
  const { deviceId, at, station } = incoming;
  const faults = changeFaults(request, incoming, request.connectorId);
  const report = portReport(station, request.connectorId);
  return report === null
    ? faults
    : [...faults, { type: 'port.status', id: factId(incoming), deviceId, at, ports: [report] }];
}
function stationFacts(request: Status, incoming: Incoming): readonly ProtocolEvent[] {
  const { status, info } = request;
  return [notice(incoming, 'station_status', { status, info: info ?? null }), ...changeFaults(request, incoming, null)];
}

/** What a port is doing as far as this connection has heard; null: nothing. */
export function portReport(station: StationMemory, portNo: number): PortReport | null {
  const { status, faults } = station.connector(portNo);
  if (status === null) return null;
  const [fault = null] = faults;
  return { portNo, state: PORT_STATES[status], fault, detail: status };
}

const NO_ERROR: ErrorCode = 'NoError';
/** Faults last from an error code until `NoError` with a status that is not `Faulted`. Page §6.2. */
function changeFaults(request: Status, incoming: Incoming, portNo: number | null): readonly ProtocolEvent[] {
  const { deviceId, at, station } = incoming;
  const { connectorId, status, errorCode, info, vendorId, vendorErrorCode } = request;
  const connector: ConnectorMemory = station.connector(connectorId);
  const token = errorCode === NO_ERROR ? (status === 'Faulted' ? 'faulted' : null) : toToken(errorCode);
  const open = connector.faults;
  connector.faults = new Set(token === null ? [] : [token]);
  const cleared = [...open]
    .filter((one) => one !== token)
    .map((one): ProtocolEvent => ({
      type: 'device.fault_cleared',
      id: factId(incoming, `cleared:${one}`),
      deviceId,
      at,
      token: one,
      portNo,
    }));
  if (token === null) return cleared;
  const details = {
    errorCode,
    status,
    info: info ?? null,
    vendorId: vendorId ?? null,
    vendorErrorCode: vendorErrorCode ?? null,
  };
  const fault: ProtocolEvent = {
    type: 'device.fault',
    id: factId(incoming, 'fault'),
    deviceId,
    at,
    token,
    portNo,
    severity: status === 'Faulted' ? 'critical' : 'warning',
    latched: false,
    details,
  };
  return [...cleared, fault];
}
