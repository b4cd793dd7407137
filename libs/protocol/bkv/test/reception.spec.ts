import type { DeviceId } from '@chargebus/domain';
import { fromHex, toHex } from '@chargebus/protocol-core';
import fc from 'fast-check';
import { bkvDriver, decodeFrame, encodeFrame, kvTree } from '../src';
import { orderModeOf, cardModeOf } from '../src/tables/charge-modes';
import { endReasonOf, jackStateOf, portStateOf } from '../src/tables/jack-status';
import { toJack, toPortNo } from '../src/tables/ports';
import { NOW_MS } from '@chargebus/protocol-core/conformance';
import { endReport, Line, without } from './a-line';
import { fileVectors, UNWRITABLE, vectorFile } from './vectors';

const gatewayIn = (hex: string): DeviceId => hex.slice(22, 36) as DeviceId;
const replies = fileVectors.filter(({ valid, direction }) => valid && direction === 'up');

describe('what a BKV gateway is answered', () => {
  it.each(replies)('A17 answers $id as the page says', ({ hex, reply, replyAt }) => {
    const line = new Line(gatewayIn(hex));
    if (replyAt !== undefined) line.atMs = Date.parse(`${replyAt}+08:00`);
    const { answer } = line.receives(fromHex(hex));
    const said = answer.when === 'now' || answer.when === 'stored' ? toHex(answer.bytes) : null;
    expect(said).toBe(reply ?? null);
  });
  it('answers a settlement only once it is stored', () => {
    expect(new Line().says('0015/02', endReport(9)).answer.when).toBe('stored');
  });
  it('acknowledges a repeated end with both forms under the same fact, although its power has changed', () => {
    const line = new Line();
    const first = line.says('0015/02', endReport(9));
    line.atMs += 11_000;
    const second = line.says('0015/02', endReport(9, 0xb0, 0));
    expect(second.facts.map(({ id }) => id)).toEqual(first.facts.map(({ id }) => id));
    if (first.answer.when !== 'stored' || second.answer.when !== 'stored') throw new Error('not stored');
    const echo = second.answer.bytes.subarray(first.answer.bytes.length);
    expect(decodeFrame(echo, 'down')).toMatchObject({ ok: true, frame: { command: '0015/02' } });
  });
  it('keeps the id of a settlement across connections, and gives a new one a day later', () => {
    const later = new Line();
    later.atMs += 25 * 3_600_000;
    const idOf = (line: Line): string | undefined => line.says('0015/02', endReport(9)).facts[0]?.id;
    const id = idOf(new Line());
    expect(idOf(new Line())).toBe(id);
    expect(idOf(later)).not.toBe(id);
  });
});

