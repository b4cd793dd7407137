import type { CommandOf } from '@chargebus/domain';
import { acked, then } from '../../connection/ask';
import type { Turn, Wait } from '../../connection/ask';
import type { StationCall } from '../../connection/version';
import { portReport } from '../meanings/status';
import { call, requestOf } from './call';
import type { Link } from './call';

/** Page §6.3: how long triggered notifications may take; shorter where nobody knows how many there will be. */
const NOTIFICATIONS_MS = 30_000;
const UNCOUNTED_MS = 5_000;

/** The notifications are the answer; a station that cannot be triggered answers with what it said last. */
export function statusQuery({ portNo }: CommandOf<'status.query'>, link: Link): Turn {
  const waiting = new Set(portNo === undefined ? link.station.portNumbers : [portNo]);
  const isCounted = waiting.size > 0;
  const known = (fresh: boolean): Turn => portsOf(portNo, link, fresh);
  const heard = (call: StationCall): Turn | null => {
    const notification = requestOf('StatusNotification', call);
    if (notification === null || !waiting.delete(notification.connectorId)) return null;
    return waiting.size === 0 ? known(true) : null;
  };
  const payload = {
    requestedMessage: 'StatusNotification' as const,
    ...(portNo !== undefined && { connectorId: portNo }),
  };
  const notifications: Wait = {
    waitMs: isCounted ? NOTIFICATIONS_MS : UNCOUNTED_MS,
    hears: heard,
    onSilence: () => known(!isCounted),
  };
  return call('TriggerMessage', payload, link, {
    hears: (call) => {
      heard(call); // stations in a hurry notify before they answer
      return null;
    },
    judge: ({ status }) => {
      if (status !== 'Accepted') return known(false);
      return isCounted && waiting.size === 0 ? known(true) : then(notifications);
    },
    without: () => known(false),
  });
}

/** What is known now; `fresh`: every port has just said so. */
function portsOf(portNo: number | undefined, { station }: Link, fresh: boolean): Turn {
  const wanted = portNo === undefined ? station.portNumbers : [portNo];
  return acked({ ports: wanted.flatMap((no) => portReport(station, no) ?? []), fresh });
}
