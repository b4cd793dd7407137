import type { OutletCharge, Reading } from '../core/outlets';
import { feeAccount, tierAccount } from './terms';
import type { BkvTerms } from './terms';

export interface Jack {
  readonly socketNo: number;
  readonly jack: number; // 0 A, 1 B
}
export const toJack = (portNo: number): Jack => ({ socketNo: Math.floor((portNo + 1) / 2), jack: (portNo + 1) % 2 });
export const toPortNo = ({ socketNo, jack }: Jack): number => 2 * socketNo + jack - 1;

/** What every report says of a socket. */
export interface SocketCondition {
  readonly version: string;
  readonly temperatureC: number;
  readonly rssi: number;
}
export interface UpFrame {
  readonly command: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

const currentOf = (powerW: number, voltageV: number): number => Math.round((powerW / voltageV) * 1000) / 1000;
/** What is measured at a jack, in the order of no wire: containers and bodies take it by name. */
export const measured = ({ powerW, energyWh, durationS }: Reading, voltageV: number) => ({
  powerW: Math.min(6553.5, powerW),
  currentA: Math.min(65.535, currentOf(powerW, voltageV)),
  energyWh: Math.min(0xffff, energyWh),
  durationMin: Math.min(0xffff, Math.floor(durationS / 60)),
});

interface Fault {
  readonly reason: number; // of the vendor
  readonly active: boolean;
  readonly jackStatus: readonly number[];
  readonly voltageV: number;
}
/** 1010: of a socket as a whole; its jacks say nothing. */
export function faultFields(socketNo: number, { reason, active, jackStatus, voltageV }: Fault): UpFrame['fields'] {
  const none = { reason: 0, status: 0 };
  return {
    socketNo,
    socketEvent: { reason, status: active ? 1 : 0 },
    jackEvents: [none, none],
    overVoltageV: voltageV,
    underVoltageV: voltageV,
    leakageMa: [0, 0],
    overTempC: [0, 0],
    jackStatus,
  };
}

/** The end report of an order: its command is that of the order's kind (page §5). */
export function endReport(
  { portNo, terms, vehicle }: OutletCharge<BkvTerms>,
  reading: Reading,
  status: number,
  { condition, voltageV, endTime }: { condition: SocketCondition; voltageV: number; endTime: string },
): UpFrame {
  const { bill, businessNo } = terms;
  const end = { ...condition, ...toJack(portNo), status, businessNo, ...measured(reading, voltageV) };
  switch (bill.kind) {
    case 'plain':
      return { command: '0015/02', fields: end };
    case 'tiers':
      return {
        command: '0015/18',
        fields: { ...end, endTime, rawReason: 0, ...tierAccount(bill.tiers, vehicle.powerW, reading) },
      };
    case 'card': {
      const { cardNo, modeCode, tiers } = bill;
      const account =
        tiers.length === 0
          ? { costFen: 0, settlePowerW: 0, tierMinutes: [] }
          : tierAccount(tiers, vehicle.powerW, reading);
      return { command: '0015/0C', fields: { ...end, cardNo, cardType: 0, modeCode, ...account } };
    }
    case 'fee': {
      const tierCount = bill.tiers.length;
      const usage = { tierCount, tierUsageHex: '00'.repeat(6 * tierCount) };
      return {
        command: '1000/1004',
        fields: { ...end, endTime, rawReason: 0, modeCode: 4, ...feeAccount(bill, reading), ...usage },
      };
    }
  }
}
