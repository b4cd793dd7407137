import { arrivalId, only } from '../connection/incoming';
import type { Meaning } from '../connection/incoming';
import { alarmTypeOf, inputsOf } from '../tables/alarm-types';
import { toPortNo } from '../tables/port-status';
import { unknownToken } from '../tables/unknown-token';

/** Alarms have no end message, so the fault stays open until somebody or its age closes it. */
export const meansAlarm: Meaning<'42'> = ({ alarmType, port, trigger }, incoming) => {
  const { token, severity, place } = alarmTypeOf(alarmType);
  const details = {
    alarmType,
    ...(place === 'sensor' && { sensorAddress: port, inputs: port === 0 ? [] : inputsOf(trigger ?? 0) }), // 0: the device
    ...(place === 'none' && { port, trigger }),
  };
  return only({
    type: 'device.fault',
    id: arrivalId(incoming),
    deviceId: incoming.deviceId,
    at: incoming.at,
    token,
    portNo: place === 'port' ? toPortNo(port) : null,
    severity,
    latched: true,
    details,
  });
};

const DOOR_NOT_CLOSED = 1;
export const meansPortPush: Meaning<'44'> = ({ pushType, port, orderHex }, incoming) =>
  only({
    type: 'device.fault',
    id: arrivalId(incoming),
    deviceId: incoming.deviceId,
    at: incoming.at,
    token: pushType === DOOR_NOT_CLOSED ? 'door_not_closed' : unknownToken(pushType),
    portNo: toPortNo(port),
    severity: 'warning',
    latched: true,
    details: { pushType, orderRef: orderHex },
  });
