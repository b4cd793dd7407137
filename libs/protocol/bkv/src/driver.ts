import { viewBy } from '@chargebus/protocol-core';
import type { ProtocolDriver } from '@chargebus/protocol-core';
import { bkvCodec } from './codec';
import { BkvConnection } from './connection/bkv-connection';
import { declaration } from './declaration';
import type { BkvFrame } from './frame';
import { DEFAULT_OPTIONS } from './options';
import type { BkvOptions } from './options';
import { recogniseStart } from './stream';
import { MESSAGE_NAMES } from './tables/message-names';

/** BKV and GN are names of one protocol: the second is that of its networking commands. */
export function createBkvDriver(options: Partial<BkvOptions> = {}): ProtocolDriver<BkvFrame> {
  const settings = { ...DEFAULT_OPTIONS, ...options };
  return {
    name: 'bkv',
    aliases: ['gn'],
    declaration,
    profile: {
      heartbeatIntervalS: 60,
      commandGapMs: 200,
      connectionGapMs: 100,
      idleCloseMs: 180_000, // three heartbeats
      stallMs: 3_000,
    },
    recognise: recogniseStart,
    view: viewBy(bkvCodec, MESSAGE_NAMES),
    open: (seed) => new BkvConnection(seed, settings),
  };
}

export const bkvDriver = createBkvDriver();
