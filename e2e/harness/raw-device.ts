import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { eventually } from '@chargebus/testing';

export interface RawFrame {
  readonly physicalId: string;
  readonly messageId: number;
  readonly command: number;
  readonly payload: Buffer;
}

/**
 * An AP3000 device written byte by byte from protocol page §3, sharing nothing with the codec: what the two disagree on
 * shows here.
 */
export class RawDevice {
  readonly received: RawFrame[] = [];
  private buffer = Buffer.alloc(0);
  private nextMessageId = 1;
  private readonly taken = new Set<RawFrame>();

  private constructor(
    readonly physicalId: string,
    readonly socket: Socket,
  ) {
    socket.on('data', (data: Buffer) => {
      this.take(data);
    });
    socket.on('error', () => undefined);
  }

  static async connect(port: number, physicalId: string): Promise<RawDevice> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    const device = new RawDevice(physicalId, socket);
    socket.write('898604D9162390488297');
    return device;
  }

  /** Sends a request with the next message id and returns the id. */
  send(command: number, payloadHex: string, messageId = this.nextMessageId++): number {
    this.socket.write(frameOf(this.physicalId, messageId, command, Buffer.from(payloadHex.replaceAll(' ', ''), 'hex')));
    return messageId;
  }
  /** Sends a request and waits for the frame that answers it. */
  async ask(command: number, payloadHex: string): Promise<RawFrame> {
    const messageId = this.send(command, payloadHex);
    return this.frame(command, (frame) => frame.messageId === messageId);
  }
  /** The next frame with this command that was not handed out before. */
  async frame(
    command: number,
    matches: (frame: RawFrame) => boolean = () => true,
    timeoutMs = 10_000,
  ): Promise<RawFrame> {
    return eventually(() => {
      const found = this.received.find(
        (frame) => frame.command === command && !this.taken.has(frame) && matches(frame),
      );
      if (found === undefined)
        throw new Error(
          `no frame ${command.toString(16)} came; ${this.received.map((frame) => frame.command.toString(16)).join(' ')} did`,
        );
      this.taken.add(found);
      return found;
    }, timeoutMs);
  }
  /** Registration and a heartbeat with idle ports; both answered. */
  async register(ports = 2): Promise<void> {
    await this.ask(0x20, `8002${byte(ports)}1e3106`);
    await this.ask(0x21, `2b09${byte(ports)}${'00'.repeat(ports)}005d`);
  }
  close(): void {
    this.socket.destroy();
  }

  private take(data: Buffer): void {
    this.buffer = Buffer.concat([this.buffer, data]);
    while (this.buffer.length >= 5) {
      const total = this.buffer.readUInt16LE(3) + 5;
      if (this.buffer.length < total) return;
      const bytes = this.buffer.subarray(0, total);
      this.buffer = this.buffer.subarray(total);
      if (sum(bytes.subarray(0, total - 2)) !== bytes.readUInt16LE(total - 2))
        throw new Error(`checksum of ${bytes.toString('hex')}`);
      this.received.push({
        physicalId: bytes.readUInt32LE(5).toString(16).padStart(8, '0').toUpperCase(),
        messageId: bytes.readUInt16LE(9),
        command: bytes.readUInt8(11),
        payload: Buffer.from(bytes.subarray(12, total - 2)),
      });
    }
  }
}

const byte = (value: number): string => value.toString(16).padStart(2, '0');
const sum = (bytes: Buffer): number => bytes.reduce((total, value) => (total + value) & 0xffff, 0);

export function frameOf(physicalId: string, messageId: number, command: number, payload: Buffer): Buffer {
  const frame = Buffer.alloc(14 + payload.length);
  frame.write('DNY', 0, 'latin1');
  frame.writeUInt16LE(payload.length + 9, 3);
  frame.writeUInt32LE(Number.parseInt(physicalId, 16), 5);
  frame.writeUInt16LE(messageId, 9);
  frame.writeUInt8(command, 11);
  payload.copy(frame, 12);
  frame.writeUInt16LE(sum(frame.subarray(0, -2)), frame.length - 2);
  return frame;
}

/** Body of 0x06 in the captured 45-byte layout. */
export function progressPayload(options: {
  port: number;
  status: number;
  durationS: number;
  energyRaw: number;
  powerRaw: number;
  orderHex: string;
}): string {
  const body = Buffer.alloc(45);
  body.writeUInt8(options.port, 0);
  body.writeUInt8(options.status, 1);
  body.writeUInt16LE(options.durationS, 2);
  body.writeUInt16LE(options.energyRaw, 4);
  body.writeUInt8(1, 6);
  for (const offset of [7, 9, 11, 13]) body.writeUInt16LE(options.powerRaw, offset);
  Buffer.from(options.orderHex, 'hex').copy(body, 15);
  body.writeUInt16LE(options.powerRaw, 33);
  body.writeUInt16LE(2205, 35); // 220.5 V
  body.writeUInt16LE(909, 37); // 0.909 A
  body.writeUInt8(93, 39); // 28 °C
  body.writeUInt8(110, 40); // 45 °C
  return body.toString('hex');
}

/** Body of 0x03 in the captured 35-byte layout. */
export function settlementPayload(options: {
  port: number;
  durationS: number;
  energyRaw: number;
  maxPowerRaw: number;
  stopReason: number;
  orderHex: string;
  startMode?: number;
  cardHex?: string;
  timestampS?: number;
}): string {
  const body = Buffer.alloc(35);
  body.writeUInt16LE(options.durationS, 0);
  body.writeUInt16LE(options.maxPowerRaw, 2);
  body.writeUInt16LE(options.energyRaw, 4);
  body.writeUInt8(options.port, 6);
  body.writeUInt8(options.startMode ?? 1, 7);
  Buffer.from(options.cardHex ?? '00000000', 'hex').copy(body, 8);
  body.writeUInt8(options.stopReason, 12);
  Buffer.from(options.orderHex, 'hex').copy(body, 13);
  body.writeUInt16LE(options.maxPowerRaw, 29);
  body.writeUInt32LE(options.timestampS ?? Math.floor(Date.now() / 1000), 31);
  return body.toString('hex');
}
