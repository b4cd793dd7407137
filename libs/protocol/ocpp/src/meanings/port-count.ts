import { toInstant } from '@chargebus/domain';
import type { DeviceId } from '@chargebus/domain';
import type { ProtocolEvent } from '@chargebus/events';

const MAX_PORTS = 1_000;

/** A boot does not say how many ports there are: settings and reports do. Null: nor does this one. */
export function portCountFact(
  portCount: number,
  { protocol, deviceId, nowMs }: { readonly protocol: string; readonly deviceId: DeviceId; readonly nowMs: number },
): ProtocolEvent | null {
  if (!Number.isInteger(portCount) || portCount < 1 || portCount > MAX_PORTS) return null;
  return {
    type: 'device.registered',
    id: `${deviceId}:ports:${portCount}`,
    deviceId,
    at: toInstant(nowMs),
    protocol,
    deviceNo: null,
    model: null,
    firmwareVersion: null,
    portCount,
    iccid: null,
    imei: null,
    attributes: {},
  };
}
