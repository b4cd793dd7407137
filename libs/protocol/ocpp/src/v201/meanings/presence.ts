import type { ProtocolEvent } from '@chargebus/events';
import { bootIntervalS } from '../../connection/options';
import { factId, now } from '../../connection/version';
import type { Meaning } from '../connection/incoming';
import { CONFIGURE } from '../device-model/settings';

/**
 * A boot. `Pending`: the station waits while we configure it, and boots again. A station that was accepted is configured
 * behind the answer.
 */
export const meansBoot: Meaning<'BootNotification'> = ({ chargingStation, reason }, incoming) => {
  const { deviceId, at, station, options } = incoming;
  const status = options.registrationOf(deviceId);
  const interval = bootIntervalS(status, options);
  const { vendorName, model, serialNumber, firmwareVersion, modem } = chargingStation;
  station.registration = status;
  station.firmwareVersion = firmwareVersion ?? null;
  station.forgetPorts();
  const registered: ProtocolEvent = {
    type: 'device.registered',
    id: factId(incoming),
    deviceId,
    at,
    protocol: 'ocpp2.0.1',
    deviceNo: serialNumber ?? null,
    model,
    firmwareVersion: firmwareVersion ?? null,
    portCount: null,
    iccid: modem?.iccid ?? null,
    imei: null,
    attributes: {
      vendor: vendorName,
      bootReason: reason,
      bootedAt: at,
      registration: status,
      imsi: modem?.imsi ?? null,
    },
  };
  return {
    facts: status === 'Rejected' ? [] : [registered],
    reply: now({ currentTime: at, interval, status }),
    errands: status === 'Rejected' ? [] : [CONFIGURE],
  };
};
