import { acked, rejected, then } from '../../connection/ask';
import type { Turn, Wait } from '../../connection/ask';
import type { StationCall } from '../../connection/version';
import { toInstant } from '@chargebus/domain';
import type { CommandOf } from '@chargebus/domain';
import type { ProtocolEvent } from '@chargebus/events';
import { parseAddress } from '../device-model/address';
import { isPort, portReport } from '../meanings/ports';
import { variablesOf } from '../meanings/reports';
import type { Evse } from '../messages';
import { CONNECTOR_STATUSES } from '../tables/port-states';
import type { ConnectorStatus } from '../tables/port-states';
import { call, requestOf } from './call';
import type { Link } from './call';
import { askForReport } from './report';

/** Page §6.3: how long triggered notifications may take. */
const NOTIFICATIONS_MS = 30_000;

/**
 * Every connector is asked for its status by itself; the notifications are the answer. Connectors that this connection
 * has not heard of are read from a summary of the device model.
 */
export function statusQuery({ portNo }: CommandOf<'status.query'>, link: Link): Turn {
  const known = link.station.connectors.filter(
    ({ evseId }) => evseId > 0 && (portNo === undefined || evseId === portNo),
  );
  return known.length === 0 ? fromSummary(portNo, link) : triggerEach(known, newRound(), link);
}

type Connector = Required<Pick<Evse, 'connectorId'>> & { readonly evseId: number };
const keyOf = ({ evseId, connectorId }: Connector): string => `${evseId}:${connectorId}`;

/** Connectors that took the order to notify, and those that still have to. */
interface Round {
  readonly ordered: Set<string>;
  readonly waiting: Set<string>;
}
const newRound = (): Round => ({ ordered: new Set(), waiting: new Set() });

/** One TriggerMessage per connector; which of them were taken is waited for. */
function triggerEach(connectors: readonly Connector[], round: Round, link: Link): Turn {
  const [next, ...rest] = connectors;
  if (next === undefined) return awaitNotifications(round, link);
  const { evseId, connectorId } = next;
  round.waiting.add(keyOf(next)); // stations in a hurry notify before they answer
  return call(
    'TriggerMessage',
    { requestedMessage: 'StatusNotification', evse: { id: evseId, connectorId } },
    {
      hears: (heard) => {
        round.waiting.delete(connectorOf(heard) ?? '');
        return null;
      },
      judge: ({ status }) => {
        if (status === 'Accepted') round.ordered.add(keyOf(next));
        else round.waiting.delete(keyOf(next));
        return triggerEach(rest, round, link);
      },
    },
  );
}

function awaitNotifications({ ordered, waiting }: Round, link: Link): Turn {
  if (waiting.size === 0) return portsOf(link, ordered.size > 0);
  const notifications: Wait = {
    waitMs: NOTIFICATIONS_MS,
    hears: (heard) => {
      if (!waiting.delete(connectorOf(heard) ?? '')) return null;
      return waiting.size === 0 ? portsOf(link, true) : then(notifications);
    },
    onSilence: () => portsOf(link, false),
  };
  return then(notifications);
}
/** The connector that a notification is about; null: it is another message. */
function connectorOf(heard: StationCall): string | null {
  const notification = requestOf('StatusNotification', heard);
  return notification === null ? null : keyOf(notification);
}

/** What is known now; `fresh`: every connector has just said so. */
function portsOf({ station }: Link, fresh: boolean): Turn {
  const ports = station.evseNumbers.flatMap((no) => portReport(station, no) ?? []);
  return ports.length === 0 ? rejected('status_not_told') : acked({ ports, fresh });
}

/** `Connector@1:1.AvailabilityState`, where the station has it; else the first connector is asked for blindly. */
function fromSummary(portNo: number | undefined, link: Link): Turn {
  return askForReport(
    {
      action: 'GetBaseReport',
      payload: (requestId) => ({ requestId, reportBase: 'SummaryInventory' as const }),
      report: 'NotifyReport',
      itemsOf: (part) => Object.entries(variablesOf(part)),
      empty: ['NotSupported', 'EmptyResultSet', 'Rejected'],
      done: (variables) => {
        for (const [address, value] of variables) noteAvailability(address, value, link);
        const ports = link.station.evseNumbers;
        if (ports.length === 0) return triggerEach([{ evseId: portNo ?? 1, connectorId: 1 }], newRound(), link);
        return { ...portsOf(link, true), facts: [portsFact(link)] };
      },
    },
    link,
  );
}
function noteAvailability(address: string, value: string, { station, nowMs }: Link): void {
  const { component, variable } = parseAddress(address);
  const { evse, name } = component;
  const status = CONNECTOR_STATUSES.find((known) => known === value);
  if (variable.name !== 'AvailabilityState' || name !== 'Connector' || status === undefined || !isPort(evse?.id))
    return;
  station.evse(evse.id).note(evse.connectorId ?? 1, status satisfies ConnectorStatus, nowMs);
}
function portsFact({ station, deviceId, nowMs }: Link): ProtocolEvent {
  const ports = station.evseNumbers.flatMap((no) => portReport(station, no) ?? []);
  const at = toInstant(nowMs);
  return { type: 'port.status', id: `${deviceId}:summary:${at}`, deviceId, at, ports };
}
