import { ocpp16Driver } from '../src/v16/driver';
import { DeviceId, toInstant } from '@chargebus/domain';
import type { Reception } from '@chargebus/protocol-core';
import { acked, ask } from '../src/connection/ask';
import { OcppConnection } from '../src/connection/ocpp-connection';
import { now, stored } from '../src/connection/version';
import type { Meant, OcppVersion, StationCall, StationSide } from '../src/connection/version';
import { CODES_16, CODES_201 } from '../src/rpc/defects';
import { MessageIds } from '../src/rpc/message-id';
import { validators as v16 } from '../src/schemas/generated/v16';
import { validators as v201 } from '../src/schemas/generated/v201';

const AT_MS = Date.UTC(2026, 0, 2, 3, 4, 5);
const station = DeviceId.parse('CP-1');
const actions = (validators: object): string[] =>
  Object.keys(validators).flatMap((name) => (name.endsWith('Request') ? [name.slice(0, -'Request'.length)] : []));
const common = { settlements: new Set(['StopTransaction']), nullIsEmpty: true };
const heard = new Set(['Heartbeat', 'StatusNotification', 'StopTransaction', 'MeterValues', 'BootNotification']);
const VERSION_16: OcppVersion = {
  ...common,
  codes: CODES_16,
  validators: v16,
  stationActions: heard,
  platformActions: new Set(actions(v16).filter((action) => !heard.has(action))),
  keyFields: {
    StopTransaction: ['transactionId', 'meterStop', 'timestamp'],
    MeterValues: ['connectorId', 'transactionId'],
  },
};
const VERSION_201: OcppVersion = {
  ...VERSION_16,
  codes: CODES_201,
  validators: v201,
  stationActions: new Set([...heard, 'TransactionEvent', 'Authorize']),
  platformActions: new Set(['Reset']),
};

class Echo implements StationSide {
  readonly isAccepted = true;
  readonly calls: StationCall[] = [];
  hear(call: StationCall): Meant {
    this.calls.push(call);
    const payload = call.action === 'Heartbeat' ? { currentTime: call.at } : {};
    return { facts: [], reply: call.action === 'StopTransaction' ? stored(payload) : now(payload) };
  }
  begin() {
    return ask('GetLocalListVersion', {}, { judge: (answer) => acked({ ...answer }) });
  }
}

class Bench {
  readonly side = new Echo();
  readonly connection;
  constructor(version: OcppVersion, seed = 1) {
    this.connection = new OcppConnection(version, this.side, station, seed);
  }
  receives(text: string): Reception[] {
    const decoded = this.connection.push(new TextEncoder().encode(text));
    return decoded.map((one) => this.connection.receive(one, toInstant(AT_MS), AT_MS));
  }
  /** Kind, id and code of an error. */
  refusal(message: unknown): unknown {
    return (this.answers(message) as readonly unknown[]).slice(0, 3);
  }
  /** What was answered; undefined: nothing. */
  answers(message: unknown): unknown {
    const [reception] = this.receives(typeof message === 'string' ? message : JSON.stringify(message));
    const { answer } = reception ?? {};
    if (answer === undefined || answer.when === 'never') return undefined;
    return JSON.parse(new TextDecoder().decode('bytes' in answer ? answer.bytes : answer.encode(null)!));
  }
}
const status = { connectorId: 1, errorCode: 'NoError', status: 'Available' };
const nested = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;

