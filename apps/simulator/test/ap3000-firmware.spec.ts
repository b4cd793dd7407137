import { Ap3000Bench } from './ap3000-bench';

const DEVICE_TYPE = 0x31;

interface Image {
  readonly packets: readonly string[]; // hex, of 200 bytes each
}

/** Three data packets and the verification packet of §10. */
function image({ deviceType = DEVICE_TYPE, version = 641, spoilt = false, verified = true } = {}): Image {
  const data = Buffer.from(Array.from({ length: 600 }, (_, index) => (index * 7) & 0xff));
  const verification = Buffer.alloc(200);
  Buffer.from('a1a2a3a4a5a6a7a8', 'hex').copy(verification);
  verification.writeUInt32LE(
    data.reduce((sum, byte) => sum + byte, spoilt ? 1 : 0),
    8,
  );
  verification.writeUInt8(deviceType, 12);
  verification.writeUInt16LE(version, 13);
  const chunks = [0, 200, 400].map((from) => data.subarray(from, from + 200).toString('hex'));
  return { packets: verified ? [...chunks, verification.toString('hex')] : chunks };
}

function connected(): Ap3000Bench {
  const bench = new Ap3000Bench().connect();
  bench.advanceS(10);
  return bench;
}

function send(bench: Ap3000Bench, { packets }: Image, packet: number, command: 'E0' | 'E1' = 'E0'): unknown {
  const chunkHex = packets[packet - 1] ?? '';
  bench.platform.order(bench.device.deviceId, command, { totalPackets: packets.length, packet, chunkHex });
  return bench.platform.last(command);
}

describe('AP3000 device: firmware', () => {
  it('A20 stores packet after packet, restarts and registers with the new version', () => {
    const bench = connected();
    const replies = [1, 2, 3, 4].map((packet) => send(bench, image(), packet));
    expect(replies).toEqual([1, 2, 3, 4].map((packet) => ({ result: 0, packet })));
    bench.advanceS(3);
    expect(bench.cuts).toHaveLength(1);
    bench.connect();
    expect(bench.platform.last('20').firmwareVersion).toBe(641);
  });

  it('A20 acknowledges a repeated packet and asks for a missing one', () => {
    const bench = connected();
    send(bench, image(), 1);
    expect(send(bench, image(), 1)).toEqual({ result: 0, packet: 1 });
    expect(send(bench, image(), 3)).toEqual({ result: 1, packet: 2 });
    expect(send(bench, image(), 2)).toEqual({ result: 0, packet: 2 });
  });

  it.each([
    ['the byte sum is wrong', image({ spoilt: true }), 2],
    ['the image is for another type', image({ deviceType: 0x21 }), 3],
    ['there is no verification packet', image({ verified: false }), 4],
  ])('A20 refuses an image when %s', (_name, wrong, result) => {
    const bench = connected();
    const replies = wrong.packets.map((_packet, index) => send(bench, wrong, index + 1));
    expect(replies.at(-1)).toEqual({ result, packet: wrong.packets.length });
    bench.advanceS(60);
    expect(bench.cuts).toEqual([]);
    expect(send(bench, image(), 1)).toEqual({ result: 0, packet: 1 });
  });

  it('A20 answers as told while an upgrade is made to fail', () => {
    const bench = connected();
    bench.device.failFirmware(5);
    expect(send(bench, image(), 1)).toEqual({ result: 5, packet: 1 });
    bench.device.failFirmware(null);
    expect(send(bench, image(), 1)).toEqual({ result: 0, packet: 1 });
  });

  it('A20 asks for an upgrade with packet 0, old models with 05', () => {
    const bench = connected();
    bench.device.requestUpgrade();
    expect(bench.platform.last('E0')).toEqual({ result: 0, packet: 0 });
    const old = new Ap3000Bench({ model: 'old-dual' }).connect();
    old.device.requestUpgrade();
    expect(old.platform.of('05')).toHaveLength(1);
  });

  it('A20 upgrades itself on E4, without a reply', () => {
    const bench = connected();
    bench.platform.order(bench.device.deviceId, 'E4', {});
    expect(bench.platform.of('E0')).toEqual([]);
    bench.advanceS(60);
    bench.connect();
    expect(bench.platform.last('20').firmwareVersion).toBe(641);
  });

  it('A20 takes the 256-byte packets of F8 without verification', () => {
    const bench = connected();
    const chunkHex = '5a'.repeat(256);
    bench.platform.order(bench.device.deviceId, 'F8', { totalPackets: 2, packet: 1, chunkHex });
    bench.platform.order(bench.device.deviceId, 'F8', { totalPackets: 2, packet: 2, chunkHex });
    expect(bench.platform.of('F8')).toEqual([
      { result: 0, packet: 1 },
      { result: 0, packet: 2 },
    ]);
  });
});
