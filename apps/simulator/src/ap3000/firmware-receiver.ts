import { createHash } from 'node:crypto';

/** Results of firmware packets (§10, E0). */
export const FIRMWARE_RESULT = {
  stored: 0,
  packetError: 1,
  imageChecksum: 2,
  wrongType: 3,
  verificationMissing: 4,
} as const;

const VERIFICATION_MAGIC = 'a1a2a3a4a5a6a7a8';

export interface FirmwareAnswer {
  readonly result: number;
  readonly packet: number; // stored, or wanted
  /** Set with the last packet: the image is whole. Version null: the image does not say. */
  readonly installed?: { readonly firmwareVersion: number | null; readonly sha256: string };
}

interface Verification {
  readonly byteSum: number;
  readonly deviceType: number;
  readonly firmwareVersion: number;
}

/** Takes an image packet by packet; keeps its byte sum and digest instead of its bytes. Packet 1 always starts over. */
export class FirmwareReceiver {
  private expected = 1;
  private byteSum = 0;
  private digest = createHash('sha256'); // of the packets with their filling

  /** `verified`: the image must end in a verification packet for `deviceType` (E0, E1, E2; not F8, F9, FA). */
  constructor(
    private readonly deviceType: number,
    private readonly verified: boolean,
  ) {}

  receive(totalPackets: number, packet: number, chunkHex: string): FirmwareAnswer {
    if (packet === 1) this.restart();
    if (packet === this.expected - 1) return { result: FIRMWARE_RESULT.stored, packet }; // repeated: our answer was lost
    if (packet !== this.expected || packet > totalPackets)
      return { result: FIRMWARE_RESULT.packetError, packet: this.expected };
    if (packet === totalPackets) return this.complete(packet, chunkHex);
    this.keep(chunkHex);
    return { result: FIRMWARE_RESULT.stored, packet };
  }

  private complete(packet: number, chunkHex: string): FirmwareAnswer {
    const verification = readVerification(chunkHex);
    const refusal = this.refusal(verification);
    if (refusal !== null) {
      this.restart();
      return { result: refusal, packet };
    }
    this.expected = packet + 1;
    return {
      result: FIRMWARE_RESULT.stored,
      packet,
      installed: { firmwareVersion: verification?.firmwareVersion ?? null, sha256: this.digest.copy().digest('hex') },
    };
  }

  private refusal(verification: Verification | null): number | null {
    if (!this.verified) return null;
    if (verification === null) return FIRMWARE_RESULT.verificationMissing;
    if (verification.deviceType !== this.deviceType) return FIRMWARE_RESULT.wrongType;
    return verification.byteSum === this.byteSum ? null : FIRMWARE_RESULT.imageChecksum;
  }

  private keep(chunkHex: string): void {
    const chunk = Buffer.from(chunkHex, 'hex');
    this.digest.update(chunk);
    for (const byte of chunk) this.byteSum = (this.byteSum + byte) >>> 0;
    this.expected += 1;
  }

  private restart(): void {
    this.expected = 1;
    this.byteSum = 0;
    this.digest = createHash('sha256');
  }
}

/** Magic, u32 byte sum, u8 device type, u16 version, rest zero. Null: an ordinary packet. */
function readVerification(chunkHex: string): Verification | null {
  if (!chunkHex.startsWith(VERIFICATION_MAGIC)) return null;
  const bytes = Buffer.from(chunkHex, 'hex');
  if (bytes.length < 15) return null;
  return { byteSum: bytes.readUInt32LE(8), deviceType: bytes.readUInt8(12), firmwareVersion: bytes.readUInt16LE(13) };
}
