import { randomBytes } from 'node:crypto';

let counter = 0;

/**
 * `we_018d0c2e7f4a0003…`: prefix, 12 hex digits of Unix milliseconds, 4 of a counter, 12 random ones. Ids made by one
 * process sort in the order in which they were made, those of several by their clocks.
 */
export function sortableId(prefix: string, atMs: number = Date.now()): string {
  counter = (counter + 1) % 0x10000;
  return sortableIdFloor(prefix, atMs) + counter.toString(16).padStart(4, '0') + randomBytes(6).toString('hex');
}

/** Sorts before every id made at `atMs` or later. */
export const sortableIdFloor = (prefix: string, atMs: number): string =>
  `${prefix}_${Math.max(0, Math.floor(atMs)).toString(16).padStart(12, '0')}`;
