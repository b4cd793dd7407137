import { fromHex, toHex } from '@chargebus/protocol-core';
import type { QuestionReply } from '@chargebus/protocol-core';
import { createYkcDriver } from '../src';
import type { BillingModel, YkcDialect } from '../src';
import { factOf, typesOf } from '@chargebus/protocol-core/conformance';
import { answered, down, Line, LOGIN, PILE, realtime, TRADE } from './a-line';
import { exchanges, frameOnly, vectorById } from './ykc-vectors';

const MODEL: BillingModel = {
  modelNo: '0100',
  rates: [
    { energyYuan: 1.1, serviceYuan: 0.5 },
    { energyYuan: 0.95, serviceYuan: 0.45 },
    { energyYuan: 0.7, serviceYuan: 0.4 },
    { energyYuan: 0.35, serviceYuan: 0.3 },
  ],
  slots: new Array<number>(48).fill(2),
};
/** The model that a reply of the file carries. */
const modelOf = (fields: Readonly<Record<string, unknown>>): BillingModel => ({
  ...MODEL,
  modelNo: String(fields.modelNo),
  slots: fields.slots as number[],
});
const card = {
  pileCode: PILE as string,
  gun: 1,
  startMode: 1,
  needPassword: 0,
  account: '00000000d14b0a54',
  passwordMd5: '',
  vinWire: '',
};
const reply = (decision: QuestionReply['decision']): QuestionReply => ({
  decision,
  rateMode: 'energy',
  balanceFen: 5230,
  expiresAt: null,
});
const record = (fields: object = {}) => {
  const vector = vectorById('ykc-made-0x3B-2');
  return { ...vector.fields, tradeNo: TRADE, pileCode: PILE, gun: 1, ...fields } as never;
};

describe('answers, byte for byte', () => {
  /** What a pile must have otherwise than by default for the answer of the file. */
  const DIALECTS: Readonly<Record<string, Partial<YkcDialect>>> = {
    'ykc-exchange-login-refused': { accepted: false },
    'ykc-exchange-billing-differs': { billingModel: MODEL },
  };
  /** What only the asked platform knows: the printed number of a card, reasons of its own, running numbers. */
  const DECIDED: ReadonlySet<string> = new Set(['tradeNo', 'logicalCard', 'failReason']);

  it.each(exchanges)('A02 echoes sequence and checksum order: $id', ({ id, request, reply: expected, replyFields }) => {
    const defaults = DIALECTS[id] ?? ('slots' in replyFields ? { billingModel: modelOf(replyFields) } : {});
    const { answer } = new Line({ requireLogin: false, defaults }).receives(fromHex(request));
    if (answer.when === 'now' || answer.when === 'stored') {
      expect(toHex(answer.bytes)).toBe(expected);
      return;
    }
    if (answer.when !== 'asked') throw new Error(answer.when);
    const isYes = 'success' in replyFields && replyFields.success === 1;
    const said = down(answer.encode(reply(isYes ? 'accepted' : 'blocked')) ?? new Uint8Array(0));
    const { fields, ...frame } = down(fromHex(expected));
    expect(said).toMatchObject(frame);
    for (const name of Object.keys(fields)) if (!DECIDED.has(name)) expect(said.fields[name]).toEqual(fields[name]);
  });
});

describe('frames whose body is not what their type has', () => {
  const ERRORS: Readonly<Record<string, string | null>> = {
    'ykc-frame-1': null, // 45 bytes instead of 31: the rest is surplus
    'ykc-frame-2': 'unknown_type', // 0x06 and 0x92 are not sent by piles
    'ykc-frame-3': 'unknown_type',
    'ykc-frame-4': 'encrypted_unsupported',
    'ykc-frame-5': 'unknown_type',
    'ykc-frame-6': 'unknown_type',
  };
  it.each(frameOnly)('$id is told and not answered', ({ id, hex }) => {
    const { facts, answer } = Line.loggedIn({ requireLogin: false }).receives(fromHex(hex));
    expect(answer.when).toBe('never');
    const error = ERRORS[id];
    expect(facts).toMatchObject(error == null ? [] : [{ type: 'frame.rejected', reason: error, hex }]);
  });
});

