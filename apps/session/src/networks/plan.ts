import { isFinal, NO_NETWORK } from '@chargebus/domain';
import type { CommandId, CommandOf, PlannedSocket, SocketNetwork, SocketRecord } from '@chargebus/domain';
import { PortBusy, ValidationFailed } from '@chargebus/errors';
import type { AppError } from '@chargebus/errors';
import type { PutSockets, RequestOf } from '@chargebus/requests';
import type { DeviceWork } from '../devices/device-work';

type Wanted = Pick<RequestOf<typeof PutSockets>, 'channel' | 'sockets'>;
type NetworkOrder = CommandOf<'network.refresh' | 'network.add' | 'network.remove'>;
export type Plan = { readonly command: NetworkOrder } | { readonly refuse: AppError };

/** Radio channel of a network that has none yet. */
const FIRST_CHANNEL = 1;

/** Notes the list that is to be, or says why it cannot be: a UID that nobody can resolve, a socket that charges. */
export function decidePlan(work: DeviceWork, { channel, sockets }: Wanted, commandId: CommandId): Plan {
  const network = work.device.network ?? NO_NETWORK;
  const known = [...network.sockets, ...(network.planned?.sockets ?? [])];
  const planned: PlannedSocket[] = [];
  const problems: { field: string; message: string }[] = [];
  for (const [index, { socketNo, mac, uid }] of sockets.entries()) {
    const found = mac ?? known.find((socket) => socket.uid !== null && socket.uid === uid)?.mac ?? null;
    const sticker = uid ?? known.find((socket) => socket.mac === found)?.uid ?? null;
    if (found === null)
      problems.push({ field: `sockets.${index.toString()}.uid`, message: 'its MAC is not known: give it once' });
    else if (planned.some((other) => other.mac === found))
      problems.push({ field: `sockets.${index.toString()}.mac`, message: 'stands twice' });
    else planned.push({ socketNo, mac: found, uid: sticker });
  }
  if (problems.length > 0) {
    const summary = problems.map(({ field, message }) => `${field}: ${message}`).join('; ');
    return { refuse: new ValidationFailed({ summary }, { details: problems }) };
  }
  const busy = busyPort(work, planned);
  if (busy !== null) return { refuse: new PortBusy({ deviceId: work.device.deviceId, portNo: busy }) };
  work.setDevice({ network: { ...network, planned: { commandId, sockets: planned } } });
  return { command: orderFor(network, channel ?? network.channel ?? FIRST_CHANNEL, planned) };
}

/** One socket more or less is ordered as such: a whole list has every socket join anew, which takes minutes. */
function orderFor(network: SocketNetwork, channel: number, planned: readonly PlannedSocket[]): NetworkOrder {
  const nodesOf = (sockets: readonly PlannedSocket[]) => sockets.map(({ socketNo, mac }) => ({ socketNo, mac }));
  const news = planned.filter((socket) => !network.sockets.some((other) => isSame(other, socket)));
  const joining = news.map(({ socketNo }) => socketNo);
  const whole: NetworkOrder = { kind: 'network.refresh', channel, nodes: nodesOf(planned), joining };
  const isCertain =
    network.planned === null &&
    network.channel === channel &&
    network.sockets.every(({ mac, state }) => mac !== null && state !== 'unlisted');
  if (!isCertain) return whole;
  const gone = network.sockets.filter((socket) => !planned.some((other) => isSame(socket, other)));
  const [added, ...more] = news;
  if (gone.length === 0 && added !== undefined && more.length === 0)
    return { kind: 'network.add', socketNo: added.socketNo, mac: added.mac };
  const [removed] = gone;
  if (gone.length === 1 && removed !== undefined && added === undefined)
    return { kind: 'network.remove', socketNo: removed.socketNo, remaining: { channel, nodes: nodesOf(planned) } };
  return whole;
}
const isSame = (known: Pick<SocketRecord, 'socketNo' | 'mac' | 'uid'>, wanted: PlannedSocket): boolean =>
  known.socketNo === wanted.socketNo && known.mac === wanted.mac && known.uid === wanted.uid;

/** A port that charges on a socket that would disappear or get another number. */
function busyPort({ device, sessions }: DeviceWork, planned: readonly PlannedSocket[]): number | null {
  const stays = ({ socketNo, mac }: { socketNo: number; mac: string | null }): boolean =>
    planned.some((socket) => socket.socketNo === socketNo && (mac === null || socket.mac === mac));
  const going = (device.network?.sockets ?? []).filter((socket) => !stays(socket)).flatMap(({ portNos }) => portNos);
  const open = sessions.filter(({ state, holdsPort }) => holdsPort && !isFinal(state));
  return going.find((portNo) => open.some((session) => session.portNo === portNo)) ?? null;
}
