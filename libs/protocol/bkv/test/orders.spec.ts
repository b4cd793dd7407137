import { DeviceId } from '@chargebus/domain';
import type { DeviceCommand } from '@chargebus/domain';
import { toHex } from '@chargebus/protocol-core';
import { NOW_MS } from '@chargebus/protocol-core/conformance';
import { ACCEPTED, endReport, jackReport, Line, ORDER, sentAs, start, stop } from './a-line';
import { vectorFile } from './vectors';

const commandHex = (id: string): string => vectorFile.commands.find((one) => one.id === id)?.hex ?? '';
const serialOf = (id: string): string => vectorFile.commands.find((one) => one.id === id)?.serial ?? '';
const gatewayOf = (id: string): DeviceId => DeviceId.parse(vectorFile.commands.find((one) => one.id === id)?.gatewayId);

const tiers = [
  { powerW: 200, priceFen: 25, minutes: 60 },
  { powerW: 400, priceFen: 50, minutes: 60 },
  { powerW: 600, priceFen: 100, minutes: 60 },
  { powerW: 800, priceFen: 150, minutes: 60 },
  { powerW: 2000, priceFen: 500, minutes: 120 },
];
const energy = { primaryLimit: 'energy', durationLimitS: null, energyLimitWh: 1_500 } as const;
const nodes = [
  { socketNo: 1, mac: '450030700247' },
  { socketNo: 2, mac: '450030700743' },
  { socketNo: 3, mac: '350030701247' },
  { socketNo: 4, mac: '259102402320' },
];
const params = {
  fullChargeDelayS: 7200,
  nullChargeDelayS: 120,
  fullChargePowerW: 10,
  nullChargePowerW: 0.8,
  tempThresholdC: 85,
  powerLimitW: 700,
  maxChargeMin: 600,
};
const ORDERS: readonly (readonly [string, DeviceCommand])[] = [
  ['cmd-start-time', start({ durationLimitS: 14_400 })],
  ['cmd-start-energy', start({ portNo: 6, ...energy })],
  ['cmd-start-power', start({ portNo: 1, tariff: { kind: 'power_tiers', amountFen: 100, tiers } })],
  [
    'cmd-start-fee',
    start({
      portNo: 1,
      tariff: {
        kind: 'service_fee',
        amountFen: 100,
        serviceFeeBy: 'energy',
        tiers: [{ until: '23:59', electricityFenPerKwh: 50, serviceFenPerUnit: 50 }],
      },
    }),
  ],
  ['cmd-stop', stop],
  ['cmd-status-query', { kind: 'status.query', portNo: 2 }],
  ['cmd-params-set', { kind: 'params.set', group: 'socket:2', values: params }],
  ['cmd-params-get', { kind: 'params.get', group: 'socket:9' }],
  ['cmd-network-refresh', { kind: 'network.refresh', channel: 4, nodes }],
  ['cmd-network-add', { kind: 'network.add', socketNo: 18, mac: '450030700999' }],
  ['cmd-network-remove', { kind: 'network.remove', socketNo: 3 }],
  [
    'cmd-voice',
    { kind: 'voice.set', portNo: 2, buzzer: false, voice: false, periods: [{ start: '00:00', end: '23:59' }] },
  ],
  [
    'cmd-firmware',
    {
      kind: 'firmware.update',
      target: 'device',
      imageBase64: null,
      version: null,
      deviceType: null,
      source: { location: 'ftp://101.37.145.162/GV.8r12.OTA' },
    },
  ],
];

