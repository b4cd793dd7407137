import { ListDevices, SummariseDevices } from '@chargebus/requests';
import type { RequestOf } from '@chargebus/requests';
import { changesDevices, SharedAnswers } from './shared-answers';

type Question = RequestOf<typeof SummariseDevices>;
const TENANT = '11111111-1111-4111-8111-111111111111';
const question = { tenantId: TENANT, within: null, filter: {} } as Question;
const context = { requestId: null } as never;

describe('SharedAnswers', () => {
  let asked: number;
  let isAway: boolean;
  let forget = (): void => undefined;
  let shared: SharedAnswers;
  let nowMs: number;
  const ask = (about: Question) => shared.ask(SummariseDevices, about, context);

  beforeEach(() => {
    [asked, isAway, nowMs] = [0, false, 1_000];
    const bus = { ask: () => (isAway ? Promise.reject(new Error('away')) : Promise.resolve(++asked as never)) };
    shared = new SharedAnswers(bus, { on: (_, listener) => (forget = listener) }, { now: () => nowMs });
  });

  it('H08 H12 asks once for equal questions', async () => {
    expect(await Promise.all([ask(question), ask({ ...question })])).toEqual([1, 1]);
    expect(await ask(question)).toBe(1);
  });

  it.each([
    ['tenant', { ...question, tenantId: TENANT.replaceAll('1', '2') }],
    ['data scope', { ...question, within: { regions: [], stations: [], groups: [], devices: [] } }],
    ['filter', { ...question, filter: { online: true } }],
  ])('U02 asks again for another %s', async (_, other) => {
    expect([await ask(question), await ask(other as Question)]).toEqual([1, 2]);
  });

  it('gives no answer to another request', async () => {
    expect([await ask(question), await shared.ask(ListDevices, question as never, context)]).toEqual([1, 2]);
  });

  it('asks again after devices were changed, also while the old question is under way', async () => {
    const before = ask(question);
    forget();
    expect([await before, await ask(question)]).toEqual([1, 2]);
  });

  it('H12 asks again before an answer is too old, and nobody waits for that', async () => {
    await ask(question);
    nowMs += 600;
    expect(await Promise.all([ask(question), ask(question)])).toEqual([1, 1]);
    expect(await ask(question)).toBe(2);
    nowMs += 1_001;
    expect(await ask(question)).toBe(3);
  });

  it('does not keep what was asked ahead before devices were changed', async () => {
    await ask(question);
    nowMs += 600;
    const old = ask(question);
    forget();
    await old;
    expect(await ask(question)).toBe(3);
  });

  it('gives no answer that is too old, although the next one failed', async () => {
    await ask(question);
    nowMs += 600;
    isAway = true;
    expect(await ask(question)).toBe(1);
    nowMs += 401;
    await expect(ask(question)).rejects.toThrow('away');
  });

  it('keeps no failure', async () => {
    isAway = true;
    await expect(ask(question)).rejects.toThrow('away');
    isAway = false;
    expect(await ask(question)).toBe(1);
  });
});

describe('changesDevices', () => {
  it.each([
    ['devices:write', true, true],
    ['charge:control', true, true],
    ['devices:read', false, false],
    ['tokens:manage', true, false],
  ] as const)('%s, mutates %s: %s', (scope, mutates, expected) => {
    expect(changesDevices({ scope, mutates })).toBe(expected);
  });
});
