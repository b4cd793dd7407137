import type { CommandId } from '../ids';

/** A socket of a radio network, as the platform numbered it and as it shows. */
export interface SocketRecord {
  readonly socketNo: number;
  readonly mac: string | null; // null: it told of itself and is in no list of ours
  readonly uid: string | null; // on its sticker; not on the wire
  /** pending: in a list that was taken, not heard of since. unlisted: heard of, and in none. */
  readonly state: 'pending' | 'online' | 'offline' | 'unlisted';
  readonly portNos: readonly number[]; // those that it told of, or that the protocol gives it
}
export interface PlannedSocket {
  readonly socketNo: number;
  readonly mac: string;
  readonly uid: string | null;
}
/** The platform's table is the only record of a network: gateways do not tell theirs (GN page §2). */
export interface SocketNetwork {
  readonly channel: number | null;
  readonly sockets: readonly SocketRecord[]; // by number
  /** What was asked for last, and by which order. */
  readonly planned: { readonly commandId: CommandId; readonly sockets: readonly PlannedSocket[] } | null;
}
export const NO_NETWORK: SocketNetwork = { channel: null, sockets: [], planned: null };

export interface NetworkChange {
  readonly change: 'replaced' | 'added' | 'removed';
  readonly channel: number | null; // null: as before
  readonly sockets: readonly {
    readonly socketNo: number;
    readonly mac: string | null;
    /** That it will have. Absent: only its reports tell. */
    readonly portNos?: readonly number[] | undefined;
  }[];
}
export interface SocketReport {
  readonly socketNo: number;
  readonly portNo: number;
  readonly isOnline: boolean;
}

/** The table after the device took a change. A socket that stays keeps what is known of it. */
export function withChange(network: SocketNetwork, { change, channel, sockets }: NetworkChange): SocketNetwork {
  const named = new Set(sockets.map(({ socketNo }) => socketNo));
  const kept = change === 'replaced' ? [] : network.sockets.filter(({ socketNo }) => !named.has(socketNo));
  const taken = change === 'removed' ? [] : sockets.map((socket) => taking(network, socket));
  return { ...network, channel: channel ?? network.channel, sockets: byNumber([...kept, ...taken]) };
}

function taking(
  network: SocketNetwork,
  { socketNo, mac, portNos = [] }: NetworkChange['sockets'][number],
): SocketRecord {
  const before = network.sockets.find((socket) => socket.socketNo === socketNo && socket.mac === mac);
  const uid = network.planned?.sockets.find((socket) => socket.mac === mac)?.uid ?? before?.uid ?? null;
  return before === undefined ? { socketNo, mac, uid, state: 'pending', portNos } : { ...before, uid };
}

/** The same network when the reports say nothing new. */
export function withReports(network: SocketNetwork, reports: readonly SocketReport[]): SocketNetwork {
  let sockets = network.sockets;
  for (const socketNo of new Set(reports.map((report) => report.socketNo))) {
    const told = reports.filter((report) => report.socketNo === socketNo);
    const known = sockets.find((socket) => socket.socketNo === socketNo);
    const next = reported(known ?? { socketNo, mac: null, uid: null, state: 'unlisted', portNos: [] }, told);
    if (next !== known) sockets = byNumber([...sockets.filter((socket) => socket.socketNo !== socketNo), next]);
  }
  return sockets === network.sockets ? network : { ...network, sockets };
}

function reported(socket: SocketRecord, told: readonly SocketReport[]): SocketRecord {
  const portNos = [...new Set([...socket.portNos, ...told.map(({ portNo }) => portNo)])].sort((a, b) => a - b);
  const heard = told.some(({ isOnline }) => isOnline) ? ('online' as const) : ('offline' as const);
  const state = socket.state === 'unlisted' ? socket.state : heard;
  const isSame = state === socket.state && portNos.length === socket.portNos.length && socket.portNos.length > 0;
  return isSame ? socket : { ...socket, state, portNos };
}

const byNumber = (sockets: readonly SocketRecord[]): readonly SocketRecord[] =>
  [...sockets].sort((a, b) => a.socketNo - b.socketNo);
