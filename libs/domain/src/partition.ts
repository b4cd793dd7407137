/** How many ordered lanes the DEVICE stream has; a device stays in one (`design.md` §3). */
export const DEVICE_PARTITIONS = 16;

/** FNV-1a over the UTF-16 units, so that every process puts a device in the same lane. */
export function partitionOf(deviceId: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < deviceId.length; i++) {
    hash ^= deviceId.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  return (hash >>> 0) % DEVICE_PARTITIONS;
}
