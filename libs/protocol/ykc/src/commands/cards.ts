import { layout, listOf, record, u8 } from '@chargebus/protocol-core';
import { balance, card, gun, listToEnd, pileCode } from '../fields';

export const balanceUpdate = layout('§6.28', { pileCode, gun, physicalCard: card, balanceYuan: balance });
export const balanceUpdateReply = layout('§6.27', { pileCode, physicalCard: card, result: u8 }); // no gun

export const cardSync = layout('§6.30', {
  pileCode,
  count: u8,
  cards: listOf(record({ logicalCard: card, physicalCard: card }), 'count'),
});
export const cardSyncReply = layout('§6.29', { pileCode, success: u8, failReason: u8 }); // for the whole batch
/** 0x46 and 0x48. */
export const cardNames = layout('§6.32', {
  pileCode,
  count: u8,
  cards: listOf(record({ physicalCard: card }), 'count'),
});
export const cardClearReply = layout('§6.31', {
  pileCode,
  cards: listToEnd(record({ physicalCard: card, cleared: u8, failReason: u8 })),
});
export const cardQueryReply = layout('§6.33', {
  pileCode,
  cards: listToEnd(record({ physicalCard: card, exists: u8 })),
});
