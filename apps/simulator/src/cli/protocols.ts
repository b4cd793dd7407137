import { readFileSync } from 'node:fs';
import { ap3000 } from '../ap3000';
import { bkv } from '../bkv';
import type { SimulatedProtocol } from '../core/protocol';
import { ykc } from '../ykc';
import { ocpp } from '../ocpp';
import type { TlsIdentity } from '../core/wire';
import type { SimulateOptions } from './options';

/** What the command line can simulate. GN is the networking part of BKV: the same devices. */
export const PROTOCOLS = {
  ap3000: 'sockets and piles of --model, behind hosts by --topology and --slaves',
  bkv: 'gateways with --sockets radio sockets of two jacks',
  gn: 'the same as bkv',
  'ocpp1.6':
    'stations with --guns EVSEs, over WebSocket; --target is then the WebSocket port, --password of Basic auth',
  'ocpp2.0.1': 'the same in OCPP 2.0.1',
  ykc: 'piles with --guns guns, --current dc or ac; --topology host: --slaves piles behind a concentrator',
} as const;
export type ProtocolName = keyof typeof PROTOCOLS;

/** The devices that were asked for. */
export function protocolOf(options: SimulateOptions): SimulatedProtocol {
  const { protocol, firstDevice: firstDeviceNo, heartbeat, slaves, topology } = options;
  const never = options.scenario === 'progress-load' ? Infinity : undefined;
  switch (protocol) {
    case 'ap3000':
      return ap3000({
        model: options.model,
        topology,
        slavesPerHost: slaves,
        firstDeviceNo,
        heartbeatIntervalS: heartbeat ?? 180,
        reportIntervalS: never ?? options.reportEvery ?? 300,
      });
    case 'bkv':
    case 'gn':
      return bkv({
        transfersFiles: true,
        sockets: options.sockets,
        firstDeviceNo,
        heartbeatIntervalS: heartbeat ?? 60,
        reportIntervalS: never ?? options.reportEvery ?? 300,
      });
    case 'ocpp1.6':
    case 'ocpp2.0.1':
      return ocpp(protocol, {
        transfersFiles: true,
        evses: options.guns,
        firstDeviceNo,
        reportIntervalS: never ?? options.reportEvery ?? 60,
        password: options.password,
        tls: options.tls ? tlsOf(options) : null,
      });
    case 'ykc':
      return ykc({
        transfersFiles: true,
        kind: options.current,
        guns: options.guns,
        pilesPerConnection: topology === 'direct' ? 1 : slaves,
        firstDeviceNo,
        reportIntervalS: never ?? options.reportEvery ?? 15,
      });
  }
}

function tlsOf({ ca, cert, key }: Pick<SimulateOptions, 'ca' | 'cert' | 'key'>): TlsIdentity {
  const read = (name: keyof TlsIdentity, file: string | null): TlsIdentity =>
    file === null ? {} : { [name]: readFileSync(file, 'utf8') };
  return { ...read('ca', ca), ...read('cert', cert), ...read('key', key) };
}
