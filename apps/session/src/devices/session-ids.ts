import { randomBytes, randomInt } from 'node:crypto';
import { OrderRef, SessionId } from '@chargebus/domain';
import type { DeviceId } from '@chargebus/domain';

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

const digits = (count: number): string =>
  (BigInt(`0x${randomBytes(16).toString('hex')}`) % 10n ** BigInt(count)).toString().padStart(count, '0');
/** 32 decimal digits: 16 bytes to AP3000, a trade number in BCD to YKC; other drivers carry the text as it is. */
export const newOrderRef = (): OrderRef => OrderRef.parse(digits(32));

/** Numbers of devices that stand in the references of their orders, because people read them there (YKC §3.6). */
const DEVICE_NUMBER = /^\d{14}$/;
/** Of an order for a port, which has one a second at most: device, port, time (UTC) and chance, where it fits. */
export function orderRefFor(deviceId: DeviceId, portNo: number | null, nowMs: number): OrderRef {
  if (portNo === null || portNo > 99 || !DEVICE_NUMBER.test(deviceId)) return newOrderRef();
  const time = new Date(nowMs).toISOString().replace(/\D/g, '').slice(2, 14);
  return OrderRef.parse(`${deviceId}${portNo.toString().padStart(2, '0')}${time}${digits(4)}`);
}