describe('a message for people', () => {
  const view = (message: unknown) => ocpp16Driver.view(new TextEncoder().encode(JSON.stringify(message)), 'down');
  const shown = (message: unknown): string => new TextDecoder().decode(view(message).bytes);

  it.each([
    [2, 'a', 'ChangeConfiguration', { key: 'AuthorizationKey', value: 'secret' }],
    [3, 'a', { configurationKey: [{ key: 'authorizationkey', readonly: false, value: 'secret' }] }],
    [
      2,
      'a',
      'SetVariables',
      { setVariableData: [{ variable: { name: 'BasicAuthPassword' }, attributeValue: 'secret' }] },
    ],
    [2, 'a', 'GetLog', { log: { remoteLocation: 'ftp://user:secret@host/path' } }],
    [
      2,
      'a',
      'SetNetworkProfile',
      { connectionData: { vpn: { server: 's', user: 'u', password: 'secret', key: 'secret' } } },
    ],
  ])('A18 hides what is secret in %j', (...message) => {
    expect(shown(message)).not.toContain('secret');
    expect(JSON.stringify(view(message).fields)).not.toContain('secret');
    expect(view(message)).toMatchObject({ messageId: 'a', error: null });
  });
  it('A18 leaves everything else as it was sent', () => {
    const text = '[2, "a","Heartbeat", {}]';
    expect(view([2, 'a', 'ChangeConfiguration', { key: 'HeartbeatInterval', value: '60' }]).fields).toEqual({
      key: 'HeartbeatInterval',
      value: '60',
    });
    const bytes = new TextEncoder().encode(text);
    expect(ocpp16Driver.view(bytes, 'up').bytes).toBe(bytes);
    expect(ocpp16Driver.view(new TextEncoder().encode('no JSON'), 'up')).toMatchObject({ error: 'no_message' });
  });
});

