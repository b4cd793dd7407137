import { CommandId, DeviceId, OrderRef, toInstant } from '@chargebus/domain';
import type { DeviceCommand } from '@chargebus/domain';
import { downSubject } from '@chargebus/messaging';
import type { DownReply } from '@chargebus/requests';
import { AuthoriseCard, DescribeProtocols, DownReply as DownReplySchema } from '@chargebus/requests';
import { eventually, throwAwayNats } from '@chargebus/testing';
import type { ThrowAwayServer } from '@chargebus/testing';
import { NoRespondersError, RequestError } from '@nats-io/nats-core';
import { randomUUID } from 'node:crypto';
import { line } from './fake-driver';
import { Device, Outside, startGateway, stopAll } from './harness';
import type { RunningGateway } from './harness';

const start: DeviceCommand = {
  kind: 'charge.start',
  portNo: 1,
  orderRef: OrderRef.parse('00112233445566778899aabbccddeeff'),
  durationLimitS: 60,
  energyLimitWh: null,
  powerLimitW: null,
  primaryLimit: 'duration',
  stopWhenFull: false,
  maxDurationS: null,
  balanceFen: null,
};

describe('orders through the gateway', () => {
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

  async function online(id: string, at = gateway): Promise<Device> {
    const device = await Device.connect(at.port);
    device.say(line(id, 'hb', 'here'));
    await device.hears(`>${id}|hb|here`);
    return device;
  }

  /** As `command` asks: collects replies until `done`. Throws when nobody holds the device. */
  async function order(id: string, command: DeviceCommand, commandId = randomUUID()): Promise<DownReply[]> {
    const replies: DownReply[] = [];
    const body = JSON.stringify({
      commandId: CommandId.parse(commandId),
      deviceId: DeviceId.parse(id),
      command,
      sendBefore: toInstant(Date.now() + 60_000),
      reissued: false,
    });
    const answers = await outside.bus.nc.requestMany(downSubject(id), body, {
      strategy: 'count',
      maxMessages: 2,
      maxWait: 20_000,
    });
    for await (const message of answers) {
      const reply = DownReplySchema.parse(message.json());
      replies.push(reply);
      if (reply.stage === 'done') break;
    }
    return replies;
  }
  const nobodyHolds = async (id: string): Promise<void> => {
    await eventually(async () => {
      const error: unknown = await outside.bus.nc.request(downSubject(id), '{}', { timeout: 500 }).then(
        () => null,
        (reason: unknown) => reason,
      );
      const gone = error instanceof NoRespondersError || (error instanceof RequestError && error.isNoResponders());
      expect(gone).toBe(true);
    });
  };

  it('A04 A05 writes an order to the device and answers twice: sent, and done with its reply', async () => {
    const device = await online('D1');
    const replies = order('D1', start);
    await device.hears('>D1|charge.start|');
    device.say(line('D1', 'ack', 'charge.start'));
    expect(await replies).toMatchObject([{ stage: 'sent' }, { stage: 'done', outcome: { status: 'acked' }, sends: 1 }]);
    device.socket.destroy();
  });

  it('E34 says what its protocols can do, and tells when a device turns out not to be able to', async () => {
    const [lines] = await outside.bus.ask(DescribeProtocols, {});
    expect(lines).toMatchObject({
      protocol: 'lines',
      orders: { 'voice.play': { support: 'none', why: 'no_loudspeaker' } },
    });
    const device = await online('D9');
    const replies = await order('D9', { kind: 'cabinet.open', portNo: 1 });
    expect(replies).toMatchObject([{ stage: 'done', outcome: { status: 'unsupported', reason: 'no_door' } }]);
    await eventually(async () => {
      expect((await outside.facts()).filter(({ type }) => type === 'device.incapable')).toMatchObject([
        { deviceId: 'D9', kind: 'cabinet.open', why: 'no_door', of: 'model' },
      ]);
    });
    expect(await order('D9', { kind: 'voice.play', segmentsHex: '', interrupt: false })).toMatchObject([
      { stage: 'done', outcome: { status: 'unsupported' } },
    ]);
    device.socket.destroy();
  });

  it('lets NATS say that nobody holds a device, before it came and after it went', async () => {
    await nobodyHolds('D2');
    const device = await online('D2');
    device.socket.destroy();
    await nobodyHolds('D2');
  });

  it('sends an order once though it is asked for twice, and remembers that the device did it', async () => {
    const device = await online('D3');
    const commandId = randomUUID();
    const first = order('D3', start, commandId);
    await device.hears('>D3|charge.start|');
    const second = order('D3', start, commandId);
    await eventually(async () => {
      await outside.bus.nc.flush();
      device.say(line('D3', 'ack', 'charge.start'));
    });
    expect((await first).at(-1)).toMatchObject({ stage: 'done', outcome: { status: 'acked' } });
    expect((await second).at(-1)).toMatchObject({ stage: 'done', outcome: { status: 'acked' } });
    expect(await order('D3', start, commandId)).toMatchObject([{ stage: 'done', outcome: { status: 'acked' } }]);
    expect(device.received.match(/charge\.start/g)).toHaveLength(1);
    device.socket.destroy();
  });

  it('tells whoever asked when the device goes away in the middle', async () => {
    const device = await online('D4');
    const sent = order('D4', start);
    await device.hears('>D4|charge.start|');
    const waiting = order('D4', { kind: 'status.query' });
    await outside.bus.nc.flush();
    await eventually(async () => {
      expect(await gateway.metric('chargebus_gateway_orders_waiting{app="protocol-gateway"}')).toBe(1);
    });
    device.socket.destroy();
    expect((await sent).at(-1)).toMatchObject({ outcome: { status: 'offline' }, sends: 1 });
    expect((await waiting).at(-1)).toMatchObject({ outcome: { status: 'offline' }, sends: 0 });
  });

  it('refuses an order that it cannot read', async () => {
    const device = await online('D5');
    const reply = await outside.bus.nc.request(downSubject('D5'), '{"commandId":1}');
    expect(reply.json()).toMatchObject({ stage: 'done', outcome: { status: 'invalid', reason: 'unreadable_request' } });
    outside.bus.nc.publish('cb.link.claimed.D5', 'no JSON');
    const second = await outside.bus.nc.request(downSubject('D5'), 'no JSON');
    expect(second.json()).toMatchObject({ outcome: { status: 'invalid' } });
    device.socket.destroy();
  });

  it('asks the owner of cards and gives the device the answer; silence is a null for the driver', async () => {
    const device = await online('D6');
    device.say(line('D6', 'card', '1'));
    await device.hears('>D6|card|nobody');
    outside.bus.answer(AuthoriseCard, async ({ cardId, deviceId }) => {
      expect({ cardId, deviceId }).toEqual({ cardId: 'AA', deviceId: 'D6' });
      return Promise.resolve({ decision: 'accepted', rateMode: 'time', balanceFen: 100, expiresAt: null });
    });
    await outside.bus.nc.flush();
    device.say(line('D6', 'card', '2'));
    await device.hears('>D6|card|accepted');
    device.socket.destroy();
  });

  it('hands a device over to another replica that it connected to', async () => {
    const other = await startGateway(nats.url);
    const old = await online('D7');
    const fresh = await online('D7', other);
    await old.isClosed();
    const replies = order('D7', start);
    await fresh.hears('>D7|charge.start|');
    fresh.say(line('D7', 'ack', 'charge.start'));
    expect(await replies).toHaveLength(2);
    expect(old.received).not.toContain('charge.start');
    await eventually(async () => {
      const facts = (await outside.factsOf('D7')).map(({ type }) => type).sort();
      expect(facts.filter((type) => type === 'device.connected')).toHaveLength(2);
      expect(facts.filter((type) => type === 'device.disconnected')).toHaveLength(1);
    });
    await other.stop();
  });

  it('B03 drains: takes nobody new, answers what waits, lets the wire finish, closes, tells the bus', async () => {
    const draining = await startGateway(nats.url);
    const device = await online('D8', draining);
    const sent = order('D8', start);
    await device.hears('>D8|charge.start|');
    const waiting = order('D8', { kind: 'status.query' });
    await eventually(async () => {
      expect(await draining.metric('chargebus_gateway_orders_waiting{app="protocol-gateway"}')).toBe(1);
    });
    const stopped = draining.stop();
    expect((await waiting).at(-1)).toMatchObject({ outcome: { status: 'offline' } });
    await expect(Device.connect(draining.port)).rejects.toThrow();
    device.say(line('D8', 'ack', 'charge.start'), line('D8', 'settle', 'last'));
    expect((await sent).at(-1)).toMatchObject({ outcome: { status: 'acked' } });
    await stopped;
    await device.isClosed();
    expect(device.received).toContain('>D8|settle|last');
    await outside.seesFacts('D8', [
      'device.connected',
      'hb here',
      'ack charge.start',
      'settle last',
      'device.disconnected gateway_shutdown',
    ]);
  });
});
