import type { ProtocolEvent } from '@chargebus/events';
import { factId, now } from '../connection/version';
import type { Meant, StationCall } from '../connection/version';

/** Asks for the time; that it lives shows by every message. */
export function meansHeartbeat(_request: object, call: StationCall): Meant<{ currentTime: string }> {
  const { deviceId, at } = call;
  const beat: ProtocolEvent = {
    type: 'device.heartbeat',
    id: factId(call),
    deviceId,
    at,
    voltageV: null,
    temperatureC: null,
    signal: null,
    ports: [],
    attributes: {},
  };
  return { facts: [beat], reply: now({ currentTime: at }) };
}
