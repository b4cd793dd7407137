import { layout, u16le, u32le, u8 } from '@chargebus/protocol-core';
import { amperes, kilowattHours, orderId, temperature, volts, watts } from '../fields';

/** Charging power report 0x06 ↑, every 5 minutes and port, never repeated. */
export const powerReport = layout(
  'AP3000 §9 0x06',
  {
    port: u8,
    portStatus: u8, // only 1, 2, 3 and 5 mean something here; a 0 comes in the last report
    durationS: u16le, // since the start
    energyKwh: kilowattHours, // since the start
    startMode: u8, // §7.3
    powerW: watts, // now
    maxPowerW: watts, // in the interval
    minPowerW: watts, // in the interval
    avgPowerW: watts, // in the interval
    orderHex: orderId,
  },
  {
    intervalEnergyRaw: u16le, // debug value
    peakPowerW: watts, // whole charge so far
    voltageV: volts,
    currentA: amperes, // measured or computed
    envTemperatureC: temperature,
    portTemperatureC: temperature,
    timestamp: u32le, // unreliable
    occupancyMin: u16le, // cabinets
  },
);
