import { hexBytes, layout, perUnit, u8 } from '@chargebus/protocol-core';
import { gun, pileCode, text } from '../fields';

export const login = layout('§6.1', {
  pileCode,
  pileType: u8, // 0 DC, 1 AC
  gunCount: u8,
  protocolVersion: perUnit(u8, 10),
  programVersion: text(8),
  networkType: u8,
  simIccid: hexBytes(10), // declared BCD, real ones have hex digits
  operator: u8,
});
/** 0x02, 0x93 and 0xF1. */
export const pileResult = layout('§6.2', { pileCode, result: u8 });
/** 0x51, 0x57 and 0x91: 1 is success. */
export const pileSuccess = layout('§6.35', { pileCode, success: u8 });
export const heartbeat = layout('§6.3', { pileCode, gun, gunStatus: u8 });
export const heartbeatReply = layout('§6.4', { pileCode, gun, reply: u8 });
/** 0x12 and 0x36. */
export const pileGun = layout('§6.9', { pileCode, gun });