describe('OCPP messages', () => {
  it.each([
    ['no JSON', '{', '-1', 'FormationViolation', 'RpcFrameworkError'],
    ['no array', '{"a":1}', '-1', 'FormationViolation', 'RpcFrameworkError'],
    ['a text for a type', '["2","a","Heartbeat",{}]', '-1', 'FormationViolation', 'RpcFrameworkError'],
    ['an unreadable id', '[2,7,"Heartbeat",{}]', '-1', 'FormationViolation', 'RpcFrameworkError'],
    ['a long id', `[2,"${'i'.repeat(37)}","Heartbeat",{}]`, '-1', 'FormationViolation', 'RpcFrameworkError'],
    ['an unknown type', '[9,"a","Heartbeat",{}]', 'a', null, 'MessageTypeNotSupported'],
    ['an unknown action', '[2,"a","heartbeat",{}]', 'a', 'NotImplemented', 'NotImplemented'],
    ['an action of ours', '[2,"a","Reset",{"type":"Soft"}]', 'a', 'NotSupported', 'NotSupported'],
    ['a payload that is no object', '[2,"a","Heartbeat",[]]', 'a', 'FormationViolation', 'FormatViolation'],
    ['a surplus property', '[2,"a","Heartbeat",{"x":1}]', 'a', 'FormationViolation', 'FormatViolation'],
    [
      'nesting without end',
      `[2,"a","Heartbeat",{"x":${nested(20_000)}}]`,
      'a',
      'FormationViolation',
      'FormatViolation',
    ],
  ])('A11 answers %s with the code of the version', (_name, text, id, code16, code201) => {
    const expected = (code: string | null): unknown =>
      code === null ? undefined : [4, id, code, expect.any(String), {}];
    expect(new Bench(VERSION_16).answers(text)).toEqual(expected(code16));
    expect(new Bench(VERSION_201).answers(text)).toEqual(expected(code201));
  });

  it.each([
    ['a missing property', { connectorId: 1, status: 'Available' }, 'OccurenceConstraintViolation'],
    ['a wrong type', { ...status, connectorId: '1' }, 'TypeConstraintViolation'],
    ['a word outside the enumeration', { ...status, status: 'Broken' }, 'PropertyConstraintViolation'],
    ['a text that is too long', { ...status, info: 'x'.repeat(101) }, 'PropertyConstraintViolation'],
    ['a date that is none', { ...status, timestamp: '2026-02-30T00:00:00Z' }, 'PropertyConstraintViolation'],
    ['two defects by the first', { status: 'Broken', connectorId: '1' }, 'PropertyConstraintViolation'],
    ['a surplus property before a wrong type', { x: 1, ...status, connectorId: '1' }, 'FormationViolation'],
  ])('A11 answers %s with its code', (_name, payload, code) => {
    expect(new Bench(VERSION_16).refusal([2, 'a', 'StatusNotification', payload])).toEqual([4, 'a', code]);
  });

  it('A11 spells the occurrence code as each version does', () => {
    const missing = [2, 'a', 'StatusNotification', {}];
    expect(new Bench(VERSION_16).refusal(missing)).toEqual([4, 'a', 'OccurenceConstraintViolation']);
    expect(new Bench(VERSION_201).refusal(missing)).toEqual([4, 'a', 'OccurrenceConstraintViolation']);
  });

  it('takes null for an empty payload, a time without a zone, and ignores empty messages', () => {
    const bench = new Bench(VERSION_16);
    expect(bench.answers('[2,"a","Heartbeat",null]')).toEqual([3, 'a', { currentTime: toInstant(AT_MS) }]);
    expect(bench.answers([2, 'b', 'StatusNotification', { ...status, timestamp: '2026-01-02T03:04:05' }])).toEqual([
      3,
      'b',
      {},
    ]);
    expect(bench.receives('')).toEqual([]);
  });

  it('never answers answers', () => {
    const bench = new Bench(VERSION_201);
    for (const text of ['[3,"x",{}]', '[4,"x","InternalError","",{}]', '[3]', '[4,7]', '[3,"x"]'])
      expect(bench.answers(text)).toBeUndefined();
  });

  it('gives a repeated call the same answer and does nothing', () => {
    const bench = new Bench(VERSION_16);
    const call = '[2,"a","Heartbeat",{}]';
    expect(bench.answers(call)).toEqual(bench.answers(call));
    expect(bench.side.calls).toHaveLength(1);
    expect(bench.refusal('[2,"a","Heartbeat",null]')).toEqual([4, 'a', 'ProtocolError']);
    expect(new Bench(VERSION_201).answers(call)).toEqual([3, 'a', { currentTime: toInstant(AT_MS) }]);
  });

  it('stores what it answers late again when it is asked again', () => {
    const bench = new Bench(VERSION_16);
    const stop = { transactionId: 5, meterStop: 10, timestamp: '2026-01-02T03:04:05Z' };
    const call = JSON.stringify([2, 'a', 'StopTransaction', stop]);
    bench.receives(call);
    const [again] = bench.receives(call);
    expect(again?.answer.when).toBe('stored');
    expect(bench.side.calls).toHaveLength(2);
  });

  it('remembers the last 128 calls', () => {
    const bench = new Bench(VERSION_16);
    for (let i = 0; i < 129; i++) bench.answers([2, `id${i}`, 'Heartbeat', {}]);
    bench.answers([2, 'id128', 'Heartbeat', {}]);
    expect(bench.side.calls).toHaveLength(129);
    bench.answers([2, 'id0', 'Heartbeat', {}]);
    expect(bench.side.calls).toHaveLength(130);
  });

  it('drops what a transaction message can do without, and refuses only broken key fields', () => {
    const bench = new Bench(VERSION_16);
    const stop = { transactionId: 5, meterStop: 10.4, timestamp: '2026-01-02T03:04:05' };
    const odd = {
      ...stop,
      idTag: 'x'.repeat(30),
      reason: 'Earthquake',
      vendor: 1,
      transactionData: [{ timestamp: 'yesterday', sampledValue: [] }],
    };
    expect(bench.answers([2, 'a', 'StopTransaction', odd])).toEqual([3, 'a', {}]);
    expect(bench.side.calls[0]?.payload).toEqual({ ...stop, transactionData: [] });
    expect(bench.side.calls[0]?.dropped).toHaveLength(4);
    expect(bench.refusal([2, 'b', 'StopTransaction', { ...stop, meterStop: 'ten' }])).toEqual([
      4,
      'b',
      'TypeConstraintViolation',
    ]);
    const values = [
      { value: '1', unit: 'furlong' },
      { value: 7 },
      { value: '2', unit: 'Hertz', measurand: 'Frequency' },
    ];
    const meter = { connectorId: 1, meterValue: [{ timestamp: '2026-01-02T03:04:05Z', sampledValue: values }] };
    expect(bench.answers([2, 'c', 'MeterValues', meter])).toEqual([3, 'c', {}]);
    expect(bench.side.calls[1]?.payload).toEqual({
      ...meter,
      meterValue: [{ ...meter.meterValue[0], sampledValue: values.slice(1) }],
    });
  });

  it('keeps what it refused for people to read', () => {
    const [reception] = new Bench(VERSION_16).receives('[2,"a","StopTransaction",{}]');
    expect(reception?.facts).toMatchObject([
      {
        type: 'frame.rejected',
        command: 'StopTransaction',
        isSettlement: true,
        reason: 'required /transactionId',
      },
    ]);
  });
});

