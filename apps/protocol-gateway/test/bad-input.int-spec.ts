import { OrderRef } from '@chargebus/domain';
import { ap3000Codec, Ap3000Stream } from '@chargebus/protocol-ap3000';
import { bkvCodec, BkvStream } from '@chargebus/protocol-bkv';
import { ykcCodec, YkcStream } from '@chargebus/protocol-ykc';
import { eventually, throwAwayNats } from '@chargebus/testing';
import type { ThrowAwayServer } from '@chargebus/testing';
import { createDrivers } from '../src/drivers';
import { ProtocolOptions } from '../src/protocol-options';
import { FrameDevice, Outside, startGateway, stopAll, timedStart } from './harness';
import type { RunningGateway } from './harness';

const LOGIN = {
  pileType: 0,
  gunCount: 2,
  protocolVersion: 1.6,
  programVersion: 'V4.1.50',
  networkType: 0,
  simIccid: '0'.repeat(20),
  operator: 4,
};
const BEAT = { iccid: '89860850124D19881962', firmware: '00.1.17', rssi: 17 };
const REGISTRATION = { firmwareVersion: 640, portCount: 2, virtualId: 0, deviceType: 0x21, workMode: 6 };
const CHECKSUM_ERRORS = 'chargebus_gateway_checksum_errors_total{app="protocol-gateway"}';
const REFUSED_PILE = '32019999999999';

/** A device of each protocol: its first frame, the command that answers it, and one that no table has. */
const SPEAKERS = {
  ap3000: {
    first: (id: string) =>
      ap3000Codec.encode({ physicalId: id, messageId: 1, command: '20', direction: 'up', fields: REGISTRATION }),
    answer: '20',
    id: (no: number) => `04D0000${no}`,
    connect: (port: number) => FrameDevice.connect(port, ap3000Codec, new Ap3000Stream({ limit: 320 })),
    unknown: { hex: (id: string) => ap3000Frame(id, 0x5f, '0102'), reason: 'unknown_command' },
  },
  bkv: {
    first: (id: string) =>
      bkvCodec.encode({ physicalId: id, messageId: 0, command: '0000', direction: 'up', fields: BEAT }),
    answer: '0000',
    id: (no: number) => `8224000000990${no}`,
    connect: (port: number) => FrameDevice.connect(port, bkvCodec, new BkvStream()),
    unknown: { hex: (id: string) => bkvFrame(id, 0x0015, '000166aa'), reason: 'unknown_command' },
  },
  ykc: {
    first: (id: string) =>
      ykcCodec.encode({
        physicalId: id,
        messageId: 0,
        command: '01',
        direction: 'up',
        fields: { ...LOGIN, pileCode: id },
      }),
    answer: '02',
    id: (no: number) => `3201000000990${no}`,
    connect: (port: number) => FrameDevice.connect(port, ykcCodec, new YkcStream()),
    unknown: { hex: (id: string) => ykcFrame(0x77, id), reason: 'unknown_type' },
  },
} as const;
type Protocol = keyof typeof SPEAKERS;
const PROTOCOLS = Object.keys(SPEAKERS) as Protocol[];
const PAIRS = PROTOCOLS.flatMap((mine) =>
  PROTOCOLS.filter((other) => other !== mine).map((other) => [mine, other] as const),
);

