import { layout, u32le, u8 } from '@chargebus/protocol-core';
import { orderId } from '../fields';

/** Cabinet heartbeat 0x41 ↑. Bit i belongs to wire port i. */
export const cabinetHeartbeat = layout('AP3000 §9 0x41', {
  portCount: u8,
  doorMask: u32le, // 1: door open
  fanMask: u32le, // 1: fan on
});

/** Port push 0x44 ↑. */
export const portPush = layout('AP3000 §9 0x44', {
  pushType: u8, // 1: cabinet door not closed
  port: u8,
  orderHex: orderId,
});

/** Stop charging, keep the door shut 0x72 ↓. The order must be the running one. */
export const cabinetStop = layout('AP3000 §10 0x72', { port: u8, orderHex: orderId });
export const cabinetStopReply = layout('AP3000 §10 0x72', { result: u8, orderHex: orderId });

/** Multi-function 0x98 ↓. */
export const multiFunction = layout('AP3000 §10 0x98', {
  function: u8, // 0: force the cabinet door open
  port: u8,
});
