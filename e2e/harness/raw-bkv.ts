import { RawConnection } from './raw-connection';

const SUM_FROM = 2;
const TRAILER = 3; // checksum and tail

/** A BKV gateway written byte by byte from the protocol's page, sharing nothing with the codec. */
export class RawBkvGateway {
  private constructor(
    readonly gatewayId: string,
    readonly line: RawConnection,
  ) {}

  static async connect(port: number, gatewayId: string): Promise<RawBkvGateway> {
    const line = await RawConnection.open(port, (buffer) => (buffer.length < 4 ? null : buffer.readUInt16BE(2) + 4));
    return new RawBkvGateway(gatewayId, line);
  }

  /** Sends a frame of the outer command; `payload` follows the gateway id. */
  say(command: number, payload: string, serial = 0): void {
    const body = Buffer.from(payload.replaceAll(' ', ''), 'hex');
    const frame = Buffer.alloc(21 + body.length);
    frame.writeUInt16BE(0xfcfe, 0);
    frame.writeUInt16BE(frame.length - 4, 2);
    frame.writeUInt16BE(command, 4);
    frame.writeUInt32BE(serial, 6);
    frame.writeUInt8(1, 10);
    Buffer.from(this.gatewayId, 'hex').copy(frame, 11);
    body.copy(frame, 18);
    frame.writeUInt8(sum(frame), frame.length - TRAILER);
    frame.writeUInt16BE(0xfcee, frame.length - 2);
    this.line.write(frame);
  }
  /** The next frame of the outer command, with this sub-command behind the inner length. */
  async hears(command: number, sub: number | null = null): Promise<{ readonly serial: number; readonly body: string }> {
    const frame = await this.line.frame(
      `${command.toString(16)}/${String(sub)}`,
      (one) => one.readUInt16BE(4) === command && (sub === null || one[20] === sub),
    );
    if (sum(frame) !== frame[frame.length - TRAILER]) throw new Error(`checksum of ${frame.toString('hex')}`);
    return { serial: frame.readUInt32BE(6), body: frame.subarray(18, -TRAILER).toString('hex') };
  }
  async heartbeat(): Promise<void> {
    // ICCID, eight bytes of firmware text, signal.
    this.say(0x0000, `${ascii('89860850124D19881962')} ${ascii('00.1.17')} 11`);
    await this.hears(0x0000);
  }
}
const sum = (frame: Buffer): number =>
  frame.subarray(SUM_FROM, -TRAILER).reduce((total, value) => (total + value) & 0xff, 0);
const ascii = (text: string): string => Buffer.from(text, 'latin1').toString('hex');
