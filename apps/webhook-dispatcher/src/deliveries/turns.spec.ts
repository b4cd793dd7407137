import { Turns } from './turns';

describe('turns at an endpoint', () => {
  it('lets so many begin at a time, the urgent ones first, each endpoint for itself', async () => {
    const turns = new Turns(1);
    const begun: string[] = [];
    const begin = (endpointId: string, name: string, priority: number): Promise<void> =>
      turns.begin(endpointId, priority).then(() => {
        begun.push(name);
      });
    const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
    void begin('a', 'first', 2);
    for (const [name, priority] of [
      ['sample', 2],
      ['later sample', 2],
      ['online', 1],
      ['end of charge', 0],
    ] as const)
      void begin('a', name, priority);
    void begin('b', 'elsewhere', 2);
    await settle();
    expect(begun).toEqual(['first', 'elsewhere']);
    for (let i = 0; i < 5; i++) turns.end('a');
    await settle();
    expect(begun.slice(2)).toEqual(['end of charge', 'online', 'sample', 'later sample']);
    await begin('a', 'again', 2);
    expect(begun.at(-1)).toBe('again');
  });
});
