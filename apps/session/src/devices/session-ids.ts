import { randomBytes, randomInt } from 'node:crypto';
import { OrderRef, SessionId } from '@chargebus/domain';

const DAY_MS = 86_400_000;

/** `SES` + day + time of day + random: sorts by creation, 62 bits of chance within a millisecond are not needed. */
export function newSessionId(nowMs: number): SessionId {
  const day = new Date(nowMs).toISOString().slice(0, 10).replaceAll('-', '');
  const time = (nowMs % DAY_MS).toString(36).padStart(6, '0');
  const chance = randomInt(36 ** 8)
    .toString(36)
    .padStart(8, '0');
  return SessionId.parse(`SES${day}${time}${chance}`.toUpperCase());
}

/** 32 decimal digits: 16 bytes to AP3000, a trade number in BCD to YKC; other drivers carry the text as it is. */
export const newOrderRef = (): OrderRef => {
  const chance = BigInt(`0x${randomBytes(16).toString('hex')}`) % 10n ** 32n;
  return OrderRef.parse(chance.toString().padStart(32, '0'));
};
