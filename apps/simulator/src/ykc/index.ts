import { DeviceId } from '@chargebus/domain';
import { ykcCodec, YkcStream } from '@chargebus/protocol-ykc';
import { FramedEndpoint } from '../core/framed-endpoint';
import type { SimulatedProtocol } from '../core/protocol';
import type { YkcSettings } from './settings';
import { YkcPile } from './ykc-pile';

export type YkcOptions = Partial<YkcSettings>;

const CODE_PREFIX = '3201';
const MOST_GUNS = 99;

/** YKC piles, each with a connection of its own unless a concentrator carries several. */
export function ykc(options: YkcOptions = {}): SimulatedProtocol<YkcPile> {
  const settings: YkcSettings = {
    kind: 'dc',
    guns: 2,
    pilesPerConnection: 1,
    firstDeviceNo: 1_000_000,
    reportIntervalS: 15,
    replyDelayMs: [50, 500],
    crcOrder: 'lo-hi',
    modelNo: '0001',
    transfersFiles: false,
    ...options,
  };
  if (settings.guns < 1 || settings.guns > MOST_GUNS) throw new RangeError(`guns are within 1…${MOST_GUNS}`);
  const { pilesPerConnection, firstDeviceNo } = settings;
  return {
    name: 'ykc',
    plan: (devices) =>
      Array.from({ length: Math.ceil(devices / pilesPerConnection) }, (_, connection) => (context) => {
        const first = connection * pilesPerConnection;
        const piles = Array.from({ length: Math.min(pilesPerConnection, devices - first) }, (__, index) => {
          const code = `${CODE_PREFIX}${String(firstDeviceNo + first + index).padStart(10, '0')}`;
          return new YkcPile(DeviceId.parse(code), settings, { ...context, random: context.random.fork(index) });
        });
        return new FramedEndpoint(piles, ykcCodec, () => new YkcStream(), context);
      }),
  };
}
