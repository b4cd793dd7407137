import { COMMAND_EXAMPLES } from '@chargebus/domain';
import { describeDriver } from '@chargebus/protocol-core/conformance';
import { createYkcDriver } from '../src';
import { ykcCodec } from '../src/codec';
import { wrapBody } from '../src/frame';
import { YkcStream } from '../src/stream';
import { ykcVectors } from './ykc-vectors';

// Every vector stands alone: without the log-in they would all be taken for strangers.
const driver = createYkcDriver({ requireLogin: false });
const wrap = (code: number, body: Uint8Array): Uint8Array => wrapBody(code, 7, body, 'lo-hi');

const orders = {
  'firmware.update': {
    ...COMMAND_EXAMPLES['firmware.update'],
    imageBase64: null,
    source: { location: 'ftp://203.0.113.9/fw.bin', user: 'pile', password: 'secret', whenIdle: true, ratedPowerKw: 7 },
  },
} as const;

describeDriver({ driver, codec: ykcCodec, openStream: () => new YkcStream(), wrap, orders }, ykcVectors);
