import { RawConnection } from './raw-connection';

/** A YKC pile written byte by byte from the protocol's page, sharing nothing with the codec. */
export class RawYkcPile {
  private sequence = 0;

  private constructor(
    readonly pileCode: string,
    readonly line: RawConnection,
  ) {}

  static async connect(port: number, pileCode: string): Promise<RawYkcPile> {
    const line = await RawConnection.open(port, (buffer) => (buffer.length < 2 ? null : (buffer[1] ?? 0) + 4));
    return new RawYkcPile(pileCode, line);
  }

  say(type: number, body: string): void {
    const bytes = Buffer.from(body.replaceAll(' ', ''), 'hex');
    const frame = Buffer.alloc(bytes.length + 8);
    frame.writeUInt8(0x68, 0);
    frame.writeUInt8(bytes.length + 4, 1);
    frame.writeUInt16LE(this.sequence++, 2);
    frame.writeUInt8(type, 5);
    bytes.copy(frame, 6);
    frame.writeUInt16LE(crc(frame), frame.length - 2);
    this.line.write(frame);
  }
  /** Body of the next frame of this type. */
  async hears(type: number): Promise<string> {
    const frame = await this.line.frame(type.toString(16), (one) => one[5] === type);
    if (crc(frame) !== frame.readUInt16LE(frame.length - 2)) throw new Error(`checksum of ${frame.toString('hex')}`);
    return frame.subarray(6, -2).toString('hex');
  }
  /** Log-in of a DC pile with two guns, and a heartbeat of the first. */
  async logIn(): Promise<void> {
    this.say(0x01, `${this.pileCode} 00 02 10 56342e312e353000 00 01010101010101010101 04`);
    if ((await this.hears(0x02)) !== `${this.pileCode}00`) throw new Error('the log-in was refused');
    this.say(0x03, `${this.pileCode} 01 00`);
    await this.hears(0x04);
  }
}

/** CRC-16/MODBUS of sequence … body, bit by bit. */
function crc(frame: Buffer): number {
  let value = 0xffff;
  for (const byte of frame.subarray(2, -2)) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xa001 : value >>> 1;
  }
  return value;
}
