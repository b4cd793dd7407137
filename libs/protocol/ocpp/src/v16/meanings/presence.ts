import type { ProtocolEvent } from '@chargebus/events';
import { bootIntervalS } from '../../connection/options';
import { factId, now } from '../../connection/version';
import type { Meaning } from '../connection/incoming';
import { CONFIGURE } from '../exchanges/parameters';

/**
 * A boot. `Pending`: the station waits while we configure it, and boots again. A station that was accepted is configured
 * behind the answer.
 */
export const meansBoot: Meaning<'BootNotification'> = (request, incoming) => {
  const { deviceId, at, station, options } = incoming;
  const status = options.registrationOf(deviceId);
  const interval = bootIntervalS(status, options);
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
