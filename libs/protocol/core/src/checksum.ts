/** Arithmetic sum of `bytes[from, to)`, low 16 bits. AP3000 and its relatives. */
export function sum16(bytes: Uint8Array, from = 0, to = bytes.length): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += bytes[i] ?? 0;
  return sum & 0xffff;
}

/** Arithmetic sum, low 32 bits: what firmware images are checked with. */
export function sum32(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) sum = (sum + byte) >>> 0;
  return sum;
}

/** FNV-1a, 32 bits: tells frames apart, protects nothing. */
export function fingerprint32(bytes: Uint8Array, from = 0, to = bytes.length): number {
  let hash = 0x811c9dc5;
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193);
  return hash >>> 0;
}
