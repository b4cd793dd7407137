import { hashDevicePassword } from '@chargebus/security';
import { throwAwayNats } from '@chargebus/testing';
import type { ThrowAwayServer } from '@chargebus/testing';
import { fakeDriver } from './fake-driver';
import { fakeMessageDrivers } from './fake-message-driver';
import { Outside, startGateway, stopAll } from './harness';
import type { RunningGateway } from './harness';
import { basic, knock, Station } from './station';

describe('the handshake of the WebSocket door', () => {
  let nats: ThrowAwayServer;
  let outside: Outside;
  let gateway: RunningGateway;
  let guessing: RunningGateway; // counts what fails apart from the other

  const start = (settings: Readonly<Record<string, unknown>> = {}): Promise<RunningGateway> =>
    startGateway(nats.url, settings, [fakeDriver], fakeMessageDrivers);

  beforeAll(async () => {
    nats = await throwAwayNats();
    outside = await Outside.connect(nats.url);
    const passwordHash = await hashDevicePassword('0123456789abcdef0123', 'chosen');
    outside.admits({
      unknown: null,
      disabled: { enabled: false },
      P1: { securityProfile: 1, passwordHash },
      P1b: { securityProfile: 1, passwordHash },
      P2: { securityProfile: 2, passwordHash },
      'café 1': {},
      OnlyTwo: { subprotocols: ['words2'] },
    });
    [gateway, guessing] = await Promise.all([start(), start()]);
  });
  afterAll(async () => {
    await stopAll();
    await nats.stop();
  });

  it.each([
    ['a path outside the base path', '/other/S1', 404],
    ['the base path alone', '/ocpp', 404],
    ['an empty identity', '/ocpp/', 404],
    ['a segment too many', '/ocpp/x/S1', 404],
    ['a way out of the path', '/ocpp/../x', 404],
    ['a hidden way out of the path', '/ocpp/%2e%2e', 404],
    ['an identity that is too long', `/ocpp/${'x'.repeat(120)}`, 404],
    ['a colon in the identity', '/ocpp/a%3Ab', 404],
    ['a control character in the identity', '/ocpp/a%0Ab', 404],
    ['a broken percent sequence', '/ocpp/%zz', 400],
    ['bytes that are no UTF-8', '/ocpp/%ff', 400],
    ['an unknown identity', '/ocpp/unknown', 404],
    ['an identity in another case', '/ocpp/UNKNOWN', 101],
    ['a device that is switched off', '/ocpp/disabled', 404],
    ['a device that must come over TLS', '/ocpp/P2', 403],
  ])('answers %s before there is a WebSocket', async (_name, target, status) => {
    if (status !== 101) expect((await knock(gateway.wsPort, target)).status).toBe(status);
    else (await Station.connect(`ws://127.0.0.1:${gateway.wsPort}${target}`)).socket.terminate();
  });

  it('answers 404 to what is no upgrade and to other methods', async () => {
    expect((await knock(gateway.wsPort, '/ocpp/S1', { Upgrade: '', Connection: 'close' })).status).toBe(404);
    expect((await knock(gateway.wsPort, '/ocpp/S1', {}, 'POST')).status).toBe(404);
  });

  it('decodes the identity once and ignores the query', async () => {
    const station = await Station.connect(`ws://127.0.0.1:${gateway.wsPort}/ocpp/caf%C3%A9%201?x=/../`);
    station.say('hb|1');
    await station.hears('hb|1');
    await outside.seesFacts('café 1', ['device.connected', 'hb 1']);
    station.socket.terminate();
  });

  it.each([
    ['no credentials', {}],
    ['a wrong password', { Authorization: basic('P1', 'wrong') }],
    ['the user of another station', { Authorization: basic('P1b', Buffer.from('0123456789abcdef0123', 'hex')) }],
    ['a header that cannot be read', { Authorization: 'Basic %%%' }],
    ['another scheme', { Authorization: 'Bearer abc' }],
  ])('answers 401 to %s and says what it wants', async (_name, headers) => {
    const answer = await knock(guessing.wsPort, '/ocpp/P1', headers);
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Basic realm="ocpp"');
  });

  it('lets in a station with its password, as bytes or as digits', async () => {
    const url = `ws://127.0.0.1:${gateway.wsPort}/ocpp/P1`;
    for (const password of [Buffer.from('0123456789abcdef0123', 'hex'), '0123456789ABCDEF0123']) {
      const station = await Station.connect(url, { password });
      station.say('hb|in');
      await station.hears('hb|in');
      station.socket.terminate();
    }
  });

  it.each([
    ['the first that both know', ['other', 'words2', 'words1'], 'words2', 'S2'],
    ['the one that the registry allows', ['words1', 'words2'], 'words2', 'OnlyTwo'],
  ])('chooses %s of the subprotocols', async (_name, subprotocols, chosen, identity) => {
    const station = await Station.connect(`ws://127.0.0.1:${gateway.wsPort}/ocpp/${identity}`, { subprotocols });
    expect(station.socket.protocol).toBe(chosen);
    station.socket.terminate();
  });

  it.each([
    ['none that we speak', 'ocpp9.9'],
    ['none at all', ''],
  ])('finishes the handshake without the header and closes when the subprotocol is %s', async (_name, offered) => {
    const answer = await knock(gateway.wsPort, '/ocpp/S3', { 'Sec-WebSocket-Protocol': offered });
    expect(answer.status).toBe(101);
    expect(answer.headers['sec-websocket-protocol']).toBeUndefined();
    expect([...answer.rest.subarray(0, 1), answer.rest.readUInt16BE(2)]).toEqual([0x88, 1002]);
    expect(await outside.factsOf('S3')).toEqual([]);
  });

  it('slows an identity down that comes too often', async () => {
    const strict = await start({ DEVICE_WS_ATTEMPTS_PER_MINUTE: 3 });
    for (let i = 0; i < 3; i++) (await Station.connect(`ws://127.0.0.1:${strict.wsPort}/ocpp/R1`)).socket.terminate();
    const often = await knock(strict.wsPort, '/ocpp/R1');
    expect([often.status, Number(often.headers['retry-after'])]).toEqual([429, 20]);
    (await Station.connect(`ws://127.0.0.1:${strict.wsPort}/ocpp/R2`)).socket.terminate();
    await strict.stop();
  });

  it('pauses an identity whose logins fail', async () => {
    const headers = { Authorization: basic('P1b', 'a guess') };
    for (let i = 0; i < 5; i++) expect((await knock(guessing.wsPort, '/ocpp/P1b', headers)).status).toBe(401);
    const paused = await knock(guessing.wsPort, '/ocpp/P1b', headers);
    expect([paused.status, Number(paused.headers['retry-after'])]).toEqual([429, 1]);
  });

  it('answers 503 with a time to come back when it is full, or cannot look at more', async () => {
    const small = await start({ DEVICE_MAX_CONNECTIONS: 1 });
    const inside = await Station.connect(`ws://127.0.0.1:${small.wsPort}/ocpp/F1`);
    const full = await knock(small.wsPort, '/ocpp/F2');
    expect(full.status).toBe(503);
    expect(Number(full.headers['retry-after'])).toBeGreaterThan(0);
    inside.socket.terminate();
    await small.stop();

    const slow = await start({ DEVICE_WS_CONNECTS_PER_S: 1 });
    const answers = await Promise.all(Array.from({ length: 12 }, (_, i) => knock(slow.wsPort, `/ocpp/unknown?${i}`)));
    expect(answers.filter(({ status }) => status === 503).length).toBeGreaterThan(0);
    await slow.stop();
  });

  it('refuses devices without credentials where that is not allowed', async () => {
    const careful = await start({ DEVICE_WS_ALLOW_PROFILE_0: false });
    expect((await knock(careful.wsPort, '/ocpp/S4')).status).toBe(403);
    await careful.stop();
  });

  it('answers 503 while the registry is away', async () => {
    const lonely = await throwAwayNats();
    const alone = await startGateway(lonely.url, {}, [fakeDriver], fakeMessageDrivers);
    expect((await knock(alone.wsPort, '/ocpp/S5')).status).toBe(503);
    await alone.stop();
    await lonely.stop();
  });
});
