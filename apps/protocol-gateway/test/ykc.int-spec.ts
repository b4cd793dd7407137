import { OrderRef } from '@chargebus/domain';
import { ykcCodec, YkcStream } from '@chargebus/protocol-ykc';
import { eventually, throwAwayNats } from '@chargebus/testing';
import type { ThrowAwayServer } from '@chargebus/testing';
import { createDrivers } from '../src/drivers';
import { FrameDevice, Outside, startGateway, stopAll, timedStart } from './harness';

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
  let device: FrameDevice;
  let sequence = 1;

  beforeAll(async () => {
    nats = await throwAwayNats();
    outside = await Outside.connect(nats.url);
    const { port } = await startGateway(nats.url, {}, createDrivers());
    device = await FrameDevice.connect(port, ykcCodec, new YkcStream());
  });
  afterAll(async () => {
    await stopAll();
    await nats.stop();
  });

  const says = (command: string, fields: object): void => {
    device.says(PILE, command, fields, sequence++);
  };
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
    expect(await device.hears('02')).toMatchObject({ physicalId: PILE, messageId: 1, fields: { result: 0 } });
    says('03', { pileCode: PILE, gun: 1, gunStatus: 0 });
    expect(await device.hears('04')).toMatchObject({ messageId: 2, fields: { gun: 1 } });
    await eventually(async () => {
      const cleared = 'device.fault_cleared'; // what may have been open on an earlier connection
      expect(await types()).toEqual(['device.connected', 'device.registered', 'device.heartbeat', cleared]);
    });
  });

  it('YKC §4.5 sets the clock and asks both guns 2 s after a log-in that nothing followed', async () => {
    expect((await device.hears('56')).fields).toMatchObject({ pileCode: PILE });
    says('55', { pileCode: PILE, time: '2026-01-02T11:04:05.000' });
    await eventually(() => {
      const asked = device.heard.filter(({ command }) => command === '12').map(({ fields }) => fields.gun);
      expect(asked).toEqual([1, 2]);
    });
  });

  it('A04 A05 A06 A07 carries a charge: 34 and its reply, 13, 3B confirmed once stored, the second copy too', async () => {
    const order = await outside.orders(PILE, timedStart(1, OrderRef.parse(TRADE), 3_600, 5_000));
    expect((await device.hears('34')).fields).toMatchObject({ tradeNo: TRADE, gun: 1, balanceYuan: 50 });
    says('33', { tradeNo: TRADE, pileCode: PILE, gun: 1, success: 1, failReason: 0 });
    expect(await order.stages()).toMatchObject([
      { stage: 'sent' },
      { stage: 'done', sends: 1, outcome: { status: 'acked' } },
    ]);

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
    device.write(RECORD);
    device.write(RECORD);
    await eventually(() => {
      expect(device.heard.filter(({ command }) => command === '40')).toHaveLength(2);
    });
    expect((await device.hears('40')).fields).toMatchObject({ tradeNo: TRADE, result: 0 });
    const facts = await outside.factsOf(PILE);
    expect(facts.find(({ type }) => type === 'charge.progress')).toMatchObject({ energyWh: 3805.1, portNo: 1 });
    const settled = facts.filter(({ type }) => type === 'charge.settled');
    expect(settled).toMatchObject([{ orderRef: TRADE, energyWh: 39_845.7 }, {}]);
    expect(new Set(settled.map(({ id }) => id)).size).toBe(1);
  });
});