describe('orders to a BKV gateway', () => {
  it.each(ORDERS)('puts %s on the wire as the page says', (id, command) => {
    const exchange = new Line(gatewayOf(id)).begins(command);
    expect(sentAs(exchange, serialOf(id))).toBe(commandHex(id));
  });
  it('sends power tiers in the other outer command where the model wants it', () => {
    const line = new Line(undefined, { powerTierOuterCommand: '0015' });
    const tariff = { kind: 'power_tiers', amountFen: 200, tiers: tiers.slice(0, 2) } as const;
    const exchange = line.begins(start({ portNo: 2, tariff }));
    expect(sentAs(exchange, serialOf('cmd-start-power-0015'))).toBe(commandHex('cmd-start-power-0015'));
  });

  it('E14 carries a start, its samples, a stop and the settlement under one order reference', () => {
    const line = new Line();
    const exchange = line.begins(start());
    exchange.hears('0015/07', { ok: true, socketNo: 2, jack: 0, businessNo: 9 });
    expect(exchange.outcome).toMatchObject({ status: 'acked', result: { businessNo: 9 } });
    expect(exchange.facts).toMatchObject([
      { type: 'charge.replied', portNo: 3, orderRef: ORDER, action: 'start', executed: true },
    ]);
    expect(line.says('0015/1C', jackReport(2, 0, 0x90, 9)).facts).toMatchObject([
      { type: 'port.status', ports: [{ portNo: 3, state: 'charging', fault: null }] },
      { type: 'charge.progress', portNo: 3, orderRef: ORDER, source: 'platform', energyWh: 7, durationS: 300 },
    ]);
    const stopping = line.begins(stop).hears('0015/07', { ok: true, socketNo: 2, jack: 0, businessNo: 9 });
    expect(stopping.outcome).toMatchObject({ status: 'acked' });
    expect(line.says('0015/02', endReport(9, 0xa0)).facts).toMatchObject([
      { type: 'charge.settled', portNo: 3, orderRef: ORDER, energyWh: 412, endReason: 'remote', endClass: 'stopped' },
    ]);
  });

  it('tells a refusal and forgets the order', () => {
    const line = new Line();
    const exchange = line.begins(start()).hears('0015/07', { ok: false, socketNo: 2, jack: 0, businessNo: 0 });
    expect(exchange.outcome).toEqual({ status: 'rejected', reason: 'start_refused' });
    expect(exchange.facts).toMatchObject([{ executed: false, reason: 'start_refused', orderRef: ORDER }]);
    expect(line.says('0015/1C', jackReport(2, 0, 0x90, 9)).facts[1]).toMatchObject({ orderRef: null });
  });

  it('asks the socket after a lost answer and recognises the order by what it reports', () => {
    const exchange = new Line().begins(start()).waits();
    expect(exchange.last).toMatchObject({ command: '0015/1D', fields: { socketNo: 2 } });
    exchange.hears('0015/1C', jackReport(2, 0, 0x90, 11));
    expect(exchange.outcome).toMatchObject({ status: 'acked', result: { evidence: 'status', businessNo: 11 } });
    expect(exchange.facts[1]).toMatchObject({ type: 'charge.progress', orderRef: ORDER });
  });
  it('never sends a start twice: an idle socket after silence is no reply', () => {
    const exchange = new Line().begins(start()).waits();
    exchange.hears('0015/1C', jackReport(2, 0, 0x80), 0);
    expect(exchange.outcome).toEqual({ status: 'no_reply' });
    expect(exchange.writes).toHaveLength(2);
  });
  it('asks before it sends a start that may have gone out before', () => {
    const running = new Line().begins(start(), true);
    expect(running.last.command).toBe('0015/1D');
    expect(running.hears('0015/1C', jackReport(2, 0, 0x90, 5)).outcome).toMatchObject({ status: 'acked' });
    const idle = new Line().begins(start(), true).hears('0015/1C', jackReport(2, 0, 0x80));
    expect(idle.last.command).toBe('0015/07');
  });
  it('refuses a start at a jack that reports to be busy, without a frame', () => {
    const line = new Line();
    line.says('0015/1C', jackReport(2, 0, 0x90, 5));
    const exchange = line.begins(start());
    expect(exchange.writes).toEqual([]);
    expect(exchange.outcome).toEqual({ status: 'rejected', reason: 'port_charging' });
    expect(exchange.facts).toMatchObject([{ type: 'charge.replied', executed: false, reason: 'port_charging' }]);
  });
  it('settles an order whose start was never answered under its reference', () => {
    const line = new Line();
    line.begins(start());
    expect(line.says('0015/02', endReport(12)).facts).toMatchObject([{ orderRef: ORDER, endReason: 'time_reached' }]);
  });
  it.each([
    [3_600, 'time_reached', 'planned'],
    [7_200, 'unknown', 'stopped'],
  ])('takes an end without a reason after 60 min of %i s ordered for %s', (durationLimitS, endReason, endClass) => {
    const line = new Line();
    line.begins(start({ durationLimitS }));
    expect(line.says('0015/02', endReport(12, 0x80)).facts).toMatchObject([{ orderRef: ORDER, endReason, endClass }]);
  });
  it('gives the end of another order than the known one a reference of its own', () => {
    const line = new Line();
    line.begins(start()).hears('0015/07', { ok: true, socketNo: 2, jack: 0, businessNo: 9 });
    expect(line.says('0015/02', endReport(8)).facts[0]).not.toMatchObject({ orderRef: ORDER });
    expect(line.says('0015/02', endReport(9)).facts[0]).toMatchObject({ orderRef: ORDER });
  });
  it('takes an end report for the answer to a stop', () => {
    const line = new Line();
    const stopping = line.begins(stop).hears('0015/02', endReport(9), 0);
    expect(stopping.outcome).toMatchObject({ status: 'acked', result: { evidence: 'settlement' } });
  });

  it('stops a service-fee order in the form that started it where the usual stop is refused or ignored', () => {
    const tiers = [{ until: '23:59', electricityFenPerKwh: 50, serviceFenPerUnit: 50 }];
    const charging = (): Line => {
      const line = new Line();
      const tariff = { kind: 'service_fee', amountFen: 100, serviceFeeBy: 'energy', tiers } as const;
      line.begins(start({ tariff })).hears('1000/1007', { ok: true, socketNo: 2, jack: 0, businessNo: 9 });
      return line;
    };
    const refused = charging().begins(stop);
    refused.hears('0015/07', { ok: false, socketNo: 2, jack: 0, businessNo: 0 });
    expect(refused.last).toMatchObject({ command: '1000/1007', fields: { socketNo: 2, jack: 0, on: false } });
    refused.hears('1000/1007', { ok: true, socketNo: 2, jack: 0, businessNo: 9 });
    expect(refused.outcome).toMatchObject({ status: 'acked' });
    const ignored = charging().begins(stop).waits().waits();
    expect(ignored.last).toMatchObject({ command: '1000/1007', fields: { on: false } });
    expect(ignored.waits().waits().outcome).toEqual({ status: 'no_reply' });
    const timed = new Line().begins(stop);
    timed.hears('0015/07', { ok: false, socketNo: 2, jack: 0, businessNo: 0 });
    expect(timed.outcome).toMatchObject({ status: 'rejected' });
  });
  it('repeats a query once, with a new serial, and completes it with a group report of serial 0', () => {
    const exchange = new Line().begins({ kind: 'status.query', portNo: 3 });
    const first = exchange.last.messageId;
    exchange.waits();
    expect(exchange.last.messageId).not.toBe(first);
    const { socketNo, ...rest } = jackReport(2, 0, 0x80);
    exchange.hears('1000/1017', { sockets: [{ socketNo, ...rest }] }, 0);
    expect(exchange.outcome).toMatchObject({ status: 'acked' });
    expect(new Line().begins({ kind: 'status.query', portNo: 3 }).waits().waits().outcome).toEqual({
      status: 'no_reply',
    });
  });
  it('reads parameters, and passes a refusal on', () => {
    const get = new Line().begins({ kind: 'params.get', group: 'socket:2' });
    get.hears('1000/1012', { socketNo: 2, ok: true, params: { powerLimitW: 700 } });
    expect(get.outcome).toEqual({ status: 'acked', result: { group: 'socket:2', values: { powerLimitW: 700 } } });
    const set = new Line().begins({ kind: 'params.set', group: 'socket:2', values: { powerLimitW: 700 } });
    expect(set.hears('1000/1011', { socketNo: 2, ok: false }).outcome).toEqual({
      status: 'rejected',
      reason: 'not_set',
    });
  });
  it('ignores an answer with another sub-command, whatever its serial', () => {
    const exchange = new Line().begins({ kind: 'network.add', socketNo: 9, mac: '450030700999' });
    expect(exchange.hears('0005/0A', { ok: true }).outcome).toBeUndefined();
    expect(exchange.hears('0005/09', { ok: true }).outcome).toMatchObject({ status: 'acked' });
    expect(exchange.last).toMatchObject({ command: '0015/1D', fields: { socketNo: 9 } });
  });
  it('tells the list that a gateway took and asks every socket', () => {
    const exchange = new Line().begins({ kind: 'network.refresh', channel: 4, nodes });
    exchange.hears('0005/08', { ok: true });
    expect(exchange.writes).toHaveLength(1 + nodes.length);
    expect(exchange.facts).toMatchObject([{ type: 'device.network', change: 'replaced', sockets: nodes }]);
    const [fact] = exchange.facts;
    expect(fact).toMatchObject({ sockets: nodes.map(({ socketNo: n }) => ({ portNos: [2 * n - 1, 2 * n] })) });
    const one = new Line().begins({ kind: 'network.refresh', channel: 4, nodes, joining: [nodes[1]!.socketNo] });
    expect(one.hears('0005/08', { ok: true }).sent.slice(1)).toMatchObject([
      { fields: { socketNo: nodes[1]!.socketNo } },
    ]);
  });
  it('takes a late answer for what it is, until a newer list was sent', () => {
    const line = new Line();
    const late = line.begins({ kind: 'network.add', socketNo: 9, mac: '450030700999' }).waits().waits();
    expect(late.outcome).toEqual({ status: 'no_reply' });
    const answer = (serial: number) => line.says('0005/09', { ok: true }, serial).facts;
    const [first, second] = late.sent.map(({ messageId }) => messageId);
    expect(answer(first!)).toMatchObject([{ type: 'device.network', change: 'added', sockets: [{ socketNo: 9 }] }]);
    expect(answer(second!)).toEqual([]); // the same change again
    const older = line.begins({ kind: 'network.add', socketNo: 10, mac: '450030700998' }).waits().waits();
    line.begins({ kind: 'network.remove', socketNo: 9 });
    expect(answer(older.last.messageId)).toEqual([]);
  });
  it('sends a long list in parts to a gateway that takes short ones, and deletes by list where that is set', () => {
    const options = { networkRefreshMaxNodes: 1, networkRemoveMode: 'refresh' } as const;
    const [first, second] = nodes;
    const line = new Line(undefined, options);
    const exchange = line.begins({ kind: 'network.refresh', channel: 4, nodes: nodes.slice(0, 2) });
    expect(exchange.last).toMatchObject({ command: '0005/08', fields: { nodes: [first] } });
    expect(exchange.replied({ ok: true }).last).toMatchObject({ command: '0005/09', fields: second });
    expect(exchange.replied({ ok: true }).outcome).toMatchObject({ status: 'acked' });
    expect(exchange.facts).toMatchObject([{ change: 'replaced' }, { change: 'added' }]);
    expect(exchange.sent.slice(2).map(({ command }) => command)).toEqual(['0015/1D', '0015/1D']);
    const remaining = { channel: 4, nodes: nodes.slice(0, 1) };
    expect(line.begins({ kind: 'network.remove', socketNo: 3, remaining }).last).toMatchObject({ command: '0005/08' });
  });
  it('takes the first byte of a longer answer for the result', () => {
    const exchange = new Line().begins({ kind: 'network.add', socketNo: 9, mac: '450030700999' });
    expect(exchange.hears('0005/09', { ok: true, extraHex: '0102' }).outcome).toMatchObject({ status: 'acked' });
  });
  it('falls back to the whole list where a deletion is refused', () => {
    const remaining = { channel: 4, nodes: nodes.slice(0, 2) };
    const exchange = new Line().begins({ kind: 'network.remove', socketNo: 3, remaining });
    exchange.hears('0005/0A', { ok: false });
    expect(exchange.last).toMatchObject({ command: '0005/08', fields: remaining });
    expect(new Line().begins({ kind: 'network.remove', socketNo: 3 }).hears('0005/0A', { ok: false }).outcome).toEqual({
      status: 'rejected',
      reason: 'not_taken',
    });
  });
  it('takes silence after an upgrade order for consent', () => {
    const source = { location: 'ftp://10.0.0.1/A.OTA' };
    const update = { kind: 'firmware.update', imageBase64: null, version: null, deviceType: null } as const;
    const exchange = new Line().begins({ ...update, target: 'self', source }).waits();
    expect(exchange.outcome).toEqual({ status: 'acked', result: { evidence: 'sent' } });
    expect(exchange.facts).toMatchObject([{ phase: 'requested' }, { phase: 'verifying' }]);
    expect(new Line().refuses({ ...update, target: 'slaves', source })).toMatchObject({ status: 'unsupported' });
  });

  it.each<readonly [string, DeviceCommand]>([
    ['no port', start({ portNo: null })],
    ['port 501', start({ portNo: 501 })],
    ['901 minutes', start({ durationLimitS: 901 * 60 })],
    ['65,536 Wh', start({ ...energy, energyLimitWh: 65_536 })],
    ['tiers that descend', start({ tariff: { kind: 'power_tiers', amountFen: 1, tiers: [...tiers].reverse() } })],
    ['a list with a number twice', { kind: 'network.refresh', channel: 1, nodes: [...nodes, ...nodes] }],
    ['an empty list', { kind: 'network.refresh', channel: 1, nodes: [] }],
    ['a parameter that is only read', { kind: 'params.set', group: 'socket:1', values: { tricklePct: 5 } }],
    ['a group of another protocol', { kind: 'params.get', group: 'run1' }],
    ['a query of nothing', { kind: 'status.query' }],
  ])('A20 calls %s invalid before anything is sent', (_name, command) => {
    expect(new Line().refuses(command)).toMatchObject({ status: 'invalid' });
  });
  it.each([
    { kind: 'charge.modify', portNo: 1, orderRef: ORDER, durationLimitS: 60, energyLimitWh: null, stopWhenFull: false },
    { kind: 'device.reboot', scope: 'device' },
    { kind: 'device.factory_reset' },
    { kind: 'device.locate', durationS: 5 },
    { kind: 'host.clear_slave_firmware' },
  ] as const)('says that $kind is not supported', (command) => {
    expect(new Line().refuses(command)).toMatchObject({ status: 'unsupported' });
  });
});

