import { FRAMES_PER_CONNECTION } from '@chargebus/protocol-core/bench';
import type { CodecSubject } from '@chargebus/protocol-core/bench';
import { ap3000Driver } from '../driver';
import { encodeFrame } from '../frame';

/** A busy site: of ten frames six report power, three are heartbeats, one is a settlement or a registration. */
export const ap3000Load: CodecSubject = {
  open: (seed) => ap3000Driver.open(seed),
  framesOf: (device) => {
    const physicalId = (0x04a00000 + device).toString(16).toUpperCase().padStart(8, '0');
    return Array.from({ length: FRAMES_PER_CONNECTION }, (_, i) => {
      const header = { physicalId, messageId: (i % 65_535) + 1, direction: 'up' } as const;
      const kind = i % 10;
      if (kind < 6) return encodeFrame({ ...header, command: '06', fields: powerReport(i) });
      if (kind < 9) return encodeFrame({ ...header, command: '21', fields: heartbeat(i) });
      return i % 20 === 9
        ? encodeFrame({ ...header, command: '03', fields: settlement(i) })
        : encodeFrame({ ...header, command: '20', fields: REGISTRATION });
    });
  },
};

const REGISTRATION = { firmwareVersion: 640, portCount: 2, virtualId: 10, deviceType: 0x31, workMode: 6 };
const orderOf = (i: number): string => i.toString(16).padStart(32, '0');
const heartbeat = (i: number) => ({
  voltageV: 220 + (i % 100) / 10,
  portCount: 2,
  portStatuses: [1, i % 4],
  signal: 0,
  temperatureC: 28,
});
const powerReport = (i: number) => ({
  port: i % 2,
  portStatus: 1,
  durationS: i,
  energyKwh: (i % 900) / 100,
  startMode: 1,
  powerW: 238.4,
  maxPowerW: 241,
  minPowerW: 230.2,
  avgPowerW: 236.9,
  orderHex: orderOf(i % 16),
  intervalEnergyRaw: 96,
  peakPowerW: 241,
  voltageV: 226.3,
  currentA: 1.053,
  envTemperatureC: 33,
  portTemperatureC: 37,
  timestamp: 1_756_692_000,
});
const settlement = (i: number) => ({
  durationS: 3600,
  maxPowerW: 241,
  energyKwh: 0.48,
  port: i % 2,
  startMode: 1,
  cardOrCodeHex: '00000000',
  stopReason: 1,
  orderHex: orderOf(i),
  secondMaxPowerW: 240,
  timestamp: 1_756_692_000,
});
