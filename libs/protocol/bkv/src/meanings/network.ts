import type { Meaning } from '../connection/incoming';
import { NO_MEANING, only } from '../connection/incoming';
import { toPortNo } from '../tables/ports';

const JACKS = [0, 1];
const portsOf = (socketNo: number): number[] =>
  JACKS.map((jack) => toPortNo(socketNo, jack)).filter((portNo) => portNo !== null);

/**
 * The gateway never tells its list: what it took is what it has. An answer that comes too late for its order counts as
 * long as nothing newer was sent (gn.md §5).
 */
export const meansNetworkResult: Meaning<'0005/08' | '0005/09' | '0005/0A'> = ({ ok }, incoming) => {
  const { deviceId, at, command, serial, device } = incoming;
  const sent = device.takeNetwork(serial, command);
  if (sent === null || !ok) return NO_MEANING;
  const { change, channel } = sent;
  const sockets = sent.sockets.map(({ socketNo, mac }) => ({ socketNo, mac, portNos: portsOf(socketNo) }));
  const id = `${deviceId}:0005:${change}:${serial}:${at}`;
  return only({ type: 'device.network', id, deviceId, at, change, channel, sockets });
};
