import { again, hexPrefixed, layout, u16le, u32be, u32le, u8 } from '@chargebus/protocol-core';
import { cardId } from '../fields';

/** Card swipe 0x02 ↑. Answered within 15 s or not at all: the answer never starts a charge. */
export const cardSwipe = layout(
  'AP3000 §9 0x02',
  {
    cardId, // MIFARE UID in wire order
    cardNumber: again(u32be), // the printed decimal number: the same bytes, big-endian
    cardType: u8, // 0 old, 1 new, 2 stored value, 3 UID only, 4 social security (number in card 2)
    port: u8, // FF: balance query
    cardBalanceFen: u16le, // on a stored-value card
  },
  {
    timestamp: u32le, // unreliable
    cardNo2Hex: hexPrefixed, // 16 bytes for card type 4
  },
);

/** Answer to 0x02 ↓. */
export const cardAnswer = layout('AP3000 §9 0x02', {
  cardId, // copy of the request
  accountState: u8, // §7.6
  rateMode: u8, // §7.4; says what the next field is
  balanceOrExpiry: u32le, // fen, or Unix seconds with rate mode 1
  port: u8, // copy of the request
});
