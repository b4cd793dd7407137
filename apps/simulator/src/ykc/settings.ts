import type { CrcOrder } from '@chargebus/protocol-ykc';

/** What a fleet's piles have in common. */
export interface YkcSettings {
  readonly kind: 'dc' | 'ac';
  readonly guns: number;
  readonly pilesPerConnection: number; // above 1: behind a concentrator
  readonly firstDeviceNo: number;
  readonly reportIntervalS: number; // while charging; Infinity: only when something changes
  readonly replyDelayMs: readonly [number, number];
  readonly crcOrder: CrcOrder;
  /** Model that the pile has from the factory; `0000`: none, so that it must fetch one before it charges. */
  readonly modelNo: string;
  /** Firmware is really fetched, and logs are really brought; otherwise both only take their time. */
  readonly transfersFiles: boolean;
}
