/** For so long an older connection is believed to be the one that the device has left. */
const RETURN_AFTER_MS = 60_000;

export interface Sighting {
  readonly connectionNo: number; // counts the connections of this process
  readonly nowMs: number;
}
export interface Holding {
  readonly connectionNo: number;
  readonly lastFrameMs: number; // of this device on that connection
}

/**
 * Whether a frame on another connection moves the device there. A newer connection always wins. An older one may be
 * a dead connection whose last bytes come late; it wins only when the newer has been silent (a slave that was moved
 * back to its first host).
 */
export const movesTo = (seen: Sighting, held: Holding): boolean =>
  seen.connectionNo > held.connectionNo || seen.nowMs - held.lastFrameMs > RETURN_AFTER_MS;

/** Claims that meet within this time may have crossed on their way. */
const CROSSING_MS = 1_000;

export interface Claim {
  readonly instance: string;
  readonly atMs: number; // wall clock of the claiming process
}

/**
 * Whether a device that we hold goes to another replica that says it has it. What is heard later is newer, except
 * when both claimed it at almost the same moment: then both compare the same two claims, and one keeps it.
 */
export function yieldsTo(theirs: Claim, ours: Claim, oursAgeMs: number): boolean {
  if (oursAgeMs > CROSSING_MS) return true;
  return theirs.atMs === ours.atMs ? theirs.instance > ours.instance : theirs.atMs > ours.atMs;
}
