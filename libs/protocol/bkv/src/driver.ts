import type { ProtocolDriver } from '@chargebus/protocol-core';
import { BkvConnection } from './connection/bkv-connection';
import { declaration } from './declaration';
import type { BkvFrame } from './frame';
import { DEFAULT_OPTIONS } from './options';
import type { BkvOptions } from './options';
import { recogniseStart } from './stream';

/** BKV and GN are names of one protocol: the second is that of its networking commands. */
export function createBkvDriver(options: Partial<BkvOptions> = {}): ProtocolDriver<BkvFrame> {
  const settings = { ...DEFAULT_OPTIONS, ...options };
  return {
    name: 'bkv',
    declaration,
    profile: {
      heartbeatIntervalS: 60,
      commandGapMs: 200,
      connectionGapMs: 100,
      idleCloseMs: 180_000, // three heartbeats
      stallMs: 3_000,
    },
    recognise: recogniseStart,
    open: (seed) => new BkvConnection(seed, settings),
  };
}

export const bkvDriver = createBkvDriver();
