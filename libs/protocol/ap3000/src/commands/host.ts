import { asciiZeroFilled, hexBytes, layout, listOf, perUnit, record, u16le, u32le, u8 } from '@chargebus/protocol-core';
import { physicalId, volts } from '../fields';

/** Host status 0x11 ↑, every 30 minutes. */
export const hostStatus = layout(
  'AP3000 §11 0x11',
  {
    firmwareVersion: u16le,
    rtcModule: u8, // 0 none, 1 SD2068, 2 BM8563
    hostTimestamp: u32le, // 0 without RTC
    signal: u8, // 0–31, 99 abnormal, above 100: minus 100
    moduleType: u8, // §7.10
  },
  {
    iccid: asciiZeroFilled(20),
    hostType: u8, // §7.10
    frequencyMHz: u16le, // LoRa centre frequency, 0 none
    imei: asciiZeroFilled(15),
    moduleVersion: asciiZeroFilled(24),
  },
);

const centiAmperes = perUnit(u16le, 100); // 0.01 A, unlike 0x06
const energyTotal = perUnit(u32le, 100); // 0.01 kWh

/** Host and breaker status 0x17 ↑, every 30 minutes. */
export const breakerStatus = layout(
  'AP3000 §11 0x17',
  {
    breakerState: u8, // 0 open, 1 closed
    temperatureRaw: u8, // offset unknown for hosts
    voltageV: volts,
    currentA: centiAmperes,
    energyKwh: energyTotal,
    meterCurrentA: centiAmperes,
    meterEnergyKwh: energyTotal,
    smokeAlarm: u8,
    alarmRelay: u8, // 0 open, 1 closed
    leakageMa: u8,
  },
  {
    liveWireTempRaw: u8,
    neutralWireTempRaw: u8,
    lockState: u8, // 1 locked
    breakerModel: u8, // 0 short single-phase, 1 long single-phase, 2 with screen
  },
);

/** Change server address 0x34 ↓. A wrong one loses the host for good. */
export const serverAddress = layout('AP3000 §11 0x34', {
  serverPort: u16le,
  moduleType: u8, // 1 WiFi, 2 2G, 3 4G
  socketB: u8, // 1: enable the second server
  address: asciiZeroFilled(46, 45),
});

/** Slave list 0x35 ↑: one entry per slave type, not per slave. */
export const slaveList = layout('AP3000 §11 0x35', {
  count: u8,
  entries: listOf(
    record({
      deviceType: u8, // §7.7
      reserved: u8,
      lowestFirmwareVersion: u16le, // among the slaves of this type
      physicalId, // of a slave with that version
    }),
    'count',
  ),
});

/** FSK parameters 0x3A ↓. */
export const fskParameters = layout('AP3000 §11 0x3A', {
  frequencyMHz: u16le,
  reservedHex: hexBytes(3),
  slaveCount: u8,
  slaves: listOf(physicalId, 'slaveCount'),
});
/** Request for FSK parameters 0x3B ↑; answered with a 0x3A frame. */
export const fskRequest = layout('AP3000 §11 0x3B', { frequencyMHz: u16le }); // 0: unset
