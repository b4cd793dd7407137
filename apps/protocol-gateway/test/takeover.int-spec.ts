import { RaiseDeviceAlarm } from '@chargebus/requests';
import { eventually, throwAwayNats } from '@chargebus/testing';
import type { ThrowAwayServer } from '@chargebus/testing';
import { fakeDriver, line } from './fake-driver';
import { fakeMessageDrivers } from './fake-message-driver';
import { Device, Outside, startGateway, stopAll } from './harness';
import type { RunningGateway } from './harness';
import { knock, Station } from './station';

describe('one identity on several connections', () => {
  let nats: ThrowAwayServer;
  let outside: Outside;

  beforeAll(async () => {
    nats = await throwAwayNats();
    outside = await Outside.connect(nats.url);
    outside.admits();
  });
  afterAll(async () => {
    await stopAll();
    await nats.stop();
  });

  const start = (settings: Readonly<Record<string, unknown>> = {}): Promise<RunningGateway> =>
    startGateway(nats.url, settings, [fakeDriver], fakeMessageDrivers);
  const station = (id: string, at: RunningGateway, localAddress = '127.0.0.1'): Promise<Station> =>
    Station.connect(`ws://127.0.0.1:${at.wsPort}/ocpp/${id}`, { localAddress });

  it('leaves the older replica when the station comes to another one, and orders go to the newer', async () => {
    const [first, second] = [await start(), await start()];
    const older = await station('X1', first);
    older.say('hb|older');
    await older.hears('hb|older');
    const newer = await station('X1', second);
    await older.isClosed(1008);
    newer.say('hb|newer');
    await newer.hears('hb|newer');
    const order = await outside.orders('X1', { kind: 'status.query' });
    await newer.hears('do|status.query');
    newer.say('ack|status.query');
    expect(await order.stages()).toMatchObject([{ stage: 'sent' }, { stage: 'done', outcome: { status: 'acked' } }]);
    expect((await outside.factsOf('X1')).map(({ type }) => type)).toEqual(
      expect.arrayContaining(['device.connected', 'device.disconnected']),
    );
    newer.socket.terminate();
    await first.stop();
    await second.stop();
  });

  it('does not give a station that proved itself to a frame that only says it is that station', async () => {
    const gateway = await start();
    const proved = await station('X2', gateway);
    const liar = await Device.connect(gateway.port);
    liar.say(line('X2', 'note', 'mine'));
    await outside.seesFacts('X2', ['device.connected', 'note mine']);
    proved.say('hb|still');
    await proved.hears('hb|still');
    liar.socket.destroy();
    proved.socket.terminate();
    await gateway.stop();
  });

  it('tells an operator when two stations fight for one identity, and slows them down', async () => {
    const alarms: string[] = [];
    outside.bus.answer(RaiseDeviceAlarm, ({ alarmType, deviceId }) => {
      alarms.push(`${alarmType} ${deviceId}`);
      return Promise.resolve({});
    });
    const gateway = await start({ DEVICE_WS_ATTEMPTS_PER_MINUTE: 100 });
    for (let i = 0; i < 7; i++) await station('X3', gateway, i % 2 === 0 ? '127.0.0.1' : '127.0.0.2');
    await eventually(() => {
      expect(alarms).toEqual(['identity_contested X3']);
    });
    const slowed = await knock(gateway.wsPort, '/ocpp/X3');
    expect([slowed.status, slowed.headers['retry-after']]).toEqual([429, '60']);

    for (let i = 0; i < 8; i++) await station('X4', gateway); // one station behind a bad line
    expect(alarms).toHaveLength(1);
    await gateway.stop();
  });
});
