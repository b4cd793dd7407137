import { heartbeat } from '@chargebus/protocol-core';
import { factId, now } from '../connection/version';
import type { Meant, StationCall } from '../connection/version';

/** Asks for the time; that it lives shows by every message. */
export function meansHeartbeat(_request: object, call: StationCall): Meant<{ currentTime: string }> {
  const { deviceId, at } = call;
  return { facts: [heartbeat({ id: factId(call), deviceId, at })], reply: now({ currentTime: at }) };
}
