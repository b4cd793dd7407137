import { DeviceId } from '@chargebus/domain';
import { bkvCodec, BkvStream } from '@chargebus/protocol-bkv';
import { FramedEndpoint } from '../core/framed-endpoint';
import type { SimulatedProtocol } from '../core/protocol';
import { BkvGateway } from './bkv-gateway';
import type { BkvSettings } from './settings';

export type BkvOptions = Partial<BkvSettings>;

const MOST_SOCKETS = 250;
const ID_PREFIX = '8224';

/** BKV gateways with radio sockets; GN is the same family. */
export function bkv(options: BkvOptions = {}): SimulatedProtocol<BkvGateway> {
  const settings: BkvSettings = {
    sockets: 2,
    firstDeviceNo: 1_000_000,
    heartbeatIntervalS: 60,
    reportIntervalS: 300,
    replyDelayMs: [200, 1_100],
    statusReports: 'group',
    firmware: '00.1.17',
    transfersFiles: false,
    ...options,
  };
  if (settings.sockets < 1 || settings.sockets > MOST_SOCKETS)
    throw new RangeError(`sockets are within 1…${MOST_SOCKETS}`);
  return {
    name: 'bkv',
    plan: (devices) =>
      Array.from({ length: devices }, (_, index) => (context) => {
        const deviceNo = String(settings.firstDeviceNo + index).padStart(10, '0');
        const gateway = new BkvGateway(DeviceId.parse(`${ID_PREFIX}${deviceNo}`), settings, context);
        return new FramedEndpoint([gateway], bkvCodec, () => new BkvStream(), context);
      }),
  };
}
