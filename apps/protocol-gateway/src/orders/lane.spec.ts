import { CommandId, DeviceId, OrderRef, toInstant } from '@chargebus/domain';
import type { CommandOutcome, DeviceCommand } from '@chargebus/domain';
import type { Decoded, ProtocolConnection } from '@chargebus/protocol-core';
import type { DownReply } from '@chargebus/requests';
import { randomUUID } from 'node:crypto';
import { FakeClock } from '../../test/fake-clock';
import { fakeDriver, line } from '../../test/fake-driver';
import { Lane } from './lane';
import type { LaneLink } from './lane';
import { Order } from './order';

const deviceId = DeviceId.parse('D1');
const orderRef = OrderRef.parse('order-1');
const start = (portNo = 1, ref = 'order-1'): DeviceCommand => ({
  kind: 'charge.start',
  portNo,
  orderRef: OrderRef.parse(ref),
  durationLimitS: 60,
  energyLimitWh: null,
  powerLimitW: null,
  primaryLimit: 'duration',
  stopWhenFull: false,
  maxDurationS: null,
  balanceFen: null,
});
const stop: DeviceCommand = { kind: 'charge.stop', portNo: 1, orderRef, keepLocked: false };
const query: DeviceCommand = { kind: 'status.query' };
const firmware: DeviceCommand = {
  kind: 'firmware.update',
  target: 'device',
  imageBase64: '',
  version: null,
  deviceType: null,
};

/** One device on one connection, with a note of all that was written and answered. */
class Bench {
  readonly clock = new FakeClock();
  readonly written: string[] = [];
  readonly replies: { kind: string; reply: DownReply }[] = [];
  readonly connection: ProtocolConnection<unknown> = fakeDriver.open(1);
  idle = 0;
  driverErrors = 0;
  readonly link: LaneLink = {
    protocolDriver: fakeDriver,
    protocolConnection: this.connection,
    lastOrderMs: -Infinity,
    write: (frame) => {
      this.written.push(`${this.clock.nowMs() - 1_000} ${new TextDecoder().decode(frame).trim()}`);
      return true;
    },
  };
  readonly route = { deviceId, part: 0, link: this.link, lastSentMs: -Infinity };
  readonly lane = this.aLane(this.route);

  aLane(route: Bench['route'], maxQueue = 5): Lane {
    return new Lane(route, {
      clock: this.clock,
      facts: { publish: () => undefined },
      maxQueue,
      firstWrite: () => undefined,
      finished: (order, outcome) => {
        order.done(outcome, this.clock.epochMs());
      },
      driverFailed: () => this.driverErrors++,
      idle: () => this.idle++,
    });
  }

  order(command: DeviceCommand, options: { sendInMs?: number; lane?: Lane } = {}): Order {
    const request = {
      commandId: CommandId.parse(randomUUID()),
      deviceId,
      command,
      sendBefore: toInstant(this.clock.epochMs() + (options.sendInMs ?? 600_000)),
      reissued: false,
    };
    const order = new Order(request, this.clock.nowMs(), (reply) => this.replies.push({ kind: command.kind, reply }));
    (options.lane ?? this.lane).submit(order);
    return order;
  }

  device(word: string, text: string, lane = this.lane): void {
    const frames: readonly Decoded<unknown>[] = this.connection.push(Buffer.from(line(deviceId, word, text)));
    for (const frame of frames) lane.onFrame(frame, toInstant(this.clock.epochMs()));
  }

  outcomes(): (CommandOutcome & { kind: string; sends: number })[] {
    return this.replies.flatMap(({ kind, reply }) =>
      reply.stage === 'done' ? [{ kind, sends: reply.sends, ...reply.outcome }] : [],
    );
  }
}

