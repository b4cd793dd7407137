import { createHash } from 'node:crypto';
import { isFinal } from '@chargebus/domain';
import type { ChargingSession, DeviceId } from '@chargebus/domain';
import {
  CapabilityNotSupported,
  DeviceInMaintenance,
  DeviceOffline,
  IdempotencyKeyReused,
  OrderConflict,
  PortBusy,
  PortFaulted,
  PortInMaintenance,
  PortNotFound,
} from '@chargebus/errors';
import type { AppError } from '@chargebus/errors';
import type { RequestOf, StartCharge } from '@chargebus/requests';
import { commandIdFor } from '../devices/device-work';
import type { DeviceWork } from '../devices/device-work';
import { orderRefFor } from '../devices/session-ids';
import { blankSession } from './new-session';
import { ensurePort } from './transitions';

export type StartRequest = RequestOf<typeof StartCharge>;
export type StartDecision =
  { readonly session: ChargingSession; readonly replayed: boolean } | { readonly refuse: AppError };

/** Of everything that makes an order what it is: the same order number with another hash is another order. */
export function hashOrder(request: StartRequest, deviceId: DeviceId): string {
  const { portNo, orderNo, userId, limits, notifyIntervalS, autoStop } = request;
  const { mode, timeLimitMin, energyLimitKwh, powerLimitW } = limits;
  const watched =
    autoStop === null ? null : [autoStop.lowPowerThresholdW, autoStop.maxTemperatureC, autoStop.voltageRangeV];
  const what = [
    deviceId,
    portNo,
    orderNo,
    userId,
    mode,
    timeLimitMin,
    energyLimitKwh,
    powerLimitW,
    notifyIntervalS,
    watched,
  ];
  return createHash('sha256').update(JSON.stringify(what)).digest('hex');
}

/** The same order again: its session when it is the same in everything, else a conflict. */
export function decideRepeat(session: ChargingSession, request: StartRequest, hash: string): StartDecision {
  if (session.requestHash === hash) return { session, replayed: true };
  return {
    refuse:
      request.orderNo !== null && session.orderNo === request.orderNo
        ? new OrderConflict({ orderNo: request.orderNo })
        : new IdempotencyKeyReused({ key: request.idempotencyKey ?? '' }),
  };
}

/** Opens a session on the device, or says why not. The device's state is the one that will be committed upon. */
export function decideStart(work: DeviceWork, request: StartRequest, hash: string): StartDecision {
  const repeat = work.sessions.find((session) => isSameOrder(session, request));
  if (repeat !== undefined) return decideRepeat(repeat, request, hash);
  const refuse = whyNot(work, request);
  if (refuse !== null) return { refuse };
  const blank = blankSession(work, 'platform');
  const session: ChargingSession = {
    ...blank,
    portNo: request.portNo,
    clientId: request.clientId,
    orderNo: request.orderNo,
    idempotencyKey: request.idempotencyKey,
    requestHash: hash,
    userId: request.userId,
    apiRequestData: request.requestBody ?? null,
    limits: request.limits,
    autoStop: request.autoStop,
    notifyIntervalS: request.notifyIntervalS,
    orderRef: orderRefFor(blank.deviceId, request.portNo, blank.createdAtMs),
    startCommandId: commandIdFor(blank.sessionId, 'start', 1),
    startExpiresAtMs: blank.createdAtMs + work.context.rules.startExpiryMs,
  };
  if (request.portNo !== null) ensurePort(work, request.portNo);
  work.addSession(session);
  return { session, replayed: false };
}

function whyNot(work: DeviceWork, { portNo, requireOnline }: StartRequest): AppError | null {
  const { deviceId, online, portCount } = work.device;
  const incapable = work.device.incapable['charge.start'];
  if (incapable !== undefined)
    return new CapabilityNotSupported({ deviceId, capability: 'charge.start', why: incapable.why });
  if (work.device.maintenance) return new DeviceInMaintenance({ deviceId });
  if (portNo !== null && work.device.portsInMaintenance.includes(portNo))
    return new PortInMaintenance({ deviceId, portNo });
  if (requireOnline && !online) return new DeviceOffline({ deviceId });
  if (portNo !== null && portCount > 0 && portNo > portCount) return new PortNotFound({ deviceId, portNo });
  const busy = work.holderOf(portNo);
  if (busy !== undefined) return new PortBusy({ deviceId, portNo: portNo ?? 'any' });
  if (portNo !== null && isUnlisted(work, portNo))
    return new PortFaulted({ deviceId, portNo, fault: 'socket_unlisted' });
  const port = portNo === null ? undefined : work.findPort(portNo);
  if (port?.state === 'fault' || port?.fault != null)
    return new PortFaulted({ deviceId, portNo: port.portNo, fault: port.fault ?? 'unknown' });
  return null;
}

/** On a socket that is in no list of ours: nobody knows which one it is. */
const isUnlisted = ({ device }: DeviceWork, portNo: number): boolean =>
  device.network?.sockets.some(({ state, portNos }) => state === 'unlisted' && portNos.includes(portNo)) === true;

const isSameOrder = (session: ChargingSession, request: StartRequest): boolean =>
  session.clientId === request.clientId &&
  ((request.orderNo !== null && session.orderNo === request.orderNo) ||
    (request.idempotencyKey !== null && session.idempotencyKey === request.idempotencyKey));

/** Whether a start may still be given to `command`: a session that has ended keeps what became of it. */
export const mayStillStart = (session: ChargingSession): boolean =>
  !isFinal(session.state) && session.startCommandId !== null;
