import { FRAMES_PER_CONNECTION } from '@chargebus/protocol-core/bench';
import type { CodecSubject } from '@chargebus/protocol-core/bench';
import { bkvDriver } from '../driver';
import { encodeFrame } from '../frame';

/** A busy gateway: of ten frames six report a socket with one jack charging, three are heartbeats, one ends an order. */
export const bkvLoad: CodecSubject = {
  open: (seed) => bkvDriver.open(seed),
  framesOf: (device) => {
    const physicalId = String(82_241_218_000_000 + device);
    const header = { physicalId, messageId: 0, direction: 'up' } as const;
    return Array.from({ length: FRAMES_PER_CONNECTION }, (_, i) => {
      const kind = i % 10;
      if (kind < 6) return encodeFrame({ ...header, command: '1000/1017', fields: { sockets: [socket(i)] } });
      if (kind < 9) return encodeFrame({ ...header, command: '0000', fields: heartbeat(i) });
      return encodeFrame({ ...header, command: '0015/02', fields: orderEnd(i) });
    });
  },
};

const heartbeat = (i: number) => ({ iccid: '89860850124D19881962', firmware: '00.1.17', rssi: i % 250 });
const socket = (i: number) => ({
  socketNo: 1 + (i % 250),
  version: '5136',
  temperatureC: 30,
  rssi: 25,
  jacks: [
    { ...measured(i), jack: 0, status: 0x90, businessNo: 1 + (i % 60_000), voltageV: 228.1 },
    { ...measured(0), jack: 1, status: 0x80, businessNo: 0, voltageV: 228.1 },
  ],
});
const measured = (i: number) => ({ powerW: 125.6, currentA: 0.551, energyWh: i % 5_000, durationMin: i % 900 });
const orderEnd = (i: number) => ({
  ...measured(i),
  socketNo: 1 + (i % 250),
  version: '5136',
  temperatureC: 30,
  rssi: 25,
  jack: 0,
  status: 0xb0,
  businessNo: 1 + (i % 60_000),
});
