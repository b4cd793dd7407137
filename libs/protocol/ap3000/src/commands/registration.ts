import { layout, u16le, u8 } from '@chargebus/protocol-core';

/** Registration 0x20 ↑, at power-up and when a field changed. The spec's example has two more bytes that nobody explains. */
export const registration = layout(
  'AP3000 §9 0x20',
  {
    firmwareVersion: u16le, // 640 is V6.40
    portCount: u8,
    virtualId: u8,
    deviceType: u8, // §7.7
    workMode: u8, // §7.8
  },
  { powerBoardVersion: u16le }, // 0: no power board
);
