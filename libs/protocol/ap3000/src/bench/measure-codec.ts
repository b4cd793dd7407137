import { toInstant } from '@chargebus/domain';
import { ap3000Driver } from '../driver';
import { encodeFrame } from '../frame';

export interface CodecMeasurement {
  readonly frames: number;
  readonly facts: number;
  readonly seconds: number;
  readonly framesPerSecond: number;
}
export interface CodecLoad {
  /** Milliseconds of a steady clock: the codec has none. */
  readonly now: () => number;
  readonly seconds: number;
  readonly connections?: number;
}
const FRAMES_PER_CONNECTION = 2_000;
const CHUNK_BYTES = 1_400; // what a TCP segment brings
const MINUTE_MS = 61_000; // longer than the window in which frames count as repeated
const EPOCH_MS = Date.UTC(2026, 0, 1);

/** One core, bytes → typed frame → facts and answer: splitter, checksum, decoding, duplicate window, mapping. */
export function measureCodec({ now, seconds, connections = 16 }: CodecLoad): CodecMeasurement {
  const lines = Array.from({ length: connections }, (_, index) => ({
    connection: ap3000Driver.open(index),
    chunks: cut(streamOf(index)),
  }));
  let frames = 0;
  let facts = 0;
  const begin = now();
  let elapsedMs = 0;
  for (let round = 0; elapsedMs < seconds * 1000; round++) {
    const atMs = EPOCH_MS + round * MINUTE_MS;
    const at = toInstant(atMs);
    for (const { connection, chunks } of lines) {
      for (const chunk of chunks) {
        for (const decoded of connection.push(chunk)) {
          frames++;
          facts += connection.receive(decoded, at, atMs).facts.length;
        }
      }
    }
    elapsedMs = now() - begin;
  }
  return { frames, facts, seconds: elapsedMs / 1000, framesPerSecond: Math.round((frames * 1000) / elapsedMs) };
}

/** A busy site: of ten frames six report power, three are heartbeats, one is a settlement or a registration. */
function streamOf(device: number): Uint8Array {
  const physicalId = (0x04a00000 + device).toString(16).toUpperCase().padStart(8, '0');
  const frames = Array.from({ length: FRAMES_PER_CONNECTION }, (_, i) => {
    const header = { physicalId, messageId: (i % 65_535) + 1, direction: 'up' } as const;
    const kind = i % 10;
    if (kind < 6) return encodeFrame({ ...header, command: '06', fields: powerReport(i) });
    if (kind < 9) return encodeFrame({ ...header, command: '21', fields: heartbeat(i) });
    return i % 20 === 9
      ? encodeFrame({ ...header, command: '03', fields: settlement(i) })
      : encodeFrame({ ...header, command: '20', fields: REGISTRATION });
  });
  return Uint8Array.from(frames.flatMap((frame) => [...frame]));
}

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

function cut(stream: Uint8Array): readonly Uint8Array[] {
  const count = Math.ceil(stream.length / CHUNK_BYTES);
  return Array.from({ length: count }, (_, i) => stream.slice(i * CHUNK_BYTES, (i + 1) * CHUNK_BYTES));
}
