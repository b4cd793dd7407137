import type { ProtocolEvent } from '@chargebus/events';
import { factId, now } from '../../connection/version';
import type { Meaning } from '../connection/incoming';
import { CONFIGURE } from '../exchanges/parameters';

/**
 * A boot. `Pending`: the station waits while we configure it, and boots again. A station that was accepted is configured
 * behind the answer.
 */
export const meansBoot: Meaning<'BootNotification'> = (request, incoming) => {
  const { deviceId, at, station, options } = incoming;
  const { heartbeatIntervalS, pendingRetryS, rejectedRetryS } = options;
  const status = options.registrationOf(deviceId);
  const interval = { Accepted: heartbeatIntervalS, Pending: pendingRetryS, Rejected: rejectedRetryS }[status];
  const { chargePointVendor, chargePointModel, chargePointSerialNumber, chargeBoxSerialNumber } = request;
  const { firmwareVersion, iccid, imsi, meterType, meterSerialNumber } = request;
  station.registration = status;
  station.forgetPorts();
  const registered: ProtocolEvent = {
    type: 'device.registered',
    id: factId(incoming),
    deviceId,
    at,
    protocol: 'ocpp1.6',
    deviceNo: chargePointSerialNumber ?? chargeBoxSerialNumber ?? null,
    model: chargePointModel,
    firmwareVersion: firmwareVersion ?? null,
    portCount: null,
    iccid: iccid ?? null,
    imei: null,
    attributes: {
      vendor: chargePointVendor,
      bootedAt: at,
      registration: status,
      boxSerialNumber: chargeBoxSerialNumber ?? null,
      imsi: imsi ?? null,
      meterType: meterType ?? null,
      meterSerialNumber: meterSerialNumber ?? null,
    },
  };
  return {
    facts: status === 'Rejected' ? [] : [registered],
    reply: now({ currentTime: at, interval, status }),
    errands: status === 'Rejected' ? [] : [CONFIGURE],
  };
};

export const meansHeartbeat: Meaning<'Heartbeat'> = (_request, incoming) => {
  const { deviceId, at } = incoming;
  const beat: ProtocolEvent = {
    type: 'device.heartbeat',
    id: factId(incoming),
    deviceId,
    at,
    voltageV: null,
    temperatureC: null,
    signal: null,
    ports: [],
    attributes: {},
  };
  return { facts: [beat], reply: now({ currentTime: at }) };
};
