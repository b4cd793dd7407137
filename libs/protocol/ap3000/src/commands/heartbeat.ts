import { layout, listOf, u16le, u8 } from '@chargebus/protocol-core';
import { temperature, volts, watts } from '../fields';

/** Old heartbeat 0x01 ↑. A device that has its 0x21 answered stops sending it. */
export const oldHeartbeat = layout(
  'AP3000 §9 0x01',
  {
    firmwareVersion: u16le, // 640 is V6.40
    voltageV: volts,
    portCount: u8,
    portStatuses: listOf(u8, 'portCount'), // §7.1
    portPowersW: listOf(watts, 'portCount'), // now
    portPeakPowersW: listOf(watts, 'portCount'), // since charging started
    virtualId: u8, // address behind a host, 0 otherwise
    signal: u8, // radio between slave and host
  },
  {
    deviceType: u8, // §7.7; very old firmware put the modem type (1–3) here
    temperatureC: temperature,
    workMode: u8, // dropped in V8.6 and still sent; 0x20 is right
  },
);

/** Heartbeat 0x21 ↑, every 180 s. It may come before the first 0x20. */
export const heartbeat = layout(
  'AP3000 §9 0x21',
  { voltageV: volts, portCount: u8, portStatuses: listOf(u8, 'portCount') },
  { signal: u8, temperatureC: temperature },
);
