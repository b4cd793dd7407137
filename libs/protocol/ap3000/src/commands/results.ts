import { layout, u8 } from '@chargebus/protocol-core';

/** Commands that carry nothing: 12, 15, 22 up; 31–33, 81, 87, 88, 90–93, E4 down. */
export const emptyBody = layout('AP3000 §8', {});

/** The common answer of both sides: 0 is success. */
export const resultReply = layout('AP3000 §10', { result: u8 });
