import { throwAwayDatabase } from '@chargebus/testing';
import type { ThrowAwayDatabase } from '@chargebus/testing';
import { asSystem, Database } from '../src';
import { page } from '../src/paging';
import type { PageRequest } from '../src/paging';

const FIRST: PageRequest = { limit: 3, offset: 0, cursor: null, sort: null, order: 'asc' };
const cursorOf = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');

describe('a list, page by page', () => {
  let server: ThrowAwayDatabase;
  let database: Database;

  beforeAll(async () => {
    server = await throwAwayDatabase();
    await server.query('CREATE TABLE listed (id text PRIMARY KEY, name text, rank integer, at timestamptz NOT NULL)');
    await server.query(
      `INSERT INTO listed SELECT 'r' || n, CASE WHEN n % 3 = 0 THEN NULL ELSE 'n' || n % 2 END, n % 4,
         'epoch'::timestamptz + n / 2 * interval '1 microsecond' FROM generate_series(1, 10) n`,
    );
    await server.query('GRANT SELECT ON listed TO chargebus_app');
    database = await Database.connect({ url: server.url, app: 'test', poolSize: 1 });
  });
  afterAll(async () => {
    await database.close();
    await server.drop();
  });
  const read = (request: Partial<PageRequest>, countUpTo?: number) =>
    database.transaction(asSystem('test'), (tx) =>
      page(tx, {
        request: { ...FIRST, ...request },
        from: 'listed l',
        ...(countUpTo === undefined ? {} : { countUpTo }),
        select: 'l.id',
        conditions: ['l.rank < $1'],
        params: [3],
        sorts: { name: 'l.name', rank: 'l.rank' },
        defaultSort: 'l.at',
        tieBreak: 'l.id',
        read: ({ id }: { id: string }) => id,
      }),
    );

  it.each([
    [null, 'asc'],
    [null, 'desc'],
    ['name', 'asc'],
    ['name', 'desc'],
    ['rank', 'desc'],
  ] as const)('D10 D12 finds by cursors and by offsets what it finds at once, sorted by %s %s', async (sort, order) => {
    const whole = await read({ sort, order, limit: 100 });
    expect(whole).toMatchObject({ total: 8, nextCursor: null });
    const walked: string[] = [];
    let cursor: string | null = null;
    do {
      const part: Awaited<ReturnType<typeof read>> = await read({ sort, order, cursor });
      expect(part.total).toBe(8);
      walked.push(...part.items);
      cursor = part.nextCursor;
    } while (cursor !== null);
    expect(walked).toEqual(whole.items);
    const byOffset = await Promise.all([0, 3, 6, 9].map((offset) => read({ sort, order, offset })));
    expect(byOffset.flatMap(({ items }) => items)).toEqual(whole.items);
  });

  it('counts no further than it is told', async () => {
    expect((await read({}, 5)).total).toBe(5);
  });

  it.each([
    ['no base64 of JSON', 'nonsense'],
    ['another shape', cursorOf('r1')],
    ['other types', cursorOf(1, 2)],
    ['a value of another column', cursorOf('n1', 'r1')],
    ['a character that no text of Postgres holds', cursorOf('1970-01-01', 'r\0')],
  ])('D12 refuses a cursor that is %s', async (_, cursor) => {
    await expect(read({ cursor })).rejects.toMatchObject({ details: [{ field: 'cursor' }] });
    expect((await read({})).items).toHaveLength(3);
  });
});
