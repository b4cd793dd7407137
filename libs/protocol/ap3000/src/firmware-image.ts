import { sum32 } from '@chargebus/protocol-core';

/** What the device checks an image against, page §10. */
export interface Verification {
  readonly deviceType: number; // §7.7
  readonly firmwareVersion: number; // 640 is 6.40
}
export interface SplitOptions {
  readonly chunkBytes: 200 | 256;
  /** Appends the verification packet; null: none. */
  readonly verification: Verification | null;
}
const MAX_PACKETS = 0xffff;

/** Packets of an image in order, the last data packet filled with zeros, which keep the byte sum. Throws RangeError. */
export function splitFirmware(image: Uint8Array, { chunkBytes, verification }: SplitOptions): readonly Uint8Array[] {
  const count = Math.ceil(image.length / chunkBytes) + (verification === null ? 0 : 1);
  if (image.length === 0 || count > MAX_PACKETS) throw new RangeError(`image of ${image.length} bytes`);
  const packets: Uint8Array[] = [];
  for (let at = 0; at < image.length; at += chunkBytes) {
    const packet = new Uint8Array(chunkBytes);
    packet.set(image.subarray(at, at + chunkBytes));
    packets.push(packet);
  }
  return verification === null ? packets : [...packets, verificationPacket(image, verification, chunkBytes)];
}

const MAGIC = [0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7, 0xa8];
/** Magic, u32 byte sum of the image without its filling, u8 device type, u16 version, zeros. */
function verificationPacket(
  image: Uint8Array,
  { deviceType, firmwareVersion }: Verification,
  size: number,
): Uint8Array {
  const packet = new Uint8Array(size);
  const view = new DataView(packet.buffer);
  packet.set(MAGIC);
  view.setUint32(8, sum32(image), true);
  view.setUint8(12, deviceType);
  view.setUint16(13, firmwareVersion, true);
  return packet;
}