describe('what frames of a BKV gateway mean', () => {
  const meaning = (id: string) => {
    const hex = fileVectors.find((one) => one.id === id)?.hex ?? '';
    return new Line(gatewayIn(hex)).receives(fromHex(hex)).facts;
  };
  it('registers a gateway with its first heartbeat and when it changed', () => {
    expect(meaning('hb-up-guide')).toMatchObject([
      { type: 'device.registered', iccid: '89860463112070319417', firmwareVersion: 'cV.1r46' },
      { type: 'device.heartbeat', signal: 31 },
    ]);
    const line = new Line();
    const beat = (firmware: string) => {
      line.atMs += 60_000;
      return line.says('0000', { iccid: '89860463112070319417', firmware, rssi: 20 }).facts.map(({ type }) => type);
    };
    expect([beat('a'), beat('a'), beat('b')]).toEqual([
      ['device.registered', 'device.heartbeat'],
      ['device.heartbeat'],
      ['device.registered', 'device.heartbeat'],
    ]);
  });
  it.each([
    ['status-1017-up-guide', ['idle', 'idle'], [null, null]],
    ['status-1017-up-cap-charging', ['charging', 'idle'], [null, null]],
    ['status-1017-up-offline', ['unknown', 'unknown'], [null, null]],
    ['status-1017-up-fault', ['fault', 'fault'], ['overheat', 'meter_fault']],
  ] as const)('reads the ports of %s', (id, states, faults) => {
    const [status] = meaning(id);
    if (status?.type !== 'port.status') throw new Error('no status');
    expect(status.ports.map(({ state }) => state)).toEqual(states);
    expect(status.ports.map(({ fault }) => fault)).toEqual(faults);
  });
  it.each([
    ['end-up-cap-b0-40w', { portNo: 1, energyWh: 0, durationS: 60, endReason: 'target_reached', endClass: 'planned' }],
    ['end-up-guide-noload', { portNo: 3, energyWh: 80, durationS: 2_700, endReason: 'no_load', endClass: 'stopped' }],
    ['end-up-a0', { portNo: 10, energyWh: 412, endReason: 'full', endClass: 'planned', fault: null }],
    ['end-up-overcurrent', { portNo: 9, energyWh: 33, endClass: 'fault', fault: 'overcurrent' }],
    ['power-end-up-two-tiers', { portNo: 2, energyWh: 402, attributes: { costFen: 75, tierMinutes: [60, 60] } }],
    ['card-end-power-up-guide', { portNo: 130, source: 'card', cardId: '000000000002', attributes: { costFen: 2 } }],
    [
      'fee-end-1004-up-guide',
      { portNo: 1, durationS: 60, endedAt: '2024-08-23T02:17:29.000Z', attributes: { rawReason: 8 } },
    ],
  ])('settles %s', (id, expected) => {
    expect(meaning(id)).toMatchObject([{ type: 'charge.settled', orderRef: null, ...expected }]);
  });
  it('reads an end in the future as one on arrival', () => {
    const hex = fileVectors.find(({ id }) => id === 'power-end-up-two-tiers')?.hex ?? '';
    expect(new Line(gatewayIn(hex)).receives(fromHex(hex)).facts).toMatchObject([
      { endedAt: new Date(NOW_MS).toISOString() },
    ]);
  });
  it('opens a vendor fault and closes it with the same code', () => {
    const hex = fileVectors.find(({ id }) => id === 'fault-1010-up-guide')?.hex ?? '';
    const line = new Line(gatewayIn(hex));
    expect(line.receives(fromHex(hex)).facts).toMatchObject([
      {
        type: 'device.fault',
        token: 'vendor_8_socket_2',
        details: { scope: 'socket', code: 'vendor_8', active: false },
      },
    ]);
    line.atMs += 60_000;
    expect(line.receives(fromHex(hex)).facts).toMatchObject([
      { type: 'device.fault_cleared', token: 'vendor_8_socket_2' },
    ]);
  });
  it('says nothing about a device event', () => {
    expect(meaning('event-1013-up-a')).toEqual([]);
  });
  it('reads a container with a tag that no document knows', () => {
    const vector = fileVectors.find(({ id }) => id === UNWRITABLE);
    const fields = without(vector?.fields ?? {}, 'serial', 'gatewayId', 'sub');
    expect(decodeFrame(fromHex(vector?.hex ?? ''), 'up')).toMatchObject({ ok: true, frame: { fields } });
  });
  it('keeps what no document explains as a rejected frame and answers nothing', () => {
    const { facts, answer } = new Line().says('0015/7E', { params: 'cafe' });
    expect(facts).toMatchObject([{ type: 'frame.rejected', reason: 'unknown_command', command: '0015/7E' }]);
    expect(answer.when).toBe('never');
  });
  it.each([
    ['inner_length', '0015/02', -1],
    ['body_length', '0015/02', -4],
  ])('A19 refuses a body with %s and keeps it as a settlement', (error, command, cut) => {
    const line = new Line();
    const whole = line.frame(command, endReport(9), 0);
    const bytes = error === 'body_length' ? shortened(whole, -cut) : wrongInner(whole);
    expect(line.receive(line.decoded(bytes)).facts).toMatchObject([
      { type: 'frame.rejected', reason: error, isSettlement: true },
    ]);
  });
  it('names the down frame with a wrong inner length', () => {
    const bad = fileVectors.find(({ id }) => id === 'bad-query-inner-length');
    expect(decodeFrame(fromHex(bad?.hex ?? ''), 'down')).toEqual({ ok: false, error: 'inner_length' });
  });
  it('takes no frame of the other direction for one of a device', () => {
    const [down] = fileVectors.filter(({ direction, valid }) => valid && direction === 'down');
    expect(decodeFrame(fromHex(down?.hex ?? ''), 'up')).toEqual({ ok: false, error: 'direction' });
    expect(bkvDriver.open(1).push(fromHex(down?.hex ?? ''))).toEqual([]);
  });
  it('leaves stand-alone products of the vendor to others', () => {
    expect(bkvDriver.recognise(fromHex('fcfe0030040101'))).toBe('no');
    expect(bkvDriver.recognise(fromHex('444e59'))).toBe('no');
    expect(bkvDriver.recognise(fromHex('fcfe0030'))).toBe('more');
  });
});

/** The same frame with its inner length one too high. */
function wrongInner(frame: Uint8Array): Uint8Array {
  const bytes = Uint8Array.from(frame);
  bytes[19] = (bytes[19] ?? 0) + 1;
  bytes[bytes.length - 3] = ((bytes[bytes.length - 3] ?? 0) + 1) & 0xff;
  return bytes;
}
/** A frame whose body ends early, everything else being right. */
function shortened(frame: Uint8Array, by: number): Uint8Array {
  const decoded = decodeFrame(frame, 'up');
  if (!decoded.ok) throw new Error(decoded.error);
  const params = toHex(frame, 21, frame.length - 3 - by);
  const odd = encodeFrame({ ...decoded.frame, command: '0015/7F', direction: 'up', fields: { params } });
  odd[20] = 0x02;
  odd[odd.length - 3] = ((odd[odd.length - 3] ?? 0) + 0x02 - 0x7f) & 0xff;
  return odd;
}

describe('containers', () => {
  it.each(vectorFile.kv)('reads $id', ({ hex, tree }) => {
    expect(kvTree(fromHex(hex))).toEqual(tree);
  });
  it('never throws, whatever the bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void kvTree(bytes)));
  });
});

describe('tables', () => {
  it('know a state, an end and a mode for every byte', () => {
    for (let byte = 0; byte < 256; byte++) {
      for (const token of [
        jackStateOf(byte),
        portStateOf(byte),
        endReasonOf(byte),
        orderModeOf(byte),
        cardModeOf(byte),
      ])
        expect(token).toEqual(expect.any(String));
    }
    expect([0x80, 0x90, 0x98, 0xb0, 0xa0, 0x00, 0x94].map(jackStateOf)).toEqual([
      'idle',
      'charging',
      'charging',
      'finishing',
      'finishing',
      'offline',
      'fault',
    ]);
  });
  it('number 500 ports, there and back', () => {
    for (let portNo = 1; portNo <= 500; portNo++) {
      const { socketNo, jack } = toJack(portNo);
      expect(toPortNo(socketNo, jack)).toBe(portNo);
    }
    expect([toPortNo(0, 0), toPortNo(251, 0), toPortNo(1, 0x7f), toPortNo(65, 1)]).toEqual([null, null, null, 130]);
  });
});