describe('OCPP calls of ours', () => {
  const begin = (bench: Bench) => {
    const begun = bench.connection.begin(station, { kind: 'local_list.version' }, false);
    if ('status' in begun) throw new Error('refused');
    return begun;
  };
  const idOf = (sent: readonly Uint8Array[] | undefined): string => {
    const [, id] = JSON.parse(new TextDecoder().decode(sent?.[0])) as [number, string];
    return id;
  };
  const says = (bench: Bench, message: unknown) =>
    bench.connection.push(new TextEncoder().encode(JSON.stringify(message)))[0]!;

  it('are over with their answer', () => {
    const bench = new Bench(VERSION_16);
    const exchange = begin(bench);
    const id = idOf(exchange.start(AT_MS).send);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(exchange.onFrame(says(bench, [3, 'another', { listVersion: 1 }]), toInstant(AT_MS), AT_MS)).toBeNull();
    expect(exchange.onFrame(says(bench, [3, id, { listVersion: 7 }]), toInstant(AT_MS), AT_MS)).toMatchObject({
      finish: { status: 'acked', result: { listVersion: 7 } },
    });
  });

  it.each([
    ['NotImplemented', { status: 'unsupported', reason: 'not_implemented', of: 'model' }],
    ['NotSupported', { status: 'unsupported', reason: 'not_supported', of: 'model' }],
    ['InternalError', { status: 'rejected', reason: 'internal_error: no' }],
  ])('A11 take the error %s for what it says', (code, finish) => {
    const bench = new Bench(VERSION_16);
    const exchange = begin(bench);
    const id = idOf(exchange.start(AT_MS).send);
    expect(exchange.onFrame(says(bench, [4, id, code, 'no', {}]), toInstant(AT_MS), AT_MS)).toMatchObject({ finish });
  });

  it('take an answer against the schema for a refusal', () => {
    const bench = new Bench(VERSION_16);
    const exchange = begin(bench);
    const id = idOf(exchange.start(AT_MS).send);
    expect(exchange.onFrame(says(bench, [3, id, { listVersion: 'x' }]), toInstant(AT_MS), AT_MS)).toMatchObject({
      finish: { status: 'rejected', reason: 'invalid_response' },
    });
  });

  it('ask once more, give up, and note an answer that comes late', () => {
    const bench = new Bench(VERSION_16);
    const exchange = begin(bench);
    const first = exchange.start(AT_MS);
    const second = exchange.onTimeout(AT_MS + 30_000);
    expect(idOf(second.send)).not.toBe(idOf(first.send));
    expect(exchange.onTimeout(AT_MS + 60_000)).toMatchObject({ finish: { status: 'no_reply' } });
    const late = says(bench, [3, idOf(second.send), { listVersion: 7 }]);
    expect(exchange.onFrame(late, toInstant(AT_MS), AT_MS)).toBeNull();
    expect(bench.connection.receive(late, toInstant(AT_MS + 90_000), AT_MS + 90_000).facts).toMatchObject([
      { type: 'device.notice', topic: 'late_answer', details: { action: 'GetLocalListVersion', afterMs: 30_000 } },
    ]);
  });

  it('have ids that no other connection has', () => {
    const ids = [1, 2, 3].flatMap((seed) => {
      const names = new MessageIds('CP-1', seed);
      return Array.from({ length: 2_000 }, () => names.next(AT_MS));
    });
    expect(new Set(ids).size).toBe(ids.length);
  });
});
