import { DeviceId } from '@chargebus/domain';
import type { Endpoint, SimulatedProtocol } from '../core/protocol';
import type { OcppStation } from './ocpp-station';
import type { OcppSettings } from './settings';
import { Station16 } from './station-16';
import { Station201 } from './station-201';

export type OcppOptions = Partial<OcppSettings>;

const VERSIONS = {
  'ocpp1.6': { subprotocol: 'ocpp1.6', prefix: 'CS16-', create: Station16 },
  'ocpp2.0.1': { subprotocol: 'ocpp2.0.1', prefix: 'CS201-', create: Station201 },
} as const;
export type OcppVersion = keyof typeof VERSIONS;

const MOST_EVSES = 64;

/** OCPP stations, each with a WebSocket of its own. */
export function ocpp(version: OcppVersion, options: OcppOptions = {}): SimulatedProtocol<OcppStation> {
  const settings: OcppSettings = {
    evses: 2,
    firstDeviceNo: 1_000_000,
    reportIntervalS: 60,
    path: '/ocpp',
    password: null,
    tls: null,
    clockErrorMs: 0,
    firmwareAfterMs: 120_000,
    transfersFiles: false,
    ...options,
  };
  if (settings.evses < 1 || settings.evses > MOST_EVSES) throw new RangeError(`EVSEs are within 1…${MOST_EVSES}`);
  const { subprotocol, prefix, create: Station } = VERSIONS[version];
  return {
    name: version,
    plan: (devices) =>
      Array.from({ length: devices }, (_, index) => (context) => {
        const identity = `${prefix}${settings.firstDeviceNo + index}`;
        const station = new Station(DeviceId.parse(identity), settings, context);
        return stationEndpoint(station, settings, subprotocol);
      }),
  };
}

function stationEndpoint(
  station: OcppStation,
  { path, password, tls }: OcppSettings,
  subprotocol: string,
): Endpoint<OcppStation> {
  const credentials = `${station.deviceId}:${password ?? ''}`;
  return {
    devices: [station],
    webSocket: {
      path: `${path}/${encodeURIComponent(station.deviceId)}`,
      subprotocol,
      ...(password === null ? {} : { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` }),
      ...(tls === null ? {} : { tls }),
    },
    connected: () => {
      station.powerUp();
    },
    received: (chunk) => {
      station.receiveText(Buffer.from(chunk).toString());
    },
    disconnected: () => {
      station.linkLost();
    },
    close: () => {
      station.close();
    },
  };
}
