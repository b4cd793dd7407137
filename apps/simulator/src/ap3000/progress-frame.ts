/** Offsets in a whole 06 frame with the 45-byte payload of §9. */
const AT = {
  messageId: 9,
  portStatus: 13,
  durationS: 14,
  energy: 16,
  power: 19,
  maxPower: 21,
  minPower: 23,
  avgPower: 25,
  intervalEnergy: 43,
  peakPower: 45,
  voltage: 47,
  current: 49,
  portTemperature: 52,
  timestamp: 53,
  checksum: 57,
} as const;
export const PROGRESS_FRAME_BYTES = 59;

/** All in wire units. */
export interface ProgressValues {
  readonly portStatus: number;
  readonly durationS: number;
  readonly energyRaw: number;
  readonly powerRaw: number;
  readonly maxPowerRaw: number;
  readonly minPowerRaw: number;
  readonly avgPowerRaw: number;
  readonly intervalEnergyRaw: number; // 1/4800 of 0.01 kWh
  readonly peakPowerRaw: number;
  readonly voltageRaw: number;
  readonly currentRaw: number;
  readonly portTemperatureRaw: number;
  readonly timestamp: number;
}

/**
 * A report of one charge, encoded once and patched for every report: a load generator then spends its time in the
 * socket instead of the encoder.
 */
export class ProgressFrame {
  private readonly view: DataView;

  /** `bytes` is the encoded first report; it is kept and overwritten. */
  constructor(readonly bytes: Uint8Array) {
    if (bytes.length !== PROGRESS_FRAME_BYTES) throw new RangeError(`a report has ${bytes.length} bytes`);
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  patch(messageId: number, values: ProgressValues): Uint8Array {
    const { view } = this;
    view.setUint16(AT.messageId, messageId, true);
    view.setUint8(AT.portStatus, values.portStatus);
    view.setUint16(AT.durationS, values.durationS, true);
    view.setUint16(AT.energy, values.energyRaw, true);
    view.setUint16(AT.power, values.powerRaw, true);
    view.setUint16(AT.maxPower, values.maxPowerRaw, true);
    view.setUint16(AT.minPower, values.minPowerRaw, true);
    view.setUint16(AT.avgPower, values.avgPowerRaw, true);
    view.setUint16(AT.intervalEnergy, values.intervalEnergyRaw, true);
    view.setUint16(AT.peakPower, values.peakPowerRaw, true);
    view.setUint16(AT.voltage, values.voltageRaw, true);
    view.setUint16(AT.current, values.currentRaw, true);
    view.setUint8(AT.portTemperature, values.portTemperatureRaw);
    view.setUint32(AT.timestamp, values.timestamp, true);
    view.setUint16(AT.checksum, this.sum(), true);
    return this.bytes;
  }

  private sum(): number {
    let sum = 0;
    for (let at = 0; at < AT.checksum; at++) sum += this.bytes[at] ?? 0;
    return sum & 0xffff;
  }
}
