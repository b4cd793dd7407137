import type { CommandOf, DeviceId } from '@chargebus/domain';
import { fromHex, toHex } from '@chargebus/protocol-core';
import { splitFirmware } from '../src';
import vectors from '../vectors/ap3000.json';
import { factOf } from '@chargebus/protocol-core/conformance';
import type { OpenExchange } from '@chargebus/protocol-core/conformance';
import type { Ap3000Frame } from '../src';
import { Line } from './a-line';

const IMAGE = Uint8Array.from({ length: 450 }, (_, i) => (i * 7 + 3) & 0xff);
const update = (changes: Partial<CommandOf<'firmware.update'>> = {}): CommandOf<'firmware.update'> => ({
  kind: 'firmware.update',
  target: 'device',
  imageBase64: Buffer.from(IMAGE).toString('base64'),
  version: '2.06',
  deviceType: 0x21,
  ...changes,
});
const takesAll = (exchange: OpenExchange<Ap3000Frame>, total: number): OpenExchange<Ap3000Frame> => {
  for (let packet = 1; packet <= total; packet++) exchange.replied({ result: 0, packet });
  return exchange;
};
const packets = (exchange: OpenExchange<Ap3000Frame>): unknown[] =>
  exchange.writes.map((bytes) => [toHex(bytes, 11, 12), (bytes[14] ?? 0) + 256 * (bytes[15] ?? 0)]);

