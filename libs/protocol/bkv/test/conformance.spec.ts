import { COMMAND_EXAMPLES } from '@chargebus/domain';
import { describeDriver } from '@chargebus/protocol-core/conformance';
import { bkvCodec } from '../src/codec';
import { bkvDriver } from '../src/driver';
import { wrapPayload } from '../src/frame';
import { BkvStream } from '../src/stream';
import { driverVectors } from './vectors';

const OUTER = ['0000', '0005', '0015', '1000'] as const;
const COMMON = [4, 1, 1, 0x10];
/** Outer command by the low two bits, what it carries by the rest. */
const wrap = (code: number, payload: Uint8Array): Uint8Array => {
  const outer = OUTER[code & 3] ?? '0000';
  const sub = code >>> 2;
  const command = outer === '0005' || outer === '0015' ? `${outer}/${sub.toString(16).padStart(2, '0')}` : outer;
  const body = outer === '1000' ? [...COMMON, sub, ...payload] : payload;
  return wrapPayload({ physicalId: '86004459453005', messageId: 0, command, direction: 'up' }, body);
};
const openStream = (): BkvStream => new BkvStream();

const orders = {
  'params.get': { kind: 'params.get', group: 'socket:1' },
  'params.set': { kind: 'params.set', group: 'socket:1', values: { powerLimitW: 800 } },
  'firmware.update': {
    ...COMMAND_EXAMPLES['firmware.update'],
    imageBase64: null,
    source: { location: 'ftp://203.0.113.9/GV.8r12.OTA' },
  },
} as const;

describeDriver({ driver: bkvDriver, codec: bkvCodec, openStream, wrap, orders }, driverVectors);
