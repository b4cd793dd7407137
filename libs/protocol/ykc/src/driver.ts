import type { ProtocolDriver } from '@chargebus/protocol-core';
import { YkcConnection } from './connection/ykc-connection';
import { declaration } from './declaration';
import type { YkcFrame } from './frame';
import { DEFAULT_DIALECT, DEFAULT_OPTIONS } from './options';
import type { YkcDialect, YkcOptions } from './options';
import { recogniseStart } from './stream';

export type DriverOptions = Partial<Omit<YkcOptions, 'defaults'>> & { readonly defaults?: Partial<YkcDialect> };

export function createYkcDriver(options: DriverOptions = {}): ProtocolDriver<YkcFrame> {
  const settings = { ...DEFAULT_OPTIONS, ...options, defaults: { ...DEFAULT_DIALECT, ...options.defaults } };
  return {
    name: 'ykc',
    declaration,
    profile: {
      heartbeatIntervalS: 23, // sent every 10 s per gun; a pile counts as gone after 2 × 23 + 15 s, §4.6 wants 60 s
      commandGapMs: 100,
      connectionGapMs: 100,
      idleCloseMs: 90_000,
      stallMs: 5_000,
      errandsGiveWay: true, // replies are told apart by their type
    },
    recognise: (start) => recogniseStart(start, settings.maxLength),
    open: (seed) => new YkcConnection(seed, settings),
  };
}

export const ykcDriver = createYkcDriver();
