import { OrderRef } from '@chargebus/domain';
import { bkvCodec, BkvStream } from '@chargebus/protocol-bkv';
import { eventually, throwAwayNats } from '@chargebus/testing';
import type { ThrowAwayServer } from '@chargebus/testing';
import { createDrivers } from '../src/drivers';
import { FrameDevice, Outside, startGateway, stopAll, timedStart } from './harness';

const GATEWAY = '82241218000382';
const orderRef = OrderRef.parse('00112233445566778899aabbccddeeff');
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
  let device: FrameDevice;

  beforeAll(async () => {
    nats = await throwAwayNats();
    outside = await Outside.connect(nats.url);
    const { port } = await startGateway(nats.url, {}, createDrivers());
    device = await FrameDevice.connect(port, bkvCodec, new BkvStream());
  });
  afterAll(async () => {
    await stopAll();
    await nats.stop();
  });

  it('A02 recognises the gateway by its heartbeat and tells it the time', async () => {
    device.write(HEARTBEAT);
    expect((await device.hears('0000')).fields.time).toMatch(/^20\d\d-/);
    await outsideSees(['device.connected', 'device.registered', 'device.heartbeat']);
  });

  it('A08 A17 carries a charge: 07 and its result, a status report, the end answered once stored', async () => {
    const order = await outside.orders(GATEWAY, timedStart(1, orderRef, 60));
    const start = await device.hears('0015/07');
    expect(start.fields).toMatchObject({ socketNo: 1, jack: 0, on: true, mode: 'time', durationMin: 1 });
    device.says(GATEWAY, '0015/07', { ok: true, socketNo: 1, jack: 0, businessNo: 9 }, start.messageId);
    expect(await order.stages()).toMatchObject([
      { stage: 'sent' },
      { stage: 'done', sends: 1, outcome: { status: 'acked' } },
    ]);

    device.write(CHARGING);
    expect((await device.hears('1000/1017')).fields).toMatchObject({ ok: true });
    device.write(ENDED);
    expect((await device.hears('0015/0C')).fields).toEqual({ socketNo: 1, ok: true });
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