describe('presence', () => {
  it('A01 registers a pile and answers its log-in', () => {
    const login = new Line().says('01', LOGIN);
    expect(factOf(login.facts, 'device.registered')).toMatchObject({
      portCount: 2,
      firmwareVersion: 'V4.1.50',
      model: 'dc_pile',
    });
    expect(answered(login)).toMatchObject({ command: '02', fields: { result: 0 } });
  });
  it('hears nothing but the log-in of a pile that has not logged in, and says so once', () => {
    const line = new Line();
    const beat = { pileCode: PILE as string, gun: 1, gunStatus: 0 };
    const first = line.says('03', beat);
    expect(first).toMatchObject({
      facts: [{ type: 'frame.rejected', reason: 'not_logged_in' }],
      answer: { when: 'never' },
    });
    expect(line.says('03', { ...beat, gun: 2 }).facts).toEqual([]);
    expect(line.says('3B', record())).toMatchObject({ facts: [{ isSettlement: true }], answer: { when: 'never' } });
    expect(line.refuses({ kind: 'time.sync' })).toEqual({ status: 'offline' });
  });
  it('counts a heartbeat of a pile that never counts its sequence every 20 s, and answers each', () => {
    const line = Line.loggedIn();
    const beat = line.frame('03', { pileCode: PILE, gun: 1, gunStatus: 0 });
    expect(typesOf(line.receives(beat))).toEqual(['device.heartbeat', 'device.fault_cleared']);
    line.atMs += 10_000;
    expect(line.receives(beat)).toMatchObject({ facts: [], answer: { when: 'now' } });
    line.atMs += 10_000;
    expect(typesOf(line.receives(beat))).toEqual(['device.heartbeat']);
  });
  it('carries several piles on one connection', () => {
    const line = Line.loggedIn();
    const other = '32010600019237';
    expect(typesOf(line.says('03', { pileCode: other, gun: 1, gunStatus: 0 }))).toEqual(['frame.rejected']);
    line.says('01', { ...LOGIN, pileCode: other });
    expect(typesOf(line.says('03', { pileCode: other, gun: 1, gunStatus: 1 }))).toEqual([
      'device.heartbeat',
      'device.fault',
    ]);
  });
  it('refuses an encrypted frame clearly, and reads it where a cipher is given', () => {
    const hex =
      '684407000113404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7fb969';
    expect(Line.loggedIn().receives(fromHex(hex))).toMatchObject({
      facts: [{ type: 'frame.rejected', reason: 'encrypted_unsupported' }],
      answer: { when: 'never' },
    });
    const idle = new Line().frame('13', realtime({ status: 2, plugged: 0, tradeNo: '0'.repeat(32) }));
    const cipher = { decrypt: () => idle.subarray(6, idle.length - 2) };
    expect(typesOf(Line.loggedIn({ defaults: { cipher } }).receives(fromHex(hex)))).toEqual([
      'port.status',
      'device.fault_cleared',
    ]);
  });
  it('§4.5 §5.5 has the clock set and every gun asked after the log-in, and the clock once a day', () => {
    const line = new Line();
    expect(line.says('01', LOGIN).errands).toEqual([{ kind: 'time.sync' }, { kind: 'status.query' }]);
    const beat = { pileCode: PILE as string, gun: 1, gunStatus: 0 };
    expect(line.says('03', beat).errands).toBeUndefined();
    line.atMs += 86_400_000;
    expect(line.says('03', beat).errands).toEqual([{ kind: 'time.sync' }]);
    expect(line.says('03', { ...beat, gun: 2 }).errands).toBeUndefined();
  });
  it('counts a frame that nobody can be made responsible for as noise', () => {
    const connection = createYkcDriver().open(1);
    expect(connection.push(fromHex('680d080000773201060001923601aa3566'))).toEqual([]);
    expect(connection.discardedBytes).toBe(17);
  });
  it('keeps an unknown type of a known pile', () => {
    const { facts } = Line.loggedIn().receives(fromHex('680d080000773201060001923601aa3566'));
    expect(facts).toMatchObject([{ type: 'frame.rejected', reason: 'unknown_type', command: '77' }]);
  });
});

describe('billing model', () => {
  const check = (modelNo: string, billingModel: BillingModel | null) =>
    answered(Line.loggedIn({ defaults: { billingModel } }).says('05', { pileCode: PILE, modelNo })).fields.result;
  it('is right where we have none, unless the pile has none either', () => {
    expect([check('1324', null), check('0000', null), check('0100', MODEL), check('1324', MODEL)]).toEqual([
      0, 1, 0, 1,
    ]);
  });
  it('is sent when it is configured, and its lack is told once when it is not', () => {
    const model = answered(
      Line.loggedIn({ dialectOf: () => ({ billingModel: MODEL }) }).says('09', { pileCode: PILE }),
    );
    expect(model).toMatchObject({
      command: '0A',
      fields: { modelNo: '0100', sharpEnergyPrice: 1.1, valleyServicePrice: 0.3 },
    });
    const line = Line.loggedIn();
    expect(line.says('09', { pileCode: PILE })).toMatchObject({
      facts: [{ token: 'billing_model_missing' }],
      answer: { when: 'never' },
    });
    expect(line.says('09', { pileCode: PILE }).facts).toEqual([]);
  });
});

