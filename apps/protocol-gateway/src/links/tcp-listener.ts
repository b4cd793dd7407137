import type { Logger } from '@chargebus/observability';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import type { GatewayMetrics } from '../metrics';
import type { Admission } from './admission';
import type { Link } from './link';
import type { LinkRegistry } from './link-registry';

const KEEP_ALIVE_AFTER_MS = 60_000; // the kernel's own probes find peers that vanished without a word
const BACKLOG = 4_096; // a whole city may reconnect within a second

/** A socket that knows its link: listeners are shared functions, not closures per connection. */
interface DeviceSocket extends Socket {
  link: Link;
}

/** The door for devices that speak over bare TCP. */
export class TcpListener {
  private readonly server: Server;
  private readonly onClose: (this: Socket) => void;

  constructor(
    private readonly registry: LinkRegistry,
    private readonly admission: Admission,
    private readonly metrics: GatewayMetrics,
    private readonly logger: Logger,
  ) {
    this.server = createServer({ noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_AFTER_MS });
    this.server.on('connection', (socket) => {
      this.accept(socket);
    });
    this.onClose = function (this: Socket) {
      const { link } = this as DeviceSocket;
      admission.leave(link.remoteAddress);
      registry.remove(link);
    };
  }

  /** Resolves with the port. */
  async listen(host: string, port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen({ host, port, backlog: BACKLOG }, () => {
        this.server.off('error', reject);
        resolve();
      });
    });
    this.server.on('error', (error) => {
      this.logger.error({ err: error }, 'device port failed');
    });
    const bound = this.server.address() as AddressInfo;
    this.logger.info({ address: bound.address, port: bound.port }, 'devices may connect');
    return bound.port;
  }

  /** Takes no new connections; those that are open stay. */
  close(): void {
    this.server.close();
  }

  private accept(socket: Socket): void {
    const address = socket.remoteAddress;
    if (address === undefined) {
      socket.destroy(); // gone already
      return;
    }
    const refusal = this.admission.enter(address);
    if (refusal !== null) {
      this.metrics.refused.inc({ reason: refusal });
      socket.destroy();
      return;
    }
    (socket as DeviceSocket).link = this.registry.add(socket, address);
    socket.on('data', onData);
    socket.on('error', onError);
    socket.on('close', this.onClose);
  }
}

function onData(this: Socket, chunk: Uint8Array): void {
  (this as DeviceSocket).link.receive(chunk);
}
/** `close` follows and says all that matters. */
function onError(): void {
  return;
}