describe('cards at a BKV socket', () => {
  const swipe = {
    socketNo: 1,
    jack: 0,
    businessNo: 26,
    status: 0x90,
    cardNo: '000000000002',
    offlineParams: '00'.repeat(20),
  };
  const asked = (line: Line, fields: Readonly<Record<string, unknown>> = swipe, command = '0015/0B') => {
    const { answer, facts } = line.says(command, fields);
    if (answer.when !== 'asked') throw new Error(answer.when);
    return { ...answer, facts };
  };
  const hexOf = (bytes: Uint8Array | null): string | null => (bytes === null ? null : toHex(bytes));

  it('asks, allows with the number of the device, and starts when the device says so', () => {
    const line = new Line();
    const { facts, question, encode } = asked(line);
    expect(facts).toMatchObject([{ type: 'card.swiped', cardId: '000000000002', portNo: 1 }]);
    expect(question).toMatchObject({ kind: 'card.authorise', portNo: 1 });
    const bytes = encode(ACCEPTED) ?? new Uint8Array(0);
    expect(encode(ACCEPTED)).toBe(bytes);
    expect(hexOf(bytes)).toMatch(/000a0b0100001a010102d00000..fcee$/);
    const serial = Buffer.from(bytes).readUInt32BE(6);
    expect(line.says('0015/0F', { socketNo: 1, jack: 0, ok: true }, serial).facts).toMatchObject([
      { type: 'charge.started', portNo: 1, source: 'card', cardId: '000000000002' },
    ]);
    const [, sample] = line.says('0015/1C', jackReport(1, 0, 0x90, 26)).facts;
    expect(sample).toMatchObject({ type: 'charge.progress', source: 'card', orderRef: `bkv-1-26-${NOW_MS}` });
  });
  it('stays silent when nobody decided, and refuses as the installation wants it', () => {
    const blocked = { ...ACCEPTED, decision: 'blocked' } as const;
    expect(asked(new Line()).encode(null)).toBeNull();
    expect(hexOf(asked(new Line()).encode(blocked))).toMatch(/000a0b0100001a000100000000..fcee$/);
    expect(asked(new Line(undefined, { cardDenyMode: 'silent' })).encode(blocked)).toBeNull();
  });
  it('answers what a card is worth, an unknown one with nothing', () => {
    const query = { socketNo: 2, jack: 0, cardNo: '000000298352' };
    const answer = asked(new Line(), query, '0015/1A');
    expect(answer.question.portNo).toBeNull();
    expect(hexOf(answer.encode(ACCEPTED))).toMatch(/000c1a0200000000298352000001f4..fcee$/);
    const unknown = asked(new Line(), query, '0015/1A').encode({ ...ACCEPTED, decision: 'unknown_card' });
    expect(hexOf(unknown)).toMatch(/00000000..fcee$/);
  });
});
