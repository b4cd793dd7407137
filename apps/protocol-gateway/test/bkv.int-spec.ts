import { CommandId, DeviceId, OrderRef, toInstant } from '@chargebus/domain';
import { downSubject } from '@chargebus/messaging';
import { BkvStream, decodeFrame, encodeFrame } from '@chargebus/protocol-bkv';
import type { BkvFrame } from '@chargebus/protocol-bkv';
import { eventually, throwAwayNats } from '@chargebus/testing';
import type { ThrowAwayServer } from '@chargebus/testing';
import { randomUUID } from 'node:crypto';
import { drivers } from '../src/drivers';
import { Device, Outside, startGateway, stopAll } from './harness';

const GATEWAY = '82241218000382';
const orderRef = OrderRef.parse('00112233445566778899aabbccddeeff');
const uplink = { physicalId: GATEWAY, direction: 'up' } as const;
const hex = (text: string): Uint8Array => Buffer.from(text, 'hex');

// The order of 2025-11-22, as captured; vectors of libs/protocol/bkv.
const HEARTBEAT = hex(
  'fcfe002e000000000000018224121800038238393836303835353130323444313938383139363230302e312e31371152fcee',
);
const CHARGING = hex(
  'fcfe0091100000000000018224121800038204010110170a010200000000000000000901038224121800038265019403014a0104013effff0301071d0301961e28015b030108000301099004010a000904019508f704010b000404010c002a04010d000004010e000028015b030108010301098004010a000004019508f704010b000104010c000104010d000004010e00005dfcee',
);
const ENDED = hex('fcfe0025001500000000018224121800038200110201ffff1d1e00b00009019401590000000186fcee');

describe('a BKV gateway with its sockets at the gateway', () => {
  let nats: ThrowAwayServer;
  let outside: Outside;
  let device: Device;
  const heard: BkvFrame[] = [];

  beforeAll(async () => {
    nats = await throwAwayNats();
    outside = await Outside.connect(nats.url);
    const gateway = await startGateway(nats.url, {}, drivers);
    device = await Device.connect(gateway.port);
    const stream = new BkvStream();
    device.socket.on('data', (data) => {
      for (const item of stream.push(data)) {
        const decoded = item.type === 'frame' ? decodeFrame(item.bytes, 'down') : null;
        if (decoded?.ok === true) heard.push(decoded.frame);
      }
    });
  });
  afterAll(async () => {
    await stopAll();
    await nats.stop();
  });

  const hears = (command: string): Promise<BkvFrame> =>
    eventually(() => {
      const frame = heard.find((one) => one.command === command);
      if (frame === undefined) throw new Error(`heard ${JSON.stringify(heard)}`);
      return frame;
    });

  it('A02 recognises the gateway by its heartbeat and tells it the time', async () => {
    device.socket.write(HEARTBEAT);
    expect((await hears('0000')).fields.time).toMatch(/^20\d\d-/);
    await outsideSees(['device.connected', 'device.registered', 'device.heartbeat']);
  });

  it('A08 A17 carries a charge: 07 and its result, a status report, the end answered once stored', async () => {
    const replies = await outside.bus.nc.requestMany(
      downSubject(GATEWAY),
      JSON.stringify({
        commandId: CommandId.parse(randomUUID()),
        deviceId: DeviceId.parse(GATEWAY),
        command: {
          kind: 'charge.start',
          portNo: 1,
          orderRef,
          durationLimitS: 60,
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
    const start = await hears('0015/07');
    expect(start.fields).toMatchObject({ socketNo: 1, jack: 0, on: true, mode: 'time', durationMin: 1 });
    const result = { ok: true, socketNo: 1, jack: 0, businessNo: 9 };
    device.socket.write(encodeFrame({ ...uplink, messageId: start.messageId, command: '0015/07', fields: result }));
    const stages: unknown[] = [];
    for await (const message of replies) stages.push(message.json());
    expect(stages).toMatchObject([{ stage: 'sent' }, { stage: 'done', sends: 1, outcome: { status: 'acked' } }]);

    device.socket.write(CHARGING);
    expect((await hears('1000/1017')).fields).toMatchObject({ ok: true });
    device.socket.write(ENDED);
    expect((await hears('0015/0C')).fields).toEqual({ socketNo: 1, ok: true });
    await outsideSees([
      'device.connected',
      'device.registered',
      'device.heartbeat',
      'charge.replied',
      'port.status',
      'charge.progress',
      'charge.settled',
    ]);
    const facts = await outside.factsOf(GATEWAY);
    expect(facts.find(({ type }) => type === 'charge.progress')).toMatchObject({ portNo: 1, orderRef });
    expect(facts.find(({ type }) => type === 'charge.settled')).toMatchObject({
      portNo: 1,
      orderRef,
      energyWh: 0,
      durationS: 60,
      endReason: 'time_reached',
    });
  });

  const outsideSees = (types: readonly string[]): Promise<void> =>
    eventually(async () => {
      expect((await outside.factsOf(GATEWAY)).map(({ type }) => type)).toEqual(types);
    });
});
