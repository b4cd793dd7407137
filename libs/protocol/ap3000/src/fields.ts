import { hexBytes, mapped, perUnit, toHex, u16le, u32le, u8 } from '@chargebus/protocol-core';
import type { Field } from '@chargebus/protocol-core';

/** Page §6. Read by division, so that the values are the decimal literals. */
export const volts = perUnit(u16le, 10); // 0.1 V
export const watts = perUnit(u16le, 10); // 0.1 W
export const kilowattHours = perUnit(u16le, 100); // 0.01 kWh
export const amperes = perUnit(u16le, 1000); // 0.001 A

/** °C in one byte, plus 65; 0 is no sensor: null. */
export const temperature: Field<number | null> = mapped<number, number | null>(
  u8,
  (raw) => (raw === 0 ? null : raw - 65),
  (celsius) => {
    if (celsius === null) return 0;
    if (celsius <= -65) throw new RangeError(`${celsius} °C is below −64`);
    return celsius + 65;
  },
);

const HEX = Array.from({ length: 256 }, (_, byte) => toHex(Uint8Array.of(byte)).toUpperCase());
const hexByte = (value: number): string => HEX[value & 0xff] ?? '';
export const formatPhysicalId = (id: number): string =>
  hexByte(id >>> 24) + hexByte(id >>> 16) + hexByte(id >>> 8) + hexByte(id);
export function parsePhysicalId(text: string): number {
  if (!/^[0-9A-Fa-f]{8}$/.test(text)) throw new RangeError(`physical id ${text.slice(0, 20)} is not 8 hex digits`);
  return Number.parseInt(text, 16);
}

/** Four bytes little-endian as 8 upper-case hex digits, page §2. */
export const physicalId: Field<string> = mapped(u32le, formatPhysicalId, parsePhysicalId);

/** Four bytes in wire order, upper-case: a card's UID. */
export const cardId: Field<string> = mapped(
  hexBytes(4),
  (hex) => hex.toUpperCase(),
  (text) => text,
);

/** 16 opaque bytes that name a charge. */
export const orderId = hexBytes(16);