describe('Lane', () => {
  it('A04 writes an order at once, says so, and answers with what the device said', () => {
    const bench = new Bench();
    bench.order(start());
    expect(bench.written).toEqual(['0 >D1|charge.start|']);
    expect(bench.replies).toMatchObject([{ reply: { stage: 'sent' } }]);
    bench.device('ack', 'charge.start');
    expect(bench.outcomes()).toMatchObject([{ status: 'acked', sends: 1 }]);
    expect(bench.idle).toBe(1);
  });

  it('repeats an unanswered order on the schedule of the protocol and then reports no reply', () => {
    const bench = new Bench();
    bench.order(start());
    bench.clock.advance(30_000);
    expect(bench.written).toEqual(['0 >D1|charge.start|', '15000 >D1|charge.start|']);
    expect(bench.outcomes()).toEqual([{ kind: 'charge.start', status: 'no_reply', sends: 2 }]);
  });

  it('has one order outstanding and keeps the gap of the device between two', () => {
    const bench = new Bench();
    bench.order(query);
    bench.order(start());
    bench.clock.advance(200);
    expect(bench.written).toHaveLength(1);
    bench.device('ack', 'status.query');
    expect(bench.written).toHaveLength(1);
    bench.clock.advance(300);
    expect(bench.written).toEqual(['0 >D1|status.query|', '500 >D1|charge.start|']);
  });

  it('counts the gap from any frame to the device, answers included', () => {
    const bench = new Bench();
    bench.clock.advance(1_000);
    bench.route.lastSentMs = bench.clock.nowMs() - 100;
    bench.order(start());
    expect(bench.written).toEqual([]);
    bench.clock.advance(400);
    expect(bench.written).toEqual(['1400 >D1|charge.start|']);
  });

  it('does not wait for a device that is answered without pause to fall silent', () => {
    const bench = new Bench();
    bench.clock.advance(1_000);
    bench.route.lastSentMs = bench.clock.nowMs();
    bench.order(start());
    for (let i = 0; i < 10; i++) {
      bench.clock.advance(100);
      bench.route.lastSentMs = bench.clock.nowMs();
    }
    expect(bench.written).toEqual(['1500 >D1|charge.start|']);
  });

  it('keeps the gap of the connection between orders to two devices on it', () => {
    const bench = new Bench();
    const other = bench.aLane({ ...bench.route, deviceId: DeviceId.parse('D2') });
    bench.order(query);
    bench.order(query, { lane: other });
    expect(bench.written).toHaveLength(1);
    bench.clock.advance(100);
    expect(bench.written).toEqual(['0 >D1|status.query|', '100 >D2|status.query|']);
  });

  it('sends what is most urgent first, whatever came first', () => {
    const bench = new Bench();
    bench.order(query);
    bench.order({ kind: 'device.reboot', scope: 'device' });
    bench.order(start(2, 'other'));
    bench.order(stop);
    for (const kind of ['status.query', 'charge.stop', 'charge.start', 'device.reboot']) {
      bench.clock.advance(500);
      bench.device('ack', kind);
    }
    expect(bench.written.map((entry) => entry.split('|')[1])).toEqual([
      'status.query',
      'charge.stop',
      'charge.start',
      'device.reboot',
    ]);
  });

  it.each([
    ['the same order', start(2, 'order-1')],
    ['the same port', start(1, 'another')],
  ])('withdraws a queued start of %s when a stop comes', (_name, queued) => {
    const bench = new Bench();
    bench.order(query);
    bench.order(queued);
    bench.order(stop);
    expect(bench.outcomes()).toEqual([{ kind: 'charge.start', status: 'withdrawn', reason: 'stopped', sends: 0 }]);
  });

  it('does not send a start again once its stop waits: the stop goes instead', () => {
    const bench = new Bench();
    bench.order(start());
    bench.order(stop);
    bench.clock.advance(15_000);
    expect(bench.written).toEqual(['0 >D1|charge.start|', '15000 >D1|charge.stop|']);
    expect(bench.outcomes()).toEqual([{ kind: 'charge.start', status: 'no_reply', sends: 1 }]);
  });

  it('lets a stop in between two packets of a firmware image and goes on afterwards', () => {
    const bench = new Bench();
    bench.order(firmware);
    bench.order(stop);
    bench.clock.advance(1_000);
    bench.device('ack', 'firmware.update.1');
    bench.clock.advance(1_000);
    bench.device('ack', 'charge.stop');
    for (const packet of [2, 3, 4]) {
      bench.clock.advance(1_000);
      bench.device('ack', `firmware.update.${packet}`);
    }
    expect(bench.written.map((entry) => entry.split('|')[1])).toEqual([
      'firmware.update.1',
      'charge.stop',
      'firmware.update.2',
      'firmware.update.3',
      'firmware.update.4',
    ]);
    expect(bench.outcomes()).toMatchObject([
      { kind: 'charge.stop', status: 'acked' },
      { kind: 'firmware.update', status: 'acked', sends: 4 },
    ]);
  });

  it('withdraws an order whose time ran out before its turn', () => {
    const bench = new Bench();
    bench.order(query);
    bench.order(start(), { sendInMs: 5_000 });
    bench.clock.advance(4_999);
    expect(bench.outcomes()).toEqual([]);
    bench.clock.advance(1);
    expect(bench.outcomes()).toEqual([{ kind: 'charge.start', status: 'withdrawn', reason: 'expired', sends: 0 }]);
  });

  it('answers at once what the protocol cannot do, and goes on', () => {
    const bench = new Bench();
    bench.order({ kind: 'voice.play', segmentsHex: '', interrupt: false });
    bench.order(start());
    expect(bench.outcomes()).toMatchObject([{ status: 'unsupported', reason: 'no_loudspeaker' }]);
    expect(bench.written).toHaveLength(1);
  });

  it('survives a driver that throws', () => {
    const bench = new Bench();
    bench.order({ kind: 'memory.read', address: 0, lengthBytes: 1 });
    bench.order(start());
    expect(bench.driverErrors).toBe(1);
    expect(bench.outcomes()).toMatchObject([{ status: 'invalid', reason: 'driver_error' }]);
    expect(bench.written).toHaveLength(1);
  });

  it('refuses more than the queue holds', () => {
    const bench = new Bench();
    for (let i = 0; i < 7; i++) bench.order(query);
    expect(bench.outcomes()).toEqual([{ kind: 'status.query', status: 'withdrawn', reason: 'queue_full', sends: 0 }]);
  });

  it('tells an order that was on the wire from one that was not when the device goes', () => {
    const bench = new Bench();
    bench.order(query);
    bench.order(start());
    bench.lane.end();
    expect(bench.outcomes()).toEqual([
      { kind: 'status.query', status: 'offline', sends: 1 },
      { kind: 'charge.start', status: 'offline', sends: 0 },
    ]);
    bench.clock.advance(60_000);
    expect(bench.written).toHaveLength(1);
  });

  it('takes the end of the connection for an answer where the protocol does', () => {
    const bench = new Bench();
    bench.order({ kind: 'device.reboot', scope: 'device' });
    bench.lane.end();
    expect(bench.outcomes()).toMatchObject([{ kind: 'device.reboot', status: 'acked', sends: 1 }]);
  });

  it('keeps what waits when the device comes back on another connection', () => {
    const bench = new Bench();
    bench.order(query);
    bench.order(start());
    bench.clock.advance(1_000);
    bench.lane.linkChanged();
    expect(bench.outcomes()).toEqual([{ kind: 'status.query', status: 'offline', sends: 1 }]);
    expect(bench.written).toEqual(['0 >D1|status.query|', '1000 >D1|charge.start|']);
  });

  it('tells everybody who asked for the same order', () => {
    const bench = new Bench();
    const order = bench.order(start());
    const late: DownReply[] = [];
    bench.lane.find(order.request.commandId)?.join((reply) => late.push(reply));
    bench.device('nak', 'charge.start');
    expect(late).toMatchObject([{ stage: 'sent' }, { stage: 'done', outcome: { status: 'rejected' } }]);
  });
});
