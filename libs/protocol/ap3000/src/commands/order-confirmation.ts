import { hexBytes, layout, u16le, u8 } from '@chargebus/protocol-core';
import { orderId } from '../fields';

/** Order confirmation 0x04 ↑ of devices from before 2019, which send no 0x06. It may overtake the 0x82 reply. */
export const orderConfirmation = layout('AP3000 §9 0x04', {
  port: u8,
  startMode: u8, // §7.3
  cardOrCodeHex: hexBytes(4),
  durationS: u16le, // so far
  orderHex: orderId,
});

/** Answer to 0x04 ↓. */
export const orderConfirmationAnswer = layout('AP3000 §9 0x04', { port: u8, result: u8 });
