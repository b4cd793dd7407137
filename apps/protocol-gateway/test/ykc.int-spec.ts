import { CommandId, DeviceId, OrderRef, toInstant } from '@chargebus/domain';
import { downSubject } from '@chargebus/messaging';
import { decodeFrame, encodeFrame, YkcStream } from '@chargebus/protocol-ykc';
import type { EncodableFields, YkcFrame } from '@chargebus/protocol-ykc';
import { eventually, throwAwayNats } from '@chargebus/testing';
import type { ThrowAwayServer } from '@chargebus/testing';
import { randomUUID } from 'node:crypto';
import { drivers } from '../src/drivers';
import { Device, Outside, startGateway, stopAll } from './harness';

const PILE = '32010600019236';
const TRADE = '32010600019236012001061803423060';
// Vector `ykc-made-0x3B-156` of libs/protocol/ykc: a record of an older layout, 39.8457 kWh.
const RECORD = Buffer.from(
  '68a04c00003b32010600019236012001061803423060320106000192360188131e0f0a0a198cb92a100a0a19e181020040e2010040e2010070180300c0d40100c8200300c8200300f0c0030080380100010000000100000000000000c8af000070110100701101000c7b00004e61bc00c775c20079140600791406006c54070000000000000000000000000000000000000180bb2a100a0a194500000000d14b0a544117',
  'hex',
);

describe('a YKC pile at the gateway', () => {
  let nats: ThrowAwayServer;
  let outside: Outside;
  let device: Device;
  let sequence = 1;
  const heard: YkcFrame[] = [];

  beforeAll(async () => {
    nats = await throwAwayNats();
    outside = await Outside.connect(nats.url);
    const gateway = await startGateway(nats.url, {}, drivers);
    device = await Device.connect(gateway.port);
    const stream = new YkcStream();
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

  const says = <C extends string>(command: C, fields: EncodableFields<'up', C>): unknown =>
    device.socket.write(encodeFrame({ messageId: sequence++, command, direction: 'up', fields }));
  const hears = (command: string): Promise<YkcFrame> =>
    eventually(() => {
      const found = heard.find((frame) => frame.command === command);
      if (found === undefined) throw new Error(`heard ${JSON.stringify(heard)}`);
      return found;
    });
  const types = async (): Promise<string[]> => (await outside.factsOf(PILE)).map(({ type }) => type);

  it('A01 A02 recognises the protocol by its first frame, registers the pile and answers its heartbeats', async () => {
    says('01', {
      pileCode: PILE,
      pileType: 0,
      gunCount: 2,
      protocolVersion: 1.6,
      programVersion: 'V4.1.50',
      networkType: 0,
      simIccid: '0'.repeat(20),
      operator: 4,
    });
    expect(await hears('02')).toMatchObject({ physicalId: PILE, messageId: 1, fields: { result: 0 } });
    says('03', { pileCode: PILE, gun: 1, gunStatus: 0 });
    expect(await hears('04')).toMatchObject({ messageId: 2, fields: { gun: 1 } });
    await eventually(async () => {
      expect(await types()).toEqual(['device.connected', 'device.registered', 'device.heartbeat']);
    });
  });

  it('A04 A05 A06 A07 carries a charge: 34 and its reply, 13, 3B confirmed once stored, the second copy too', async () => {
    const replies = await outside.bus.nc.requestMany(
      downSubject(PILE),
      JSON.stringify({
        commandId: CommandId.parse(randomUUID()),
        deviceId: DeviceId.parse(PILE),
        command: {
          kind: 'charge.start',
          portNo: 1,
          orderRef: OrderRef.parse(TRADE),
          durationLimitS: 3_600,
          energyLimitWh: null,
          powerLimitW: null,
          primaryLimit: 'duration',
          stopWhenFull: false,
          maxDurationS: null,
          balanceFen: 5_000,
        },
        sendBefore: toInstant(Date.now() + 10_000),
        reissued: false,
      }),
      { strategy: 'count', maxMessages: 2, maxWait: 10_000 },
    );
    expect((await hears('34')).fields).toMatchObject({ tradeNo: TRADE, gun: 1, balanceYuan: 50 });
    says('33', { tradeNo: TRADE, pileCode: PILE, gun: 1, success: 1, failReason: 0 });
    const stages: unknown[] = [];
    for await (const message of replies) stages.push(message.json());
    expect(stages).toMatchObject([{ stage: 'sent' }, { stage: 'done', sends: 1, outcome: { status: 'acked' } }]);

    says('13', {
      tradeNo: TRADE,
      pileCode: PILE,
      gun: 1,
      status: 3,
      gunHomed: 2,
      plugged: 1,
      outputVoltageV: 380.5,
      outputCurrentA: 100,
      cableTempC: 31,
      cableCode: '0'.repeat(16),
      soc: 40,
      batteryMaxTempC: 30,
      chargeMinutes: 6,
      remainingMinutes: 50,
      energyKwh: 3.8051,
      lossEnergyKwh: 0,
      amountYuan: 4.5,
      hardwareFault: 0,
    });
    device.socket.write(RECORD);
    device.socket.write(RECORD);
    await eventually(() => {
      expect(heard.filter(({ command }) => command === '40')).toHaveLength(2);
    });
    expect((await hears('40')).fields).toMatchObject({ tradeNo: TRADE, result: 0 });
    const facts = await outside.factsOf(PILE);
    expect(facts.find(({ type }) => type === 'charge.progress')).toMatchObject({ energyWh: 3805.1, portNo: 1 });
    const settled = facts.filter(({ type }) => type === 'charge.settled');
    expect(settled).toMatchObject([{ orderRef: TRADE, energyWh: 39_845.7 }, {}]);
    expect(new Set(settled.map(({ id }) => id)).size).toBe(1);
  });
});
