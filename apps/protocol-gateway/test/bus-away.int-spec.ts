import { eventually, throwAwayNats } from '@chargebus/testing';
import type { ThrowAwayServer } from '@chargebus/testing';
import { line } from './fake-driver';
import { Device, Outside, startGateway, stopAll } from './harness';

describe('the gateway while NATS is away', () => {
  let nats: ThrowAwayServer;

  beforeEach(async () => {
    nats = await throwAwayNats();
  });
  afterEach(async () => {
    await stopAll();
    await nats.stop();
  });

  it('A07 A15 answers a settlement only once it is stored, keep-alive all the time, and loses nothing', async () => {
    const gateway = await startGateway(nats.url);
    const device = await Device.connect(gateway.port);
    device.say(line('D1', 'settle', 'before'));
    await device.hears('>D1|settle|before');

    await nats.kill();
    device.say(line('D1', 'settle', 'during'), line('D1', 'note', 'progress'), line('D1', 'hb', 'ping'));
    await device.hears('>D1|hb|ping');
    expect(device.received).not.toContain('settle|during');
    await expect(gateway.service.checks.nats?.()).rejects.toThrow();

    await nats.restart();
    await device.hears('>D1|settle|during', 20_000);
    const outside = await Outside.connect(nats.url);
    await outside.seesFacts('D1', ['device.connected', 'settle before', 'settle during', 'note progress', 'hb ping']);
  });

  it('A16 stops reading when too much is unstored, keeps its memory bounded, and takes all of it afterwards', async () => {
    const backlog = 65_536;
    const gateway = await startGateway(nats.url, {
      FACT_BACKLOG_MAX_BYTES: backlog,
      CONNECTION_BYTES_PER_S: 10_000_000,
    });
    const devices = await Promise.all(
      ['P1', 'P2', 'P3'].map(async (id) => ({ id, link: await Device.connect(gateway.port) })),
    );
    for (const { id, link } of devices) {
      link.say(line(id, 'hb', 'first'));
      await link.hears('first');
    }
    await nats.kill();
    const frames = 2_000;
    for (const { id, link } of devices)
      for (let i = 0; i < frames; i++) link.say(line(id, 'note', i.toString().padEnd(500, '.')));
    await eventually(async () => {
      expect(await gateway.metric('chargebus_gateway_pauses_total{cause="backlog",app="protocol-gateway"}')).toBe(1);
    });
    const unstored = await gateway.metric('chargebus_gateway_fact_backlog_bytes{app="protocol-gateway"}');
    expect(unstored).toBeGreaterThan(backlog);
    expect(unstored).toBeLessThan(backlog * 8); // one read of a socket may hold 64 KiB of frames

    await nats.restart();
    const outside = await Outside.connect(nats.url);
    for (const { id } of devices)
      await eventually(async () => {
        const notes = (await outside.factsOf(id)).flatMap((fact) =>
          fact.type === 'device.heartbeat' && fact.attributes.word === 'note'
            ? [Number.parseInt(String(fact.attributes.text))]
            : [],
        );
        expect(notes).toEqual(Array.from({ length: frames }, (_, i) => i));
      }, 25_000);
  });

  it('B03 stops in time although the bus does not come back', async () => {
    const gateway = await startGateway(nats.url, { DRAIN_ORDERS_MS: 0 });
    const device = await Device.connect(gateway.port);
    device.say(line('D2', 'hb', 'ping'));
    await device.hears('ping');
    await nats.kill();
    await gateway.stop();
    await device.isClosed();
  });
});