describe('AP3000 firmware', () => {
  it('A08 splits an image as the vectors do, with the verification packet last', () => {
    const split = splitFirmware(IMAGE, { chunkBytes: 200, verification: { deviceType: 0x21, firmwareVersion: 206 } });
    const [first, last] = ['ap-e0-down-con-1', 'ap-e0-down-con-2'].map((id) =>
      vectors.vectors.find((vector) => vector.id === id),
    );
    expect(split).toHaveLength(4);
    expect([split[0], split[3]].map((packet) => packet && toHex(packet))).toEqual(
      [first, last].map((vector) => (vector?.fields as { chunkHex: string }).chunkHex),
    );
    expect(split[2]?.subarray(50).every((byte) => byte === 0)).toBe(true);
  });

  it('A08 sends one packet after the other, each with its own message id, and ends in verifying', () => {
    const exchange = new Line().begins(update());
    expect(exchange.last).toMatchObject({ command: 'E0', fields: { totalPackets: 4, packet: 1 } });
    expect(exchange.step.waitMs).toBe(30_000);
    takesAll(exchange, 4);
    expect(exchange.outcome).toEqual({ status: 'acked', result: { totalPackets: 4, verified: false } });
    expect(packets(exchange)).toEqual([1, 2, 3, 4].map((packet) => ['e0', packet]));
    expect(new Set(exchange.writes.map((bytes) => toHex(bytes, 9, 11))).size).toBe(4);
    expect(exchange.facts.map((fact) => (fact.type === 'firmware.progress' ? [fact.phase, fact.packet] : []))).toEqual([
      ['requested', 1],
      ['sending', 1],
      ['sending', 2],
      ['sending', 3],
      ['verifying', 4],
    ]);
  });

  it('A08 repeats an unanswered packet byte by byte three times, then gives up', () => {
    const exchange = new Line().begins(update()).waits().waits().waits();
    expect(new Set(exchange.writes.map((bytes) => toHex(bytes))).size).toBe(1);
    expect(exchange.writes).toHaveLength(4);
    expect(exchange.waits().outcome).toEqual({ status: 'no_reply' });
    expect(exchange.facts.at(-1)).toMatchObject({ phase: 'failed', reason: 'no_reply' });
  });

  it('A08 sends the packet that the device wants again, and gives up when it never takes it', () => {
    const exchange = new Line().begins(update()).replied({ result: 0, packet: 1 }).replied({ result: 0, packet: 2 });
    exchange.replied({ result: 1, packet: 2 });
    expect(exchange.last.fields).toMatchObject({ packet: 2 });
    exchange.replied({ result: 1, packet: 900 });
    expect(exchange.last.fields).toMatchObject({ packet: 2 });
    exchange.replied({ result: 1, packet: 2 }).replied({ result: 1, packet: 2 });
    expect(exchange.outcome).toEqual({ status: 'rejected', reason: 'packet_error' });
  });

  it.each([
    [2, 'image_checksum'],
    [3, 'wrong_type'],
    [4, 'verification_missing'],
    [5, 'type_refused'],
    [9, 'unknown_09'],
  ])('A08 fails on result %i: %s', (result, reason) => {
    const exchange = new Line().begins(update()).replied({ result, packet: 1 });
    expect(exchange.outcome).toEqual({ status: 'rejected', reason });
    expect(factOf(exchange.facts.slice(1), 'firmware.progress')).toMatchObject({ phase: 'failed', reason });
  });

  it('A08 rebuilds the image with a verification packet when a power board asks for one', () => {
    const exchange = new Line().begins(update({ target: 'power_board' }));
    expect(exchange.last).toMatchObject({ command: 'E1', fields: { totalPackets: 3, packet: 1 } });
    exchange.replied({ result: 4, packet: 1 });
    expect(exchange.last.fields).toMatchObject({ totalPackets: 4, packet: 1 });
    expect(exchange.replied({ result: 4, packet: 1 }).outcome).toEqual({
      status: 'rejected',
      reason: 'verification_missing',
    });
  });

  it('A08 begins again at packet 1 when the device asks for the upgrade in between', () => {
    const exchange = new Line().begins(update()).replied({ result: 0, packet: 1 });
    exchange.hears('E0', { result: 0, packet: 0 }, 4000);
    expect(exchange.last.fields).toMatchObject({ packet: 1 });
    for (let i = 0; i < 3; i++) exchange.hears('E0', { result: 0, packet: 0 }, 4001 + i);
    expect(exchange.outcome).toEqual({ status: 'rejected', reason: 'restarted_too_often' });
  });

  it('A08 feeds old devices 256 bytes at a time without a verification packet, and begins again once', () => {
    const exchange = new Line().begins(update({ deviceType: 0x06 }));
    expect(exchange.last).toMatchObject({ command: 'F8', fields: { totalPackets: 2, packet: 1 } });
    exchange.replied({ result: 0, packet: 1 }).waits().waits().waits();
    expect(packets(exchange)).toEqual([1, 2, 2, 2, 1].map((packet) => ['f8', packet]));
    exchange.waits().waits().waits();
    expect(exchange.outcome).toEqual({ status: 'no_reply' });
  });

  it('A08 restarts an old device at its 0x05', () => {
    const exchange = new Line().begins(update({ deviceType: 0x06 })).replied({ result: 0, packet: 1 });
    expect(exchange.hears('05', {}).last.fields).toMatchObject({ packet: 1 });
  });

  it('A08 triggers a host first and sends packets once it is ready', () => {
    const exchange = new Line('09D62684' as DeviceId).begins(update({ target: 'host', deviceType: 0x50 }));
    expect(exchange.last).toMatchObject({ command: 'FA', fields: {} });
    exchange.replied({ result: 1, packet: 0 });
    expect(exchange.last).toMatchObject({ command: 'FA', fields: {} });
    exchange.replied({ result: 0, packet: 0 });
    expect(exchange.last).toMatchObject({ command: 'FA', fields: { totalPackets: 3, packet: 1 } });
    expect(takesAll(exchange, 3).outcome?.status).toBe('acked');
  });

  it('A08 upgrades an old host with 0xF9 and starts again at its 0x15', () => {
    const exchange = new Line('09D62684' as DeviceId).begins(update({ target: 'host', deviceType: 0x01 }));
    expect(exchange.last).toMatchObject({ command: 'F9', fields: { totalPackets: 2, packet: 1 } });
    exchange.replied({ result: 0, packet: 1 });
    expect(exchange.hears('15', {}).last.fields).toMatchObject({ packet: 1 });
  });

  it('A08 sends 0xE2 to a host for its slaves and 0xE4 to models that fetch themselves', () => {
    expect(new Line().begins(update({ target: 'slaves' })).last.command).toBe('E2');
    const self = new Line().begins(update({ target: 'self', imageBase64: null }));
    expect(self.last.command).toBe('E4');
    expect(self.outcome).toMatchObject({ status: 'acked' });
  });

  it.each([
    [{ deviceType: 0x31 }, 'unsupported'], // seen on real sockets, named in no table
    [{ deviceType: null }, 'unsupported'],
    [{ target: 'host', deviceType: 0x55 }, 'unsupported'],
    [{ imageBase64: null }, 'invalid'],
    [{ imageBase64: '***' }, 'invalid'],
    [{ imageBase64: '' }, 'invalid'],
  ] as const)('A08 refuses %j as %s', (changes, status) => {
    expect(new Line().refuses(update(changes))).toMatchObject({ status });
  });

  it('A08 knows the type of a device that registered, and tells LoRa from RS-485 by its firmware', () => {
    const line = new Line();
    line.says('20', { firmwareVersion: 126, portCount: 2, virtualId: 1, deviceType: 2, workMode: 0 });
    expect(line.begins(update({ deviceType: null })).last.command).toBe('E0');
    const wired = new Line();
    wired.says('20', { firmwareVersion: 226, portCount: 2, virtualId: 1, deviceType: 2, workMode: 0 });
    expect(wired.begins(update({ deviceType: null })).last.command).toBe('F8');
  });

  it('A08 runs one upgrade at a time on a connection: slaves share the bus', () => {
    const line = new Line();
    const exchange = line.begins(update());
    expect(line.refuses(update())).toMatchObject({ status: 'withdrawn' });
    takesAll(exchange, 4);
    expect(line.begins(update()).last.command).toBe('E0');
  });

  it('tells percents, not packets, of a large image', () => {
    const image = Buffer.alloc(200 * 1000).toString('base64');
    const exchange = takesAll(new Line().begins(update({ imageBase64: image, version: null })), 1000);
    expect(exchange.facts.length).toBeLessThan(110);
    expect(exchange.outcome?.status).toBe('acked');
    expect(fromHex(toHex(exchange.writes[999] ?? new Uint8Array(0)))).toHaveLength(218);
  });
});
