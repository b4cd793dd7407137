import { isFinal, NO_NETWORK } from '@chargebus/domain';
import type { CommandId, PlannedSocket } from '@chargebus/domain';
import { PortBusy, ValidationFailed } from '@chargebus/errors';
import type { AppError } from '@chargebus/errors';
import type { PutSockets, RequestOf } from '@chargebus/requests';
import type { DeviceWork } from '../devices/device-work';

type Wanted = Pick<RequestOf<typeof PutSockets>, 'channel' | 'sockets'>;
export type Plan =
  { readonly channel: number; readonly sockets: readonly PlannedSocket[] } | { readonly refuse: AppError };

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
  return { channel: channel ?? network.channel ?? FIRST_CHANNEL, sockets: planned };
}

/** A port that charges on a socket that would disappear or get another number. */
function busyPort({ device, sessions }: DeviceWork, planned: readonly PlannedSocket[]): number | null {
  const stays = ({ socketNo, mac }: { socketNo: number; mac: string | null }): boolean =>
    planned.some((socket) => socket.socketNo === socketNo && (mac === null || socket.mac === mac));
  const going = (device.network?.sockets ?? []).filter((socket) => !stays(socket)).flatMap(({ portNos }) => portNos);
  const open = sessions.filter(({ state, holdsPort }) => holdsPort && !isFinal(state));
  return going.find((portNo) => open.some((session) => session.portNo === portNo)) ?? null;
}
