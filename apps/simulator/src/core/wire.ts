import { connect } from 'node:net';
import { WebSocket } from 'ws';

/** What bytes go out on. `destroy`: at once; `end`: after what was written. */
export interface Wire {
  write(bytes: Uint8Array): void;
  end(): void;
  destroy(): void;
  readonly pendingBytes: number;
}
export interface WireEvents {
  opened(): void;
  received(chunk: Uint8Array): void; // only valid during the call
  failed(message: string): void;
  closed(): void;
}
export interface DialContext {
  readonly target: { readonly host: string; readonly port: number };
  readonly localAddress?: string;
  /** One buffer for all sockets of the process: reads are handled before the next one begins. */
  readonly readBuffer: Uint8Array;
}
/** Who a device of messages is, and how it speaks. */
export interface WebSocketIdentity {
  readonly path: string; // with the identity
  readonly subprotocol: string;
  readonly authorization?: string;
  readonly tls?: TlsIdentity; // absent: plain
}
/** PEM. `ca` absent: whom the system trusts; without a certificate the station proves itself otherwise. */
export interface TlsIdentity {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

export function dialTcp({ target, localAddress, readBuffer }: DialContext, events: WireEvents): Wire {
  const socket = connect({
    ...target,
    ...(localAddress === undefined ? {} : { localAddress }),
    noDelay: true,
    onread: {
      buffer: readBuffer,
      callback: (length) => {
        events.received(readBuffer.subarray(0, length));
        return true;
      },
    },
  });
  socket.once('connect', () => {
    events.opened();
  });
  socket.once('error', (error) => {
    events.failed(error.message);
  });
  socket.once('close', () => {
    events.closed();
  });
  return {
    write: (bytes) => socket.write(bytes),
    end: () => {
      socket.destroySoon();
    },
    destroy: () => socket.destroy(),
    get pendingBytes() {
      return socket.writableLength;
    },
  };
}

/** Each write is one text message, each message one chunk. */
export const dialWebSocket =
  ({ path, subprotocol, authorization, tls }: WebSocketIdentity) =>
  ({ target, localAddress }: DialContext, events: WireEvents): Wire => {
    const scheme = tls === undefined ? 'ws' : 'wss';
    const socket = new WebSocket(`${scheme}://${target.host}:${target.port}${path}`, [subprotocol], {
      perMessageDeflate: false,
      ...tls,
      ...(localAddress === undefined ? {} : { localAddress }),
      ...(authorization === undefined ? {} : { headers: { authorization } }),
    });
    socket.on('open', () => {
      events.opened();
    });
    socket.on('message', (data: Buffer) => {
      events.received(data);
    });
    socket.on('error', (error) => {
      events.failed(error.message);
    });
    socket.on('close', () => {
      events.closed();
    });
    return {
      write: (bytes) => {
        socket.send(bytes, { binary: false });
      },
      end: () => {
        socket.close(1000);
      },
      destroy: () => {
        socket.terminate();
      },
      get pendingBytes() {
        return socket.bufferedAmount;
      },
    };
  };
