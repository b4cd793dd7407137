import { COMMAND_EXAMPLES } from '@chargebus/domain';
import { describeDriver } from '@chargebus/protocol-core/conformance';
import vectors from '../vectors/ap3000.json';
import { ap3000Codec } from '../src/codec';
import { ap3000Driver } from '../src/driver';
import { wrapPayload } from '../src/frame';
import { Ap3000Stream } from '../src/stream';

const wrap = (code: number, payload: Uint8Array): Uint8Array =>
  wrapPayload({ id: 0x04a26cf3, messageId: 7, code }, payload);
const openStream = (): Ap3000Stream => new Ap3000Stream();

const orders = {
  'params.get': { kind: 'params.get', group: 'limits' },
  'params.set': { kind: 'params.set', group: 'mute', values: { mute: 1 } },
  'firmware.update': { ...COMMAND_EXAMPLES['firmware.update'], deviceType: 0x21, version: '2.06' },
} as const;

describeDriver({ driver: ap3000Driver, codec: ap3000Codec, openStream, wrap, orders }, vectors);
