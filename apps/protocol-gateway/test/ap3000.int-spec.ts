import { Readable } from 'node:stream';
import { FIRMWARE_BUCKET, OrderRef } from '@chargebus/domain';
import type { DeviceCommand } from '@chargebus/domain';
import { BlobStore } from '@chargebus/messaging';
import { ap3000Codec, Ap3000Stream } from '@chargebus/protocol-ap3000';
import type { LooseFrame } from '@chargebus/protocol-core';
import { eventually, throwAwayNats } from '@chargebus/testing';
import type { ThrowAwayServer } from '@chargebus/testing';
import { createDrivers } from '../src/drivers';
import { FrameDevice, Outside, startGateway, stopAll, timedStart } from './harness';

const HOST = '04A26CF3';
const SLAVE = '04A228CD';
const orderHex = '00112233445566778899aabbccddeeff';
const isPacket = ({ command, physicalId }: LooseFrame): boolean => command === 'E0' && physicalId === SLAVE;
const present = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('not there yet');
  return value;
};
const hex = (text: string): Uint8Array => Buffer.from(text.replaceAll(' ', ''), 'hex');

// Captured from two sockets behind one modem; vectors of libs/protocol/ap3000.
const ICCID = '898604D9162390488297';
const REGISTRATION_HOST = hex('444e590f00f36ca204bb01208002020a3106a004');
const REGISTRATION_SLAVE = hex('444e590f00cd28a204aa01208002021e31063904');
const HEARTBEAT_HOST = hex('444e591000f36ca204b901212b09020000005d6e04');

describe('an AP3000 host and its slave at the gateway', () => {
  let nats: ThrowAwayServer;
  let outside: Outside;
  let device: FrameDevice;

  beforeAll(async () => {
    nats = await throwAwayNats();
    outside = await Outside.connect(nats.url);
    const { port } = await startGateway(nats.url, {}, createDrivers());
    device = await FrameDevice.connect(port, ap3000Codec, new Ap3000Stream({ limit: 320 }));
  });
  afterAll(async () => {
    await stopAll();
    await nats.stop();
  });

  const typesOf = async (id: string): Promise<string[]> => (await outside.factsOf(id)).map(({ type }) => type);

  it('A01 recognises the protocol by the ICCID and registers both devices of the connection', async () => {
    device.write(ICCID);
    for (const byte of [...REGISTRATION_HOST, ...REGISTRATION_SLAVE, ...HEARTBEAT_HOST]) {
      device.write(Uint8Array.of(byte));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await device.hears('20', HOST);
    await device.hears('20', SLAVE);
    await device.hears('21', HOST);
    await eventually(async () => {
      expect(await typesOf(HOST)).toEqual(['device.connected', 'device.registered', 'device.heartbeat']);
      expect(await typesOf(SLAVE)).toEqual(['device.connected', 'device.registered']);
    });
    const registered = (await outside.factsOf(SLAVE))[1];
    expect(registered).toMatchObject({ portCount: 2, firmwareVersion: '6.40', iccid: ICCID });
  });

  it('A04 A05 A06 A07 carries a charge: 82 and its reply, 06, 03 answered once stored', async () => {
    const order = await outside.orders(SLAVE, timedStart(2, OrderRef.parse(orderHex), 3_600));
    const start = await device.hears('82', SLAVE);
    expect(start.fields).toMatchObject({ port: 1, action: 1, quota: 3_600, orderHex, shortCircuitCheck: 2 });
    device.says(SLAVE, '82', { result: 0, orderHex, port: 1, waitingPortsMask: 0 }, start.messageId);
    expect(await order.stages()).toMatchObject([
      { stage: 'sent' },
      { stage: 'done', sends: 1, outcome: { status: 'acked' } },
    ]);

    const charge = { port: 1, startMode: 1, durationS: 60, energyKwh: 0.02, maxPowerW: 100, orderHex };
    const powers = { portStatus: 1, powerW: 99, minPowerW: 90, avgPowerW: 95 };
    const ending = { stopReason: 3, cardOrCodeHex: '00000000' };
    device.says(SLAVE, '06', { ...charge, ...powers }, 0x300);
    device.says(SLAVE, '03', { ...charge, ...ending }, 0x301);
    expect((await device.hears('03', SLAVE)).fields).toMatchObject({ result: 0 });
    await eventually(async () => {
      expect((await typesOf(SLAVE)).slice(2)).toEqual(
        expect.arrayContaining(['charge.replied', 'charge.progress', 'charge.settled']),
      );
    });
    const settled = (await outside.factsOf(SLAVE)).find(({ type }) => type === 'charge.settled');
    expect(settled).toMatchObject({ portNo: 2, orderRef: orderHex, energyWh: 20, endReason: 'time_reached' });
  });

  it('A08 sends an image that the order only names packet by packet, and refuses one that is not stored', async () => {
    const image = Uint8Array.from({ length: 250 }, (_, at) => at);
    const store = await BlobStore.open(outside.bus, FIRMWARE_BUCKET);
    await store.put('tenant.digest', Readable.from([image]));
    const update = (imageBlob: string): DeviceCommand => ({
      kind: 'firmware.update',
      target: 'device',
      imageBase64: null,
      imageBlob,
      version: '6.41',
      deviceType: 0x21,
    });
    const order = await outside.orders(SLAVE, update('tenant.digest'));
    const received: Buffer[] = [];
    for (let packet = 1; packet <= 3; packet++) {
      const { fields, messageId } = await eventually(() => present(device.heard.filter(isPacket)[packet - 1]));
      expect(fields).toMatchObject({ totalPackets: 3, packet });
      received.push(Buffer.from(String(fields.chunkHex), 'hex'));
      device.says(SLAVE, 'E0', { result: 0, packet }, messageId);
    }
    expect(Buffer.concat(received).subarray(0, image.length).equals(image)).toBe(true);
    expect((await order.stages())[1]).toMatchObject({ outcome: { status: 'acked', result: { totalPackets: 3 } } });

    const refused = await outside.orders(SLAVE, update('tenant.other'), 1);
    expect(await refused.stages()).toMatchObject([
      { stage: 'done', outcome: { status: 'invalid', reason: 'firmware_image_unavailable' } },
    ]);
  });
});
