import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { eventually } from '@chargebus/testing';

/** Length of the whole frame at the beginning of `buffer`; null: more bytes are needed. Throws when it is no frame. */
export type FrameLength = (buffer: Buffer) => number | null;

/** A device's socket that keeps the platform's frames, written without the product's codecs. */
export class RawConnection {
  readonly received: Buffer[] = [];
  private readonly taken = new Set<Buffer>();
  private buffer = Buffer.alloc(0);

  private constructor(
    private readonly socket: Socket,
    private readonly lengthOf: FrameLength,
  ) {
    socket.on('data', (data: Buffer) => {
      this.take(data);
    });
    socket.on('error', () => undefined);
  }
  static async open(port: number, lengthOf: FrameLength): Promise<RawConnection> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new RawConnection(socket, lengthOf);
  }

  write(bytes: Buffer): void {
    this.socket.write(bytes);
  }
  /** The next frame that matches and was not handed out before. */
  frame(what: string, matches: (frame: Buffer) => boolean): Promise<Buffer> {
    return eventually(() => {
      const found = this.received.find((one) => !this.taken.has(one) && matches(one));
      if (found === undefined)
        throw new Error(`no ${what} came; ${this.received.map((one) => one.toString('hex')).join(' ')} did`);
      this.taken.add(found);
      return found;
    }, 15_000);
  }
  close(): void {
    this.socket.destroy();
  }

  private take(data: Buffer): void {
    this.buffer = Buffer.concat([this.buffer, data]);
    for (let length = this.lengthOf(this.buffer); length !== null; length = this.lengthOf(this.buffer)) {
      if (this.buffer.length < length) return;
      this.received.push(Buffer.from(this.buffer.subarray(0, length)));
      this.buffer = this.buffer.subarray(length);
    }
  }
}
