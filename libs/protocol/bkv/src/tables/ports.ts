/** Sockets are numbered by the platform, jack A is 0 and B is 1: page §1. Nowhere else are they turned into port numbers. */
const LAST_SOCKET = 250;

/** Null: not a particular jack (7F), or one that no document knows. */
export function toPortNo(socketNo: number, jack: number): number | null {
  const exists = socketNo >= 1 && socketNo <= LAST_SOCKET && (jack === 0 || jack === 1);
  return exists ? 2 * socketNo + jack - 1 : null;
}

export interface Jack {
  readonly socketNo: number;
  readonly jack: number;
}
/** Throws RangeError for a port that no socket has, or for none. */
export function toJack(portNo: number | null): Jack {
  if (portNo === null) throw new RangeError('a socket must be named: the gateway does not choose one');
  const socketNo = Math.floor((portNo + 1) / 2);
  checkSocket(socketNo);
  return { socketNo, jack: (portNo + 1) % 2 };
}

export function checkSocket(socketNo: number): void {
  if (!Number.isInteger(socketNo) || socketNo < 1 || socketNo > LAST_SOCKET)
    throw new RangeError(`socket ${socketNo} is not within 1…${LAST_SOCKET}`);
}
