import { changesDevices, SharedAnswers } from './shared-answers';

const TENANT = '11111111-1111-4111-8111-111111111111';
const question = { tenantId: TENANT, within: null, filter: {} };

describe('SharedAnswers', () => {
  let asked = 0;
  const ask = () => Promise.resolve(++asked);
  beforeEach(() => (asked = 0));

  it('H08 H12 asks once for equal questions', async () => {
    const shared = new SharedAnswers<number>();
    expect(await Promise.all([shared.get(question, ask), shared.get({ ...question }, ask)])).toEqual([1, 1]);
    expect(await shared.get(question, ask)).toBe(1);
  });

  it.each([
    ['tenant', { ...question, tenantId: TENANT.replaceAll('1', '2') }],
    ['data scope', { ...question, within: { regions: [], stations: [], groups: [], devices: [] } }],
    ['filter', { ...question, filter: { online: true } }],
  ])('U02 asks again for another %s', async (_, other) => {
    const shared = new SharedAnswers<number>();
    expect([await shared.get(question, ask), await shared.get(other, ask)]).toEqual([1, 2]);
  });

  it('asks again after devices were changed, also while the old question is under way', async () => {
    const shared = new SharedAnswers<number>();
    const before = shared.get(question, ask);
    shared.forgetAll();
    expect([await before, await shared.get(question, ask)]).toEqual([1, 2]);
  });

  it('keeps no failure', async () => {
    const shared = new SharedAnswers<number>();
    await expect(shared.get(question, () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await shared.get(question, ask)).toBe(1);
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
