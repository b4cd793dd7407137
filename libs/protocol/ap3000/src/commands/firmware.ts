import { hexBytes, layout, u16le, u8 } from '@chargebus/protocol-core';

/** Upgrade request 0x05 ↑. The long form dates from 2024-10; old F8 devices send it empty. */
export const upgradeRequest = layout(
  'AP3000 §9 0x05',
  {},
  { deviceType: u8, firmwareVersion: u16le, packageTypeHex: hexBytes(4) },
);

/** Firmware packet E0, E1, E2 ↓: 200-byte chunks. */
export const packet200 = layout('AP3000 §10 0xE0', { totalPackets: u16le, packet: u16le, chunkHex: hexBytes(200) });
/** Firmware packet F8, F9 ↓: 256-byte chunks. */
export const packet256 = layout('AP3000 §10 0xF8', { totalPackets: u16le, packet: u16le, chunkHex: hexBytes(256) });
/** FA ↓: empty to trigger, else a packet. */
export const hostPacket = layout(
  'AP3000 §11 0xFA',
  {},
  { totalPackets: u16le, packet: u16le, chunkHex: hexBytes(200) },
);

/** Reply to a packet ↑. Unasked and with packet 0 it is the device's upgrade request. */
export const packetReply = layout('AP3000 §10 0xE0', { result: u8, packet: u16le });
