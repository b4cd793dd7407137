import { FRAMES_PER_CONNECTION } from '@chargebus/protocol-core/bench';
import type { CodecSubject } from '@chargebus/protocol-core/bench';
import type { EncodableFields } from '../commands/command-table';
import { ykcDriver } from '../driver';
import { encodeFrame } from '../frame';

/** A busy pile of two guns: of ten frames six are realtime data, two heartbeats, one of the BMS, one a record. */
export const ykcLoad: CodecSubject = {
  open: (seed) => ykcDriver.open(seed),
  framesOf: (device) => {
    const pileCode = String(32_010_600_000_000 + device);
    const frame = <C extends string>(messageId: number, command: C, fields: EncodableFields<'up', C>): Uint8Array =>
      encodeFrame({ messageId, command, direction: 'up', fields });
    return Array.from({ length: FRAMES_PER_CONNECTION }, (_, i) => {
      const kind = i % 10;
      const gun = 1 + (i % 2);
      const order = { pileCode, gun, tradeNo: `${pileCode}0${gun}${String(i % 16).padStart(16, '0')}` };
      if (i === 0) return frame(i, '01', { ...LOGIN, pileCode });
      if (kind < 6) return frame(i, '13', { ...order, ...realtime(i) });
      if (kind < 8) return frame(i, '03', { pileCode, gun, gunStatus: 0 });
      return kind === 8 ? frame(i, '23', { ...order, ...DEMAND }) : frame(i, '3B', { ...order, ...RECORD });
    });
  },
};

const LOGIN = {
  pileType: 0,
  gunCount: 2,
  protocolVersion: 1.6,
  programVersion: 'V4.1.50',
  networkType: 0,
  simIccid: '01010101010101010101',
  operator: 4,
};
const realtime = (i: number) => ({
  status: 3,
  gunHomed: 2,
  plugged: 1,
  outputVoltageV: 380.5,
  outputCurrentA: 100,
  cableTempC: 31,
  cableCode: '0000000000000000',
  soc: 40 + (i % 50),
  batteryMaxTempC: 30,
  chargeMinutes: i % 600,
  remainingMinutes: 50,
  energyKwh: i / 100,
  lossEnergyKwh: 0,
  amountYuan: 4.5,
  hardwareFault: 0,
});
const DEMAND = {
  demandVoltageV: 700,
  demandCurrentA: -200,
  chargeMode: 2,
  measuredVoltageV: 655.5,
  measuredCurrentA: -198.3,
  cellMaxVoltageV: 3.48,
  cellMaxGroup: 9,
  soc: 81,
  remainingMinutes: 19,
  pileVoltageV: 656,
  pileCurrentA: -199,
  chargeMinutes: 51,
};
const RECORD = {
  startTime: '2025-10-10T15:30:05.000',
  endTime: '2025-10-10T16:42:47.500',
  sharpPrice: 1.64321,
  sharpKwh: 12.3456,
  sharpLossKwh: 12.3456,
  sharpAmount: 20.2864,
  peakPrice: 1.2,
  peakKwh: 20.5,
  peakLossKwh: 20.5,
  peakAmount: 24.6,
  flatPrice: 0.8,
  flatKwh: 0.0001,
  flatLossKwh: 0.0001,
  flatAmount: 0,
  valleyPrice: 0.45,
  valleyKwh: 7,
  valleyLossKwh: 7,
  valleyAmount: 3.15,
  meterStartKwh: 12345678.9012,
  meterEndKwh: 12345718.7469,
  totalKwh: 39.8457,
  totalLossKwh: 39.8457,
  totalAmount: 48.0364,
  vin: 'LABCD12E3F4567890',
  tradeFlag: 5,
  tradeTime: '2025-10-10T16:42:48.000',
  stopReason: 65,
  physicalCard: '00000000d14b0a54',
};
