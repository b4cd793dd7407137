import { viewBy } from '@chargebus/protocol-core';
import type { ProtocolDriver } from '@chargebus/protocol-core';
import { ykcCodec } from './codec';
import { PileBook } from './connection/pile-book';
import { YkcConnection } from './connection/ykc-connection';
import { declaration } from './declaration';
import { decodeFrame } from './frame';
import type { YkcFrame } from './frame';
import { DEFAULT_DIALECT, DEFAULT_OPTIONS } from './options';
import type { YkcDialect, YkcOptions } from './options';
import { recogniseStart } from './stream';
import { MESSAGE_NAMES } from './tables/message-names';

export type DriverOptions = Partial<Omit<YkcOptions, 'defaults'>> & { readonly defaults?: Partial<YkcDialect> };

export function createYkcDriver(options: DriverOptions = {}): ProtocolDriver<YkcFrame> {
  const settings = { ...DEFAULT_OPTIONS, ...options, defaults: { ...DEFAULT_DIALECT, ...options.defaults } };
  const book = new PileBook();
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
    // Frames longer than the options take have been taken, and what is too long for the wire cannot be.
    view: viewBy({ ...ykcCodec, decode: (bytes, from) => decodeFrame(bytes, from, 255) }, MESSAGE_NAMES, ['password']),
    open: (seed) => new YkcConnection(seed, settings, book),
  };
}

export const ykcDriver = createYkcDriver();
