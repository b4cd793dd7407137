import { asciiZeroFilled, hexBytes, hexCounted, hexRest, layout, u16le, u8 } from '@chargebus/protocol-core';

/** Play voice 0x89 ↓. Reserved: no segment codes are published. */
export const voice = layout('AP3000 §10 0x89', {
  interrupt: u8, // 1: cut the running announcement
  segmentCount: u8,
  segmentsHex: hexCounted('segmentCount'),
});

/** EEPROM read 0x8B ↓. */
export const memoryRead = layout('AP3000 §10 0x8B', { address: u16le, length: u8 }); // 1…32
/** Reply to 0x8B ↑; no data on failure. */
export const memoryReadReply = layout('AP3000 §10 0x8B', { result: u8, dataHex: hexRest });
/** EEPROM write 0x8C ↓. */
export const memoryWrite = layout('AP3000 §10 0x8C', { address: u16le, length: u8, dataHex: hexCounted('length') });

/** QR address 0x8E ↓: 76 bytes exactly, or the device can become unusable. */
export const qrAddress = layout('AP3000 §10 0x8E', {
  mainScreen: u8, // 0 port status, 1 QR code
  reservedHex: hexBytes(3),
  url: asciiZeroFilled(72, 71),
});
/** Temporary QR 0x95 ↓. */
export const temporaryQr = layout('AP3000 §10 0x95', { text: asciiZeroFilled(200) });

/** Locate 0x96 ↓: speaks and flashes. */
export const locate = layout('AP3000 §10 0x96', { seconds: u8 });
