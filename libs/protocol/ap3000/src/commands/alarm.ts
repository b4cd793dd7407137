import { layout, u8 } from '@chargebus/protocol-core';

/** Alarm 0x42 ↑, sent once; there is no message for its end. */
export const alarm = layout(
  'AP3000 §9 0x42',
  {
    alarmType: u8, // §7.9
    port: u8, // wire port, or the address of an RS-485 sensor
  },
  { trigger: u8 }, // input k of the sensor is bit k − 1
);
