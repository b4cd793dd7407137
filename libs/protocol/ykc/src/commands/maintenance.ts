import { hexBytes, layout, u16le, u8 } from '@chargebus/protocol-core';
import { cp56, pileCode, text, textCounted } from '../fields';

const reserved = hexBytes(4);

export const workParams = layout('§6.36', { pileCode, stopUse: u8, maxPowerPercent: u8 });
/** 0x55 and 0x56. */
export const pileTime = layout('§6.37', { pileCode, time: cp56 });

// Guns are binary here, not BCD.
export const lockStatus = layout('§6.41', {
  pileCode,
  gun: u8,
  lockState: u8,
  parkingState: u8,
  lockBattery: u8,
  alarm: u8,
  reserved,
});
export const lockControl = layout('§6.42', { pileCode, gun: u8, action: u8, reserved });
export const lockControlReply = layout('§6.43', { pileCode, gun: u8, success: u8, reserved });

export const reboot = layout('§6.45', { pileCode, control: u8 }); // 1 at once, 2 when idle
export const firmwareUpdate = layout('§6.47', {
  pileCode,
  pileModel: u8, // 1 DC, 2 AC: not the coding of 0x01
  pilePowerKw: u16le,
  serverAddress: text(16),
  serverPort: u16le,
  user: text(16),
  password: text(16),
  filePath: text(32),
  control: u8,
  timeoutMinutes: u8,
});
export const qrPrefix = layout('§6.52', {
  pileCode,
  format: u8,
  prefixLength: u8,
  prefix: textCounted('prefixLength'),
});