/** What the pages under docs/protocols say of bad input, for every protocol on one port. */
describe('bad input at the gateway', () => {
  let nats: ThrowAwayServer;
  let outside: Outside;
  let gateway: RunningGateway;
  let nextNo = 0;

  beforeAll(async () => {
    nats = await throwAwayNats();
    outside = await Outside.connect(nats.url);
    const options = ProtocolOptions.parse({ ykc: { piles: { [REFUSED_PILE]: { accepted: false } } } });
    gateway = await startGateway(nats.url, {}, createDrivers(options));
  });
  afterAll(async () => {
    await stopAll();
    await nats.stop();
  });

  const connect = async (protocol: Protocol): Promise<{ readonly device: FrameDevice; readonly id: string }> => {
    const speaker = SPEAKERS[protocol];
    const id = speaker.id(nextNo++ % 10);
    const device = await speaker.connect(gateway.port);
    device.write(speaker.first(id));
    await device.hears(speaker.answer);
    return { device, id };
  };
  /** The connection still serves: the same first frame, said again, is answered again. */
  const isServed = async (protocol: Protocol, { device, id }: { device: FrameDevice; id: string }): Promise<void> => {
    const { answer, first } = SPEAKERS[protocol];
    const before = device.heard.filter(({ command }) => command === answer).length;
    device.write(first(id));
    await eventually(() => {
      expect(device.heard.filter(({ command }) => command === answer).length).toBeGreaterThan(before);
    });
  };
  const rejections = async (id: string): Promise<unknown[]> =>
    (await outside.factsOf(id)).filter(({ type }) => type === 'frame.rejected');

  it.each(PAIRS)(
    'A21 takes a frame on a connection of %s that speaks %s for noise, and goes on',
    async (mine, other) => {
      const line = await connect(mine);
      const strangerId = SPEAKERS[other].id(9);
      line.device.write(SPEAKERS[other].first(strangerId));
      await isServed(mine, line);
      expect(await outside.factsOf(strangerId)).toEqual([]);
      expect(line.device.heard.map(({ physicalId }) => physicalId)).not.toContain(strangerId);
    },
  );

  it.each(PROTOCOLS)('A21 keeps a %s frame of an unknown command, answers nothing, and goes on', async (protocol) => {
    const line = await connect(protocol);
    const { hex, reason } = SPEAKERS[protocol].unknown;
    line.device.write(hex(line.id));
    await isServed(protocol, line);
    await eventually(async () => {
      expect(await rejections(line.id)).toMatchObject([{ reason, hex: Buffer.from(hex(line.id)).toString('hex') }]);
    });
  });

  it.each(PROTOCOLS)('A21 counts a %s frame with a wrong checksum, answers nothing, and goes on', async (protocol) => {
    const line = await connect(protocol);
    const before = await gateway.metric(CHECKSUM_ERRORS);
    const damaged = Uint8Array.from(SPEAKERS[protocol].first(line.id));
    const at = damaged.length - 6;
    damaged[at] = (damaged[at] ?? 0) ^ 0xff;
    const answers = line.device.heard.length;
    line.device.write(damaged);
    await isServed(protocol, line);
    expect(line.device.heard.length).toBe(answers + 1);
    expect(await gateway.metric(CHECKSUM_ERRORS)).toBeGreaterThan(before);
    expect(await rejections(line.id)).toEqual([]);
  });

  it('A21 keeps a BKV container that is cut off, and answers nothing', async () => {
    const line = await connect('bkv');
    // Key 94 announces 0x65 bytes and has four.
    line.device.write(bkvFrame(line.id, 0x1000, '04010110176501940301'));
    await isServed('bkv', line);
    await eventually(async () => {
      expect(await rejections(line.id)).toMatchObject([{ reason: 'kv_truncated' }]);
    });
  });

  it('A21 keeps BKV times that are not decimal as they were written', async () => {
    const line = await connect('bkv');
    const fields = { socketNo: 1, jack: 0x7f, eventTime: '20fa-1b-33Taa:bb:cc', eventCode: '3111' };
    line.device.says(line.id, '1000/1013', fields, 0);
    await isServed('bkv', line);
    expect(await rejections(line.id)).toEqual([]);
  });

  it('A21 takes a YKC gun that is not decimal as binary, and keeps letters in numbers that are text', async () => {
    const line = await connect('ykc');
    line.device.write(ykcFrame(0x03, `${line.id}1a00`));
    await eventually(() => {
      expect(line.device.heard).toContainEqual(
        expect.objectContaining({ command: '04', fields: expect.objectContaining({ gun: 26 }) as unknown }),
      );
    });
    const letters = await SPEAKERS.ykc.connect(gateway.port);
    letters.write(SPEAKERS.ykc.first('3201000000ffab'));
    expect(await letters.hears('02')).toMatchObject({ physicalId: '3201000000ffab' });
  });

  it('A18 A21 answers a refused log-in, and then closes the connection', async () => {
    const device = await SPEAKERS.ykc.connect(gateway.port);
    device.write(SPEAKERS.ykc.first(REFUSED_PILE));
    expect(await device.hears('02')).toMatchObject({ fields: { result: 1 } });
    await device.isClosed();
    expect(await outside.factsOf(REFUSED_PILE)).not.toContainEqual(
      expect.objectContaining({ type: 'device.registered' }),
    );
  });

  it('A18 sets the clock of a pile and asks for its guns after its first heartbeat, and a start need not wait for that', async () => {
    const { device, id } = await connect('ykc');
    device.says(id, '03', { pileCode: id, gun: 1, gunStatus: 0 }, 1);
    await device.hears('56');
    const order = await outside.orders(id, timedStart(1, OrderRef.parse(`${id}010000000000000001`), 600));
    await device.hears('34');
    device.says(id, '33', { tradeNo: `${id}010000000000000001`, pileCode: id, gun: 1, success: 1, failReason: 0 }, 2);
    expect(await order.stages()).toMatchObject([{ stage: 'sent' }, { stage: 'done' }]);
    await device.hears('12');
  });
});

const sumOf = (bytes: Buffer): number => bytes.reduce((total, byte) => total + byte, 0);
function ap3000Frame(id: string, command: number, payload: string): Buffer {
  const body = Buffer.from(payload, 'hex');
  const frame = Buffer.alloc(14 + body.length);
  frame.write('DNY', 0, 'latin1');
  frame.writeUInt16LE(body.length + 9, 3);
  frame.writeUInt32LE(Number.parseInt(id, 16), 5);
  frame.writeUInt16LE(7, 9);
  frame.writeUInt8(command, 11);
  body.copy(frame, 12);
  frame.writeUInt16LE(sumOf(frame.subarray(0, -2)) & 0xffff, frame.length - 2);
  return frame;
}
function bkvFrame(id: string, command: number, payload: string): Buffer {
  const body = Buffer.from(payload, 'hex');
  const frame = Buffer.alloc(21 + body.length);
  frame.writeUInt16BE(0xfcfe, 0);
  frame.writeUInt16BE(frame.length - 4, 2);
  frame.writeUInt16BE(command, 4);
  frame.writeUInt8(1, 10);
  Buffer.from(id, 'hex').copy(frame, 11);
  body.copy(frame, 18);
  frame.writeUInt8(sumOf(frame.subarray(2, -3)) & 0xff, frame.length - 3);
  frame.writeUInt16BE(0xfcee, frame.length - 2);
  return frame;
}
function ykcFrame(type: number, body: string): Buffer {
  const bytes = Buffer.from(body, 'hex');
  const frame = Buffer.concat([Buffer.from([0x68, bytes.length + 4, 9, 0, 0, type]), bytes, Buffer.alloc(2)]);
  let crc = 0xffff;
  for (const byte of frame.subarray(2, -2)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xa001 : crc >>> 1;
  }
  frame.writeUInt16LE(crc, frame.length - 2);
  return frame;
}
