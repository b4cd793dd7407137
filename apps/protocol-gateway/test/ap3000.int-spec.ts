import { CommandId, DeviceId, OrderRef, toInstant } from '@chargebus/domain';
import { downSubject } from '@chargebus/messaging';
import { Ap3000Stream, decodeFrame, encodeFrame } from '@chargebus/protocol-ap3000';
import type { Ap3000Frame } from '@chargebus/protocol-ap3000';
import { eventually, throwAwayNats } from '@chargebus/testing';
import type { ThrowAwayServer } from '@chargebus/testing';
import { randomUUID } from 'node:crypto';
import { drivers } from '../src/drivers';
import { Device, Outside, startGateway, stopAll } from './harness';
import type { RunningGateway } from './harness';

const HOST = '04A26CF3';
const SLAVE = '04A228CD';
const orderHex = '00112233445566778899aabbccddeeff';
const hex = (text: string): Uint8Array => Buffer.from(text.replaceAll(' ', ''), 'hex');

// Captured from two sockets behind one modem; vectors of libs/protocol/ap3000.
const ICCID = '898604D9162390488297';
const REGISTRATION_HOST = hex('444e590f00f36ca204bb01208002020a3106a004');
const REGISTRATION_SLAVE = hex('444e590f00cd28a204aa01208002021e31063904');
const HEARTBEAT_HOST = hex('444e591000f36ca204b901212b09020000005d6e04');

describe('an AP3000 host and its slave at the gateway', () => {
  let nats: ThrowAwayServer;
  let outside: Outside;
  let gateway: RunningGateway;
  let device: Device;
  const heard: Ap3000Frame[] = [];

  beforeAll(async () => {
    nats = await throwAwayNats();
    outside = await Outside.connect(nats.url);
    gateway = await startGateway(nats.url, {}, drivers);
    device = await Device.connect(gateway.port);
    const stream = new Ap3000Stream({ limit: 320 });
    device.socket.on('data', (data) => {
      for (const item of stream.push(data)) {
        if (item.type !== 'frame') continue;
        const decoded = decodeFrame(item.bytes, 'down');
        if (decoded.ok) heard.push(decoded.frame);
      }
    });
  });
  afterAll(async () => {
    await stopAll();
    await nats.stop();
  });

  const hears = (physicalId: string, command: string): Promise<Ap3000Frame> =>
    eventually(() => {
      const frame = heard.find((one) => one.physicalId === physicalId && one.command === command);
      if (frame === undefined) throw new Error(`heard ${JSON.stringify(heard)}`);
      return frame;
    });
  const typesOf = async (id: string): Promise<string[]> => (await outside.factsOf(id)).map(({ type }) => type);

  it('A01 recognises the protocol by the ICCID and registers both devices of the connection', async () => {
    device.say(ICCID);
    for (const byte of [...REGISTRATION_HOST, ...REGISTRATION_SLAVE, ...HEARTBEAT_HOST]) {
      device.socket.write(Uint8Array.of(byte));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await hears(HOST, '20');
    await hears(SLAVE, '20');
    await hears(HOST, '21');
    await eventually(async () => {
      expect(await typesOf(HOST)).toEqual(['device.connected', 'device.registered', 'device.heartbeat']);
      expect(await typesOf(SLAVE)).toEqual(['device.connected', 'device.registered']);
    });
    const registered = (await outside.factsOf(SLAVE))[1];
    expect(registered).toMatchObject({ portCount: 2, firmwareVersion: '6.40', iccid: ICCID });
  });

  it('A04 A05 A06 A07 carries a charge: 82 and its reply, 06, 03 answered once stored', async () => {
    const replies = await outside.bus.nc.requestMany(
      downSubject(SLAVE),
      JSON.stringify({
        commandId: CommandId.parse(randomUUID()),
        deviceId: DeviceId.parse(SLAVE),
        command: {
          kind: 'charge.start',
          portNo: 2,
          orderRef: OrderRef.parse(orderHex),
          durationLimitS: 3_600,
          energyLimitWh: null,
          powerLimitW: null,
          primaryLimit: 'duration',
          stopWhenFull: false,
          maxDurationS: null,
          balanceFen: null,
        },
        sendBefore: toInstant(Date.now() + 10_000),
        reissued: false,
      }),
      { strategy: 'count', maxMessages: 2, maxWait: 10_000 },
    );
    const start = await hears(SLAVE, '82');
    expect(start.fields).toMatchObject({ port: 1, action: 1, quota: 3_600, orderHex, shortCircuitCheck: 2 });
    const uplink = { physicalId: SLAVE, direction: 'up' } as const;
    device.socket.write(
      encodeFrame({
        ...uplink,
        messageId: start.messageId,
        command: '82',
        fields: { result: 0, orderHex, port: 1, waitingPortsMask: 0 },
      }),
    );
    const stages: unknown[] = [];
    for await (const message of replies) stages.push(message.json());
    expect(stages).toMatchObject([{ stage: 'sent' }, { stage: 'done', sends: 1, outcome: { status: 'acked' } }]);

    const charge = { port: 1, startMode: 1, durationS: 60, energyKwh: 0.02, maxPowerW: 100, orderHex };
    const powers = { portStatus: 1, powerW: 99, minPowerW: 90, avgPowerW: 95 };
    const ending = { stopReason: 3, cardOrCodeHex: '00000000' };
    device.socket.write(encodeFrame({ ...uplink, messageId: 0x300, command: '06', fields: { ...charge, ...powers } }));
    device.socket.write(encodeFrame({ ...uplink, messageId: 0x301, command: '03', fields: { ...charge, ...ending } }));
    expect((await hears(SLAVE, '03')).fields).toMatchObject({ result: 0 });
    await eventually(async () => {
      expect((await typesOf(SLAVE)).slice(2)).toEqual(
        expect.arrayContaining(['charge.replied', 'charge.progress', 'charge.settled']),
      );
    });
    const settled = (await outside.factsOf(SLAVE)).find(({ type }) => type === 'charge.settled');
    expect(settled).toMatchObject({ portNo: 2, orderRef: orderHex, energyWh: 20, endReason: 'time_reached' });
  });
});