describe('realtime data', () => {
  const zero = '0'.repeat(32);
  it.each([
    [0, 0, zero, 'unknown'],
    [1, 0, zero, 'fault'],
    [2, 0, zero, 'idle'],
    [2, 1, zero, 'plugged'],
    [2, 1, TRADE, 'finished'],
    [3, 1, zero, 'plugged'],
    [3, 1, TRADE, 'charging'],
  ])('B02 status %i, plugged %i, order %s is %s', (status, plugged, tradeNo, state) => {
    const { facts } = Line.loggedIn().says('13', realtime({ status, plugged, tradeNo }));
    expect(factOf(facts, 'port.status').ports).toMatchObject([{ portNo: 1, state }]);
  });
  it('says once that an order began and samples it to 0.1 Wh', () => {
    const line = Line.loggedIn();
    const first = line.says('13', realtime());
    expect(typesOf(first)).toEqual(['charge.started', 'charge.progress', 'port.status', 'device.fault_cleared']);
    expect(factOf(first.facts, 'charge.progress')).toMatchObject({
      orderRef: TRADE,
      energyWh: 3805.1,
      durationS: 360,
      powerW: 38_050,
      socPct: 40,
      temperatureC: 31,
    });
    expect(typesOf(line.says('13', realtime({ energyKwh: 4 })))).toEqual(['charge.progress', 'port.status']);
  });
  it('A12 tells faults apart as they come and go, for both bit bases', () => {
    const line = Line.loggedIn();
    const tokens = (hardwareFault: number) =>
      line
        .says('13', realtime({ hardwareFault }))
        .facts.flatMap((fact) => ('token' in fact ? [`${fact.type} ${fact.token}`] : []));
    expect([0, 0x41, 0x40, 0].map(tokens)).toEqual([
      ['device.fault_cleared emergency_stop'], // and 15 others: whatever was open before this connection
      ['device.fault emergency_stop', 'device.fault meter_comm'],
      ['device.fault_cleared emergency_stop'],
      ['device.fault_cleared meter_comm'],
    ]);
    expect(
      factOf(Line.loggedIn().says('13', realtime({ hardwareFault: 1 })).facts, 'device.fault_cleared'),
    ).toMatchObject({
      token: 'no_rectifier_module',
      others: expect.arrayContaining(['door_open', 'bit16']) as string[],
    });
    const shifted = Line.loggedIn({ defaults: { faultBitBase: 0 } }).says('13', realtime({ hardwareFault: 2 }));
    expect(factOf(shifted.facts, 'device.fault').token).toBe('emergency_stop');
  });
  it('takes the state of charge of 0x23 where 0x13 has none, and keeps the phases for the record', () => {
    const line = Line.loggedIn();
    const demand = vectorById('ykc-made-0x23-1');
    line.says('23', { ...demand.fields, tradeNo: TRADE, pileCode: PILE, gun: 1, soc: 77 });
    expect(factOf(line.says('13', realtime({ soc: 0 })).facts, 'charge.progress').socPct).toBe(77);
    expect(factOf(line.says('3B', record()).facts, 'charge.settled').attributes).toMatchObject({
      bms: { demand: { soc: 77 } },
    });
  });
});

