import { NO_NETWORK, withChange, withReports } from '@chargebus/domain';
import type { SocketNetwork, SocketReport } from '@chargebus/domain';
import { DeviceNetworkChanged, SystemAlarm } from '@chargebus/events';
import type { ProtocolEventOf } from '@chargebus/events';
import type { DeviceWork } from '../devices/device-work';
import { ensurePort } from '../sessions/transitions';

/** The device took a list, or a part of one. The same again changes nothing. */
export function foldNetwork(work: DeviceWork, fact: ProtocolEventOf<'device.network'>): void {
  const before = work.device.network ?? NO_NETWORK;
  const after = { ...withChange(before, fact), planned: null };
  if (JSON.stringify(after) === JSON.stringify(before)) return;
  work.setDevice({ network: after });
  for (const { portNos } of after.sockets) for (const portNo of portNos) ensurePort(work, portNo);
  tell(work, after, 'confirmed', fact.id, Date.parse(fact.at));
}

/** What sockets say of themselves: that they have joined, that they are gone, that they are in no list. */
export function foldSocketReports(work: DeviceWork, fact: ProtocolEventOf<'port.status'>): void {
  const { network } = work.device;
  if (network === null) return; // nobody keeps a table
  const reports = fact.ports.flatMap(({ socketNo, portNo, state }): SocketReport[] =>
    socketNo === undefined ? [] : [{ socketNo, portNo, isOnline: state !== 'unknown' }],
  );
  const after = withReports(network, reports);
  if (after === network) return;
  work.setDevice({ network: after });
  const strangers = after.sockets.filter(
    ({ socketNo, state }) =>
      state === 'unlisted' && !network.sockets.some((known) => known.socketNo === socketNo && known.state === state),
  );
  if (strangers.length === 0) return;
  const [atMs, numbers] = [Date.parse(fact.at), strangers.map(({ socketNo }) => socketNo)];
  tell(work, after, 'reported', fact.id, atMs);
  work.emit(SystemAlarm, fact.id, atMs, {
    alarmType: 'socket_unlisted',
    severity: 'warning',
    message: `device ${fact.deviceId} reports sockets that are in no list: ${numbers.join(', ')}`,
    details: { device_id: fact.deviceId, socket_nos: numbers },
  });
}

function tell(
  work: DeviceWork,
  { channel, sockets }: SocketNetwork,
  reason: 'confirmed' | 'reported',
  causeId: string,
  atMs: number,
): void {
  work.emit(DeviceNetworkChanged, causeId, atMs, {
    reason,
    channel,
    sockets: sockets.map(({ socketNo, mac, uid, state }) => ({ socketNo, mac, uid, state })),
  });
}
