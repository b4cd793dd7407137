import { CommandId, DeviceId, toInstant } from '@chargebus/domain';
import { downSubject } from '@chargebus/messaging';
import { AuthoriseCard, SignCertificate } from '@chargebus/requests';
import type { ReplyOf } from '@chargebus/requests';
import { eventually, throwAwayNats } from '@chargebus/testing';
import type { ThrowAwayServer } from '@chargebus/testing';
import { randomUUID } from 'node:crypto';
import { fakeDriver } from './fake-driver';
import { fakeMessageDrivers } from './fake-message-driver';
import { Outside, startGateway, stopAll } from './harness';
import type { RunningGateway } from './harness';
import { Station } from './station';

const accepted: ReplyOf<typeof AuthoriseCard> = {
  decision: 'accepted',
  rateMode: 'time',
  balanceFen: null,
  expiresAt: null,
};

describe('messages through the WebSocket door', () => {
  let nats: ThrowAwayServer;
  let outside: Outside;
  let gateway: RunningGateway;
  let releaseCards: (() => void)[] = [];

  const start = (settings: Readonly<Record<string, unknown>> = {}): Promise<RunningGateway> =>
    startGateway(nats.url, settings, [fakeDriver], fakeMessageDrivers);
  const station = (id: string, at = gateway): Promise<Station> =>
    Station.connect(`ws://127.0.0.1:${at.wsPort}/ocpp/${id}`);

  beforeAll(async () => {
    nats = await throwAwayNats();
    outside = await Outside.connect(nats.url);
    outside.admits();
    outside.bus.answer(AuthoriseCard, async ({ causeId }) => {
      if (causeId === 'later') await new Promise<void>((resolve) => releaseCards.push(resolve));
      return accepted;
    });
    outside.bus.answer(SignCertificate, () =>
      Promise.resolve({ decision: 'accepted', reason: null, chainPem: 'the chain' }),
    );
    gateway = await start();
  });
  afterEach(() => {
    for (const release of releaseCards) release();
    releaseCards = [];
  });
  afterAll(async () => {
    await stopAll();
    await nats.stop();
  });

  it('B01 carries a device from its handshake on, before it has said a word', async () => {
    const device = await station('M1');
    await outside.seesFacts('M1', ['device.connected']);
    expect(await outside.factsOf('M1')).toMatchObject([{ protocol: 'words1', remoteAddress: '127.0.0.1' }]);
    device.say('hb|1', 'settle|2', 'bad|3');
    await device.hears('error|');
    expect(device.received).toEqual(['hb|1', 'settle|2', 'error|']);
    device.socket.close();
    await outside.seesFacts('M1', [
      'device.connected',
      'hb 1',
      'settle 2',
      'frame.rejected',
      'device.disconnected connection_closed',
    ]);
  });

  it('handles messages strictly one after the other', async () => {
    const device = await station('M2');
    device.say('card|later', 'hb|behind', 'settle|last');
    await eventually(() => {
      expect(releaseCards).toHaveLength(1);
    });
    expect(device.received).toEqual([]);
    releaseCards[0]?.();
    await device.hears('settle|last');
    expect(device.received).toEqual(['card|accepted', 'hb|behind', 'settle|last']);
    device.socket.terminate();
  });

  it('closes a station that does not wait for its answers', async () => {
    const device = await station('M3');
    device.say('card|later', ...Array.from({ length: 65 }, (_, i) => `hb|${i}`));
    await device.isClosed(1008);
    await outside.seesFacts('M3', ['device.connected', 'card later', 'device.disconnected too_many_messages']);
  });

  it('carries an order to the device and its answer back, and runs errands behind what the device asked', async () => {
    const device = await station('M4');
    await outside.seesFacts('M4', ['device.connected']); // orders find it from now on
    const body = JSON.stringify({
      commandId: CommandId.parse(randomUUID()),
      deviceId: DeviceId.parse('M4'),
      command: { kind: 'status.query' },
      sendBefore: toInstant(Date.now() + 60_000),
      reissued: false,
    });
    const replies = await outside.bus.nc.requestMany(downSubject('M4'), body, { strategy: 'count', maxMessages: 2 });
    await device.hears('do|status.query');
    device.say('ack|status.query');
    const outcomes: unknown[] = [];
    for await (const reply of replies) outcomes.push(reply.json());
    expect(outcomes).toMatchObject([{ stage: 'sent' }, { stage: 'done', outcome: { status: 'acked' } }]);

    device.say('boot|1');
    await device.hears('do|time.sync');
    device.say('ack|time.sync', 'csr|please');
    await device.hears('do|certificate.install');
    expect(device.received.slice(1)).toEqual(['boot|1', 'do|time.sync', 'csr|accepted', 'do|certificate.install']);
    device.socket.terminate();
  });

  it('lets the newer connection win, finishes what the older one was doing, and sends orders to the newer', async () => {
    const older = await station('M5');
    older.say('card|later');
    await eventually(() => {
      expect(releaseCards).toHaveLength(1);
    });
    const newer = await station('M5');
    await older.isClosed(1008);
    newer.say('hb|newer', 'boot|x');
    await outside.seesFacts('M5', [
      'device.connected',
      'card later',
      'device.disconnected superseded',
      'device.connected',
    ]);
    releaseCards[0]?.();
    await newer.hears('do|time.sync');
    expect(older.received).toEqual([]);
    newer.socket.terminate();
    await outside.seesFacts('M5', [
      'device.connected',
      'card later',
      'device.disconnected superseded',
      'device.connected',
      'hb newer',
      'boot x',
      'device.disconnected connection_closed',
    ]);
  });

  it('takes 200 kB and refuses 2 MB, binary messages and bytes that are no text', async () => {
    const large = await station('M6');
    large.say(`hb|${'x'.repeat(200_000)}`);
    await large.hears('hb|xxx');
    large.say(`hb|${'x'.repeat(2_000_000)}`);
    await large.isClosed(1009);

    const binary = await station('M7');
    binary.socket.send(Buffer.from('hb|1'), { binary: true });
    await binary.isClosed(1003);

    const garbled = await station('M8');
    garbled.socket.send(Buffer.from([0x68, 0x62, 0x7c, 0xff, 0xfe]), { binary: false });
    await garbled.isClosed(1007);
  });

  it('agrees to compression when a station offers it', async () => {
    const device = await Station.connect(`ws://127.0.0.1:${gateway.wsPort}/ocpp/M9`, { perMessageDeflate: true });
    expect(device.socket.extensions).toBe('permessage-deflate');
    device.say(`hb|${'x'.repeat(50_000)}`);
    await device.hears('hb|xxx');
    device.socket.terminate();
  });

  it('survives a driver that throws, with all other connections', async () => {
    const bystander = await station('M10');
    const victim = await station('M11');
    victim.say('throw|');
    await victim.isClosed(1011);
    bystander.say('hb|fine');
    await bystander.hears('hb|fine');
    bystander.socket.terminate();
  });

  it('drops a peer that is silent for two ping intervals, and says goodbye at the end', async () => {
    const hasty = await start({ DEVICE_WS_PING_INTERVAL_S: 2 });
    const dead = await Station.connect(`ws://127.0.0.1:${hasty.wsPort}/ocpp/M13`, { autoPong: false });
    await outside.seesFacts('M13', ['device.connected', 'device.disconnected idle'], 20_000);
    await dead.isClosed(1006);
    const lively = await station('M12', hasty);
    await hasty.stop();
    await lively.isClosed(1012);
  }, 30_000);

  it('lets 200 stations back in at once with a few questions to the registry', async () => {
    const other = await throwAwayNats();
    const registry = await Outside.connect(other.url);
    const asked = registry.admits();
    const wave = await startGateway(other.url, {}, [fakeDriver], fakeMessageDrivers);
    const ids = Array.from({ length: 200 }, (_, i) => `W${i}`);
    const knockAll = (): Promise<Station[]> => Promise.all(ids.map((id) => station(id, wave)));
    const first = await knockAll();
    expect(asked.questions).toBeLessThan(50);
    const questions = asked.questions;
    for (const device of first) device.socket.terminate();
    const again = await knockAll();
    expect(asked.questions).toBe(questions);
    for (const device of again) device.say('settle|back');
    for (const device of again) await device.hears('settle|back');
    await wave.stop();
    await other.stop();
  }, 60_000);
});