describe('records', () => {
  it('A07 are confirmed once stored, each copy under the same id', () => {
    const line = Line.loggedIn();
    const first = line.says('3B', record());
    const second = line.says('3B', record());
    expect(first.answer.when).toBe('stored');
    expect(second.answer.when).toBe('stored');
    expect(answered(first)).toMatchObject({ command: '40', fields: { tradeNo: TRADE, result: 0 } });
    expect(second.facts[0]?.id).toBe(first.facts[0]?.id);
    const other = line.says('3B', record({ totalKwh: 1 }));
    expect(other.facts[0]?.id).not.toBe(first.facts[0]?.id);
  });
  it('F07 keep four decimals, local times, rates and card', () => {
    const line = Line.loggedIn({ requireLogin: false });
    const settled = factOf(line.receives(fromHex(vectorById('ykc-made-0x3B-156').hex)).facts, 'charge.settled');
    expect(settled).toMatchObject({
      energyWh: 39_845.7,
      startedAt: '2025-10-10T07:30:05.000Z',
      endedAt: '2025-10-10T08:42:47.500Z',
      durationS: 4362.5,
      cardId: '00000000d14b0a54',
      source: 'platform',
      endReason: 'external',
      attributes: { totalAmountYuan: 48.0364, mismatches: [], rates: [{ rate: 'sharp', kwh: 12.3456 }, {}, {}, {}] },
    });
  });
  it('of five rates show the fifth', () => {
    const line = new Line({ requireLogin: false });
    const settled = factOf(line.receives(fromHex(vectorById('ykc-real-0x3B-6').hex)).facts, 'charge.settled');
    expect(settled.attributes.rates).toHaveLength(5);
  });
  it.each([
    [0x40, 0, 'remote', 'stopped', null],
    [0x41, 0, 'full', 'planned', null],
    [0x72, 1, 'emergency_stop', 'fault', 'emergency_stop'],
    [0x6e, 1, 'insufficient_balance', 'fault', null],
    [0x52, 0, 'bms_not_ready', 'fault', null],
    [0x91, 1, 'unknown_91', 'stopped', null],
  ])('I06 stop reason %i with %i kWh is %s', (stopReason, totalKwh, endReason, endClass, fault) => {
    const settled = factOf(Line.loggedIn().says('3B', record({ stopReason, totalKwh })).facts, 'charge.settled');
    expect(settled).toMatchObject({ endReason, endClass, fault });
  });
  it('without a gun are kept raw and not confirmed: nobody could book them', () => {
    const { facts, answer } = Line.loggedIn().says('3B', record({ gun: 0 }));
    expect(facts).toMatchObject([{ type: 'frame.rejected', reason: 'no_gun', isSettlement: true }]);
    expect(answer.when).toBe('never');
  });
  it('of a start that failed lasted no time', () => {
    const settled = factOf(
      Line.loggedIn().says('3B', record({ stopReason: 0x4a, totalKwh: 0 })).facts,
      'charge.settled',
    );
    expect(settled).toMatchObject({ durationS: 0, energyWh: 0 });
  });
});

describe('starts at the pile', () => {
  it('A08 asks, and gives the same trade number to the same question', () => {
    const line = Line.loggedIn();
    const { facts, answer } = line.says('31', card);
    expect(factOf(facts, 'card.swiped')).toMatchObject({
      cardId: '00000000d14b0a54',
      portNo: 1,
      attributes: { method: 'card' },
    });
    if (answer.when !== 'asked') throw new Error(answer.when);
    expect(answer.question.aliases).toEqual(['d14b0a54', '540a4bd1']);
    const yes = answer.encode(reply('accepted')) ?? new Uint8Array(0);
    expect(answer.encode(reply('accepted'))).toEqual(yes);
    const { command, fields } = down(yes);
    expect(command).toBe('32');
    expect(fields).toMatchObject({
      success: 1,
      failReason: 0,
      balanceYuan: 52.3,
      tradeNo: `${PILE}012601021104050001`,
    });
    const started = line.says('13', realtime({ tradeNo: String(fields.tradeNo) }));
    expect(factOf(started.facts, 'charge.started')).toMatchObject({ source: 'card', cardId: '00000000d14b0a54' });
  });
  it.each([
    ['unknown_card', 1],
    ['insufficient_balance', 3],
    ['blocked', 2],
    ['device_not_registered', 6],
    [null, 5],
  ] as const)('A09 %s is refused with %i', (decision, failReason) => {
    const { answer } = Line.loggedIn().says('31', card);
    if (answer.when !== 'asked') throw new Error(answer.when);
    const bytes = answer.encode(decision === null ? null : reply(decision)) ?? new Uint8Array(0);
    expect(down(bytes).fields).toMatchObject({ success: 0, failReason, balanceYuan: 0, tradeNo: '0'.repeat(32) });
  });
  it('answers a parallel request with its group, and reads a VIN that is sent reversed', () => {
    const vinWire = '3335640P3CC4ECXGL';
    const request = { ...card, startMode: 3, account: '0'.repeat(16), vinWire, gunRole: 0, parallelNo: '260102110405' };
    const { facts, answer } = Line.loggedIn().says('A1', request);
    expect(factOf(facts, 'card.swiped')).toMatchObject({ cardId: 'LGXCE4CC3P0465333', attributes: { method: 'vin' } });
    if (answer.when !== 'asked') throw new Error(answer.when);
    expect(down(answer.encode(reply('accepted')) ?? new Uint8Array(0))).toMatchObject({
      command: 'A2',
      fields: { parallelNo: '260102110405', success: 1 },
    });
  });
});

describe('ground lock', () => {
  it('says its state and its alarm', () => {
    const fields = {
      pileCode: PILE as string,
      gun: 1,
      lockState: 0x55,
      parkingState: 255,
      lockBattery: 87,
      alarm: 0xff,
      reserved: '00000000',
    };
    const { facts } = Line.loggedIn().says('61', fields);
    expect(factOf(facts, 'device.heartbeat').attributes).toEqual({
      lock: { portNo: 1, state: 'raised', vehiclePresent: true, batteryPct: 87 },
    });
    expect(factOf(facts, 'device.fault').token).toBe('lock_arm_damaged');
  });
});
