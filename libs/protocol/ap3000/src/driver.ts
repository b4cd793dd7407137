import { viewBy } from '@chargebus/protocol-core';
import type { ProtocolDriver } from '@chargebus/protocol-core';
import { ap3000Codec } from './codec';
import { Ap3000Connection } from './connection/ap3000-connection';
import { declaration } from './declaration';
import type { Ap3000Frame } from './frame';
import { DEFAULT_OPTIONS } from './options';
import type { Ap3000Options } from './options';
import { recogniseStart } from './stream';
import { MESSAGE_NAMES } from './tables/message-names';

export function createAp3000Driver(options: Partial<Ap3000Options> = {}): ProtocolDriver<Ap3000Frame> {
  const settings = { ...DEFAULT_OPTIONS, ...options };
  return {
    name: 'ap3000',
    declaration,
    profile: {
      heartbeatIntervalS: 180,
      commandGapMs: 500,
      connectionGapMs: 100,
      idleCloseMs: 300_000, // a module says `link` every 30 s
      stallMs: 15_000,
    },
    recognise: recogniseStart,
    view: viewBy(ap3000Codec, MESSAGE_NAMES),
    open: (seed) => new Ap3000Connection(seed, settings),
  };
}

export const ap3000Driver = createAp3000Driver();
