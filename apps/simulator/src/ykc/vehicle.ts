import type { Reading } from '../core/outlets';
import type { Random } from '../core/random';
import type { Vehicle } from '../core/vehicle';

export const PACK_VOLTAGE_V = 380;

/** A car: DC piles give it 20 to 120 kW, AC piles 3.5 to 7. */
export function randomCar(random: Random, kind: 'dc' | 'ac'): Vehicle {
  const powerW = kind === 'dc' ? random.integer(20, 120) * 1000 : random.integer(35, 70) * 100;
  return { powerW, needWh: random.integer(8, 60) * 1000 };
}

/** State of charge: the vehicle came with a fifth, and its need fills it up. */
export const socOf = ({ needWh }: Vehicle, { energyWh }: Reading): number =>
  Math.min(100, 20 + Math.round((80 * energyWh) / needWh));

/** Whole bodies of the BMS phases that a reading does not change: page §6.11–6.16. */
export const HANDSHAKE = {
  bmsProtocolVersion: '1.1',
  batteryType: 3,
  ratedCapacityAh: 150,
  ratedVoltageV: PACK_VOLTAGE_V,
  batteryVendor: 'CATL',
  batteryPackNo: 42,
  productionYear: 2023,
  productionMonth: 5,
  productionDay: 17,
  chargeCount: 311,
  ownership: 1,
  reserved: 0,
  bmsSoftwareVersion: '0000000000000000',
};
export const CONFIGURATION = {
  cellMaxVoltageV: 4.2,
  maxCurrentA: -250,
  nominalEnergyKwh: 60,
  maxTotalVoltageV: 420,
  maxTempC: 55,
  socPercent: 20,
  batteryVoltageV: 360,
  pileMaxVoltageV: 750,
  pileMinVoltageV: 200,
  pileMaxCurrentA: -250,
  pileMinCurrentA: 0,
};
export const INFORMATION = {
  cellMaxVoltageNo: 12,
  batteryMaxTempC: 33,
  maxTempProbeNo: 3,
  batteryMinTempC: 28,
  minTempProbeNo: 7,
  cellVoltageState: 0,
  socState: 0,
  overCurrentState: 0,
  overTempState: 0,
  insulationState: 0,
  connectorState: 0,
  chargePermitted: 1,
};
export function demand(vehicle: Vehicle, reading: Reading) {
  const currentA = -Math.min(400, Math.round((reading.powerW / PACK_VOLTAGE_V) * 10) / 10);
  const minutes = Math.floor(reading.durationS / 60);
  return {
    demandVoltageV: PACK_VOLTAGE_V,
    demandCurrentA: currentA,
    chargeMode: 2,
    measuredVoltageV: PACK_VOLTAGE_V,
    measuredCurrentA: currentA,
    cellMaxVoltageV: 3.8,
    cellMaxGroup: 1,
    soc: socOf(vehicle, reading),
    remainingMinutes: 0,
    pileVoltageV: PACK_VOLTAGE_V,
    pileCurrentA: currentA,
    chargeMinutes: Math.min(0xffff, minutes),
  };
}
export const endStatistics = (vehicle: Vehicle, reading: Reading) => ({
  endSoc: socOf(vehicle, reading),
  cellMinVoltageV: 3.79,
  cellMaxVoltageV: 3.81,
  batteryMinTempC: 28,
  batteryMaxTempC: 34,
  chargeMinutes: Math.min(0xffff, Math.floor(reading.durationS / 60)),
  outputEnergyKwh: Math.round(reading.energyWh / 100) / 10,
  chargerNo: 1,
});
