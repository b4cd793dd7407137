import { again, layout, mapped, u8 } from '@chargebus/protocol-core';
import { balance, card, gun, parallelNo, pileCode, text, tradeNo, vinOf } from '../fields';

const order = { tradeNo, pileCode, gun };
const vinWire = text(17); // reversed, §3.7
const request = {
  pileCode,
  gun,
  startMode: u8, // 1 card, 2 account, 3 VIN
  needPassword: u8,
  account: card,
  passwordMd5: text(16),
  vinWire,
  vin: again(mapped(vinWire, vinOf, (vin: string) => vin)),
};
export const startRequest = layout('§6.19', request);
export const parallelStartRequest = layout('§6.48', { ...request, gunRole: u8, parallelNo });

const confirm = { ...order, logicalCard: card, balanceYuan: balance, success: u8, failReason: u8 };
export const startConfirm = layout('§6.20', confirm);
export const parallelStartConfirm = layout('§6.49', { ...confirm, parallelNo });

const startReply = { ...order, success: u8, failReason: u8 };
export const remoteStartReply = layout('§6.21', startReply);
export const parallelStartReply = layout('§6.50', { ...startReply, gunRole: u8, parallelNo });

const start = { ...order, logicalCard: card, physicalCard: card, balanceYuan: balance };
export const remoteStart = layout('§6.22', start);
export const parallelStart = layout('§6.51', { ...start, parallelNo });

export const remoteStopReply = layout('§6.23', { pileCode, gun, success: u8, failReason: u8 });
