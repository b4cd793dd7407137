import { DeviceId } from '@chargebus/domain';
import { isSimulated } from '@chargebus/events';
import { TRACE_STREAM, traceSubject } from '@chargebus/messaging';
import { ap3000Codec, ap3000Driver, Ap3000Stream } from '@chargebus/protocol-ap3000';
import { ocpp16Driver } from '@chargebus/protocol-ocpp';
import { CountFrames, FramesWatched, SimulateEvent, TraceFrame } from '@chargebus/requests';
import type { RequestOf } from '@chargebus/requests';
import { eventually, throwAwayNats } from '@chargebus/testing';
import type { ThrowAwayServer } from '@chargebus/testing';
import { FrameDevice, Outside, startGateway, stopAll } from './harness';
import type { RunningGateway } from './harness';
import { Station } from './station';

const ID = '04AB373B';
const captured = ap3000Codec.decode(Buffer.from('444e591000f36ca204b901212b09020000005d6e04', 'hex'), 'up');
const HEARTBEAT = captured.ok ? captured.frame.fields : {};

describe('frames for people to look at', () => {
  let nats: ThrowAwayServer;
  let outside: Outside;
  let gateway: RunningGateway;
  const counted: RequestOf<typeof CountFrames>[] = [];

  beforeAll(async () => {
    nats = await throwAwayNats();
    outside = await Outside.connect(nats.url);
    outside.admits();
    outside.bus.answer(CountFrames, (report) => {
      counted.push(report);
      return Promise.resolve({});
    });
    const settings = { CHARGEBUS_PROFILE: 'test', FRAME_REPORT_S: 0.1 };
    gateway = await startGateway(nats.url, settings, [ap3000Driver], [ocpp16Driver]);
  });
  afterAll(async () => {
    await stopAll();
    await nats.stop();
  });

  const framesOf = async (deviceId: string): Promise<readonly TraceFrame[]> => {
    const found = await outside.bus.manager.direct.getBatch(TRACE_STREAM, {
      seq: 1,
      batch: 100,
      next_by_subj: traceSubject(deviceId, '*'),
    });
    const frames: TraceFrame[] = [];
    for await (const message of found) frames.push(TraceFrame.parse(message.json()));
    return frames;
  };
  const recorded = (deviceId: string, count: number): Promise<readonly TraceFrame[]> =>
    eventually(async () => {
      const frames = await framesOf(deviceId);
      expect(frames).toHaveLength(count);
      return frames;
    });

  it('A18 records what comes and goes, decoded, for those who watch and for those who look later', async () => {
    const live: TraceFrame[] = [];
    outside.bus.nc.subscribe(traceSubject(ID, '*'), {
      callback: (_error, message) => {
        live.push(TraceFrame.parse(message.json()));
      },
    });
    await outside.bus.nc.flush();
    const device = await FrameDevice.connect(gateway.port, ap3000Codec, new Ap3000Stream({ limit: 320 }));
    device.says(ID, '21', HEARTBEAT, 7);
    await device.hears('21');
    const frames = await recorded(ID, 2);
    expect(frames).toMatchObject([
      {
        deviceId: ID,
        direction: 'up',
        protocol: 'ap3000',
        message: '21',
        name: 'heartbeat',
        messageId: '7',
        error: null,
        text: null,
        cut: false,
        fields: HEARTBEAT,
      },
      { direction: 'down', message: '21', messageId: '7', fields: { result: 0 } },
    ]);
    expect(frames[0]?.hex).toMatch(/^444e59/);
    await eventually(() => {
      expect(live).toEqual(frames);
    });
  });

  it('A18 says what is wrong with a frame, and counts it by its reason', async () => {
    const id = '04AB373C';
    const device = await FrameDevice.connect(gateway.port, ap3000Codec, new Ap3000Stream({ limit: 320 }));
    device.says(id, '21', HEARTBEAT, 1);
    const short = ap3000Codec.encode({ physicalId: id, messageId: 2, command: '12', direction: 'up', fields: {} });
    short[11] = 0x06; // a power report without a body
    short[short.length - 2] =
      (short.reduce((sum, byte) => sum + byte, 0) - (short.at(-1) ?? 0) - (short.at(-2) ?? 0)) & 0xff;
    device.write(short);
    const frames = await recorded(id, 3);
    expect(frames.find(({ message }) => message === '06')).toMatchObject({ error: 'payload_too_short', fields: null });
    await eventually(() => {
      const outcomes = counted.flatMap(({ counts }) => counts).filter(({ deviceId }) => deviceId === id);
      expect(outcomes).toEqual(
        expect.arrayContaining([
          { deviceId: id, protocol: 'ap3000', outcome: 'ok', frames: 1 },
          { deviceId: id, protocol: 'ap3000', outcome: 'payload_too_short', frames: 1 },
        ]),
      );
    });
  });

  it('A18 shows messages of stations as text, without their passwords', async () => {
    const station = await Station.connect(`ws://127.0.0.1:${gateway.wsPort}/ocpp/CP-9`, { subprotocols: ['ocpp1.6'] });
    const configuration = { configurationKey: [{ key: 'AuthorizationKey', readonly: false, value: 'c0ffee' }] };
    station.say('[2,"a","Heartbeat",{}]', JSON.stringify([3, 'nobody asked', configuration]));
    await station.hears('currentTime');
    const frames = await eventually(async () => {
      const found = await framesOf('CP-9');
      expect(found.filter(({ direction }) => direction === 'up')).toHaveLength(2);
      return found;
    });
    expect(frames[0]).toMatchObject({ message: 'Heartbeat', text: '[2,"a","Heartbeat",{}]', hex: null });
    expect(JSON.stringify(frames)).not.toContain('c0ffee');
  });

  it('A18 records above its rate only what somebody watches', async () => {
    const quiet = await startGateway(nats.url, { TRACE_FRAMES_PER_S: 0 }, [ap3000Driver]);
    const device = await FrameDevice.connect(quiet.port, ap3000Codec, new Ap3000Stream({ limit: 320 }));
    const id = DeviceId.parse('04AB373D');
    device.says(id, '21', HEARTBEAT, 1);
    await device.hears('21');
    outside.bus.nc.publish(FramesWatched.subject, JSON.stringify({ deviceId: id, forMs: 60_000 }));
    let messageId = 1;
    const frames = await eventually(async () => {
      device.says(id, '21', HEARTBEAT, ++messageId);
      const found = await framesOf(id);
      expect(found.length).toBeGreaterThan(0);
      return found;
    });
    expect(frames.map((frame) => frame.messageId)).not.toContain('1');
    await quiet.stop();
  });

  it('A17 puts a simulated event on the way of every fact, marked as such', async () => {
    const deviceId = DeviceId.parse('04AB373E');
    const { factIds } = await outside.bus.ask(SimulateEvent, {
      deviceId,
      event: { kind: 'stop', portNo: 1, durationS: 60, energyWh: 100, endReason: 'full', abnormal: false },
    });
    const [settled] = await outside.factsOf(deviceId);
    expect(settled).toMatchObject({
      type: 'charge.settled',
      portNo: 1,
      energyWh: 100,
      attributes: { simulated: true },
    });
    expect(factIds).toEqual([settled?.id]);
    expect(isSimulated({ causeId: settled?.id ?? '' })).toBe(true);
  });
});

describe('frames in production', () => {
  let nats: ThrowAwayServer;
  beforeAll(async () => {
    nats = await throwAwayNats();
  });
  afterAll(async () => {
    await stopAll();
    await nats.stop();
  });

  it('A17 takes no simulated event', async () => {
    const outside = await Outside.connect(nats.url);
    await startGateway(nats.url, { CHARGEBUS_PROFILE: 'production' }, [ap3000Driver]);
    const event = { kind: 'start' as const, portNo: 1, cardId: null };
    await eventually(async () => {
      await expect(outside.bus.ask(SimulateEvent, { deviceId: DeviceId.parse(ID), event })).rejects.toMatchObject({
        definition: { name: 'SIMULATION_REFUSED' },
      });
    });
  });
});
