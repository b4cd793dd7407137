import { eventually, throwAwayNats } from '@chargebus/testing';
import type { ThrowAwayServer } from '@chargebus/testing';
import { line } from './fake-driver';
import { Device, Outside, startGateway, stopAll } from './harness';
import type { RunningGateway } from './harness';

describe('connections of the gateway', () => {
  let nats: ThrowAwayServer;
  let outside: Outside;
  let gateway: RunningGateway;

  beforeAll(async () => {
    nats = await throwAwayNats();
    outside = await Outside.connect(nats.url);
    gateway = await startGateway(nats.url);
  });
  afterAll(async () => {
    await stopAll();
    await nats.stop();
  });

  const closedFor = (reason: string, at = gateway): Promise<number> =>
    at.metric(`chargebus_gateway_connections_closed_total{reason="${reason}",app="protocol-gateway"}`);

  it('B01 takes a device that speaks a protocol which only its driver knows, and says so on the bus', async () => {
    const device = await Device.connect(gateway.port);
    device.say(line('A1', 'hb', '1'));
    await device.hears('>A1|hb|1\n');
    await outside.seesFacts('A1', ['device.connected', 'hb 1']);
    const [connected] = await outside.factsOf('A1');
    expect(connected).toMatchObject({ protocol: 'lines', remoteAddress: '127.0.0.1', heartbeatIntervalS: 60 });
    device.socket.end();
    await outside.seesFacts('A1', ['device.connected', 'hb 1', 'device.disconnected connection_closed']);
  });

  it('B02 puts frames together that come glued, and in pieces', async () => {
    const device = await Device.connect(gateway.port);
    device.say(line('A2', 'hb', '1') + line('A2', 'hb', '2') + line('A2', 'hb', '3').slice(0, 4));
    await device.hears('>A2|hb|1\n>A2|hb|2\n');
    for (const char of line('A2', 'hb', '3').slice(4)) {
      device.say(char);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await device.hears('>A2|hb|3\n');
    await outside.seesFacts('A2', ['device.connected', 'hb 1', 'hb 2', 'hb 3']);
    device.socket.destroy();
  });

  it('B04 carries many devices on one connection and ends all of them with it', async () => {
    const host = await Device.connect(gateway.port);
    const slaves = Array.from({ length: 30 }, (_, i) => `S${i}`);
    host.say(slaves.map((id) => line(id, 'hb', 'x')).join(''));
    await host.hears('>S29|hb|x\n');
    host.socket.destroy();
    for (const id of slaves)
      await outside.seesFacts(id, ['device.connected', 'hb x', 'device.disconnected connection_closed']);
  });

  it('lets the newer connection of a device win and closes the older one', async () => {
    const older = await Device.connect(gateway.port);
    older.say(line('A3', 'hb', 'older'));
    await older.hears('older');
    const newer = await Device.connect(gateway.port);
    newer.say(line('A3', 'hb', 'newer'));
    await newer.hears('newer');
    await older.isClosed();
    await outside.seesFacts('A3', [
      'device.connected',
      'hb older',
      'device.disconnected superseded',
      'device.connected',
      'hb newer',
    ]);
    const [first, , gone, second] = await outside.factsOf('A3');
    expect(gone).toMatchObject({ connectionId: (first as { connectionId: string }).connectionId });
    expect(second).not.toMatchObject({ connectionId: (first as { connectionId: string }).connectionId });
    newer.socket.destroy();
  });

  it('leaves the older connection open while it holds another device', async () => {
    const host = await Device.connect(gateway.port);
    host.say(line('A4', 'hb', '1') + line('A5', 'hb', '1'));
    await host.hears('>A5|hb|1');
    const direct = await Device.connect(gateway.port);
    direct.say(line('A4', 'hb', '2'));
    await direct.hears('>A4|hb|2');
    host.say(line('A5', 'hb', '3'));
    await host.hears('>A5|hb|3');
    expect(host.closed).toBe(false);
    // what the older connection still says of it counts as said, and moves nothing
    host.say(line('A4', 'hb', 'late'));
    await host.hears('>A4|hb|late');
    await outside.seesFacts('A4', [
      'device.connected',
      'hb 1',
      'device.disconnected superseded',
      'device.connected',
      'hb 2',
      'hb late',
    ]);
    host.socket.destroy();
    direct.socket.destroy();
  });

  it('never routes or supersedes an id that many devices share', async () => {
    const one = await Device.connect(gateway.port);
    const two = await Device.connect(gateway.port);
    one.say(line('dup1', 'hb', '1'));
    await one.hears('>dup1|hb|1');
    two.say(line('dup1', 'hb', '2'));
    await two.hears('>dup1|hb|2');
    one.say(line('dup1', 'hb', '3'));
    await one.hears('>dup1|hb|3');
    await outside.seesFacts('dup1', ['hb 1', 'hb 2', 'hb 3']);
    one.socket.destroy();
    two.socket.destroy();
  });

  it('keeps a frame that cannot be understood as a fact, and the connection', async () => {
    const device = await Device.connect(gateway.port);
    device.say(line('A6', 'bad'), '!wrong sum\n', 'noise\n', line('A6', 'hb', 'still here'));
    await device.hears('still here');
    await outside.seesFacts('A6', ['device.connected', 'frame.rejected', 'hb still here']);
    expect(await gateway.metric('chargebus_gateway_checksum_errors_total{app="protocol-gateway"}')).toBe(1);
    await eventually(async () => {
      const rejected =
        'chargebus_gateway_frames_total{protocol="lines",command="bad",result="rejected",app="protocol-gateway"}';
      expect(await gateway.metric(rejected)).toBe(1);
    });
    device.socket.destroy();
  });

  it('skips a little noise before the protocol and closes what speaks none', async () => {
    const noisy = await Device.connect(gateway.port);
    noisy.say('\r\n\0', line('A7', 'hb', 'ok'));
    await noisy.hears('>A7|hb|ok');
    const browser = await Device.connect(gateway.port);
    browser.say(`GET / HTTP/1.1\r\nHost: gateway.example\r\nUser-Agent: ${'x'.repeat(80)}\r\n\r\n`);
    await browser.isClosed();
    expect(await closedFor('unknown_protocol')).toBe(1);
    noisy.socket.destroy();
  });

  it('closes a connection whose driver fails, and only that one', async () => {
    const bystander = await Device.connect(gateway.port);
    const victim = await Device.connect(gateway.port);
    victim.say(line('A8', 'throw'));
    await victim.isClosed();
    bystander.say(line('A9', 'hb', 'fine'));
    await bystander.hears('fine');
    bystander.socket.destroy();
  });

  it('B11 closes connections that make too many errors, say nothing, or are too many', async () => {
    const strict = await startGateway(nats.url, {
      CONNECTION_ERRORS_PER_MINUTE: 5,
      CONNECTION_IDENTIFY_S: 1,
      CONNECTION_MAX_DEVICES: 3,
      DEVICE_MAX_CONNECTIONS: 4,
      DEVICE_MAX_CONNECTIONS_PER_ADDRESS: 3,
    });
    const broken = await Device.connect(strict.port);
    broken.say(line('E1', 'bad').repeat(5), line('E1', 'hb', 'alive'));
    await broken.hears('alive');
    broken.say(line('E1', 'bad'));
    await broken.isClosed();
    await outside.seesFacts('E1', [
      'device.connected',
      ...Array.from({ length: 5 }, () => 'frame.rejected'),
      'hb alive',
      'frame.rejected',
      'device.disconnected error_budget',
    ]);

    const crowd = await Device.connect(strict.port);
    crowd.say(['F1', 'F2', 'F3', 'F4'].map((id) => line(id, 'hb')).join(''));
    await crowd.isClosed();
    await outside.seesFacts('F3', ['device.connected', 'hb', 'device.disconnected too_many_devices']);
    await outside.seesFacts('F4', []);

    const silent = await Promise.all([1, 2, 3].map(() => Device.connect(strict.port)));
    const oneMore = await Device.connect(strict.port);
    await oneMore.isClosed();
    expect(
      await strict.metric('chargebus_gateway_connections_refused_total{reason="address_full",app="protocol-gateway"}'),
    ).toBe(1);
    for (const device of silent) await device.isClosed();
    expect(await closedFor('unidentified', strict)).toBe(3);
    const welcome = await Device.connect(strict.port);
    welcome.say(line('E2', 'hb', 'room again'));
    await welcome.hears('room again');
    await strict.stop();
  });

  it('reads a flooding connection no faster than its limit and loses nothing of it', async () => {
    const slow = await startGateway(nats.url, { CONNECTION_BYTES_PER_S: 2_000 });
    const flood = await Device.connect(slow.port);
    const frames = 1_500; // 15 bytes each: above the burst of 16,000
    for (let i = 0; i < frames; i++) flood.say(line('G1', 'hb', i.toString().padStart(6, '0')));
    await eventually(async () => {
      expect(
        await slow.metric('chargebus_gateway_pauses_total{cause="flood",app="protocol-gateway"}'),
      ).toBeGreaterThanOrEqual(1);
    });
    await flood.hears(`>G1|hb|00${frames - 1}\n`, 20_000);
    await eventually(async () => {
      expect(await outside.factsOf('G1')).toHaveLength(frames + 1);
    });
    await slow.stop();
  });
});
