import type { SimulatedProtocol } from '../core/protocol';
import type { Ap3000Device } from './ap3000-device';
import { Ap3000Endpoint } from './ap3000-endpoint';
import { MODELS } from './models';
import type { ModelName } from './models';
import { FACTORY_RUN1 } from './parameters';
import type { Ap3000Settings } from './settings';

export type Ap3000Options = Partial<Omit<Ap3000Settings, 'model'>> & { readonly model?: ModelName };

const HOST_NUMBERS_FROM = 0x600000; // apart from the sockets' numbers: the printed number alone should find a device
const DIRECT_REPLY_MS = [50, 300] as const;
const SLAVE_REPLY_MS = [2700, 7000] as const; // captured
const MOST_SLAVES = 50;

/** AP3000 devices for a fleet; what is not said is as on a factory-new dual socket with its own modem. */
export function ap3000(options: Ap3000Options = {}): SimulatedProtocol<Ap3000Device> {
  const topology = options.topology ?? 'direct';
  const settings: Ap3000Settings = {
    slavesPerHost: 10,
    firstDeviceNo: 1_000_000,
    heartbeatIntervalS: FACTORY_RUN1.heartbeatIntervalS,
    reportIntervalS: 300,
    replyDelayMs: topology === 'direct' ? DIRECT_REPLY_MS : SLAVE_REPLY_MS,
    repeatedOrders: 'again',
    verifiesFirmware: true,
    ...options,
    topology,
    model: MODELS[options.model ?? 'dual'],
  };
  const perEndpoint = topology === 'direct' ? 1 : settings.slavesPerHost;
  if (perEndpoint < 1 || perEndpoint > MOST_SLAVES) throw new RangeError(`slavesPerHost is within 1…${MOST_SLAVES}`);
  return {
    name: 'ap3000',
    plan: (devices) =>
      Array.from({ length: Math.ceil(devices / perEndpoint) }, (_, index) => {
        const firstDeviceNo = settings.firstDeviceNo + index * perEndpoint;
        return (context) =>
          new Ap3000Endpoint(
            {
              settings,
              iccid: `898604${firstDeviceNo.toString().padStart(14, '0')}`,
              hostNo: HOST_NUMBERS_FROM + index,
              firstDeviceNo,
              devices: Math.min(perEndpoint, devices - index * perEndpoint),
            },
            context,
          );
      }),
  };
}
