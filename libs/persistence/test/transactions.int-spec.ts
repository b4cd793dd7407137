import { throwAwayDatabase } from '@chargebus/testing';
import type { ThrowAwayDatabase } from '@chargebus/testing';
import { asSystem, Database } from '../src';

const SYSTEM = asSystem('test');
const DIVISION_BY_ZERO = '22012';

describe('transactions', () => {
  let server: ThrowAwayDatabase;
  let database: Database;

  beforeAll(async () => {
    server = await throwAwayDatabase();
    await server.query('CREATE TABLE counted (n integer)');
    await server.query('GRANT ALL ON counted TO chargebus_app');
    database = await Database.connect({ url: server.url, app: 'test', poolSize: 1 });
  });
  afterAll(async () => {
    await database.close();
    await server.drop();
  });
  const count = async () =>
    (await database.query<{ n: string }>(SYSTEM, 'SELECT count(*) AS n FROM counted')).rows[0]?.n;

  it('do statements that are sent together in their order', async () => {
    await database.transaction(SYSTEM, async (tx) => {
      const [, , read] = await Promise.all([
        tx.query('INSERT INTO counted VALUES (1)'),
        tx.query('UPDATE counted SET n = n + 1'),
        tx.query<{ n: number }>('SELECT n FROM counted'),
        tx.query('DELETE FROM counted'),
      ]);
      expect(read.rows).toEqual([{ n: 2 }]);
    });
    expect(await count()).toBe('0');
  });

  it('name the statement that failed, not those behind it, and write nothing', async () => {
    const broken = database.transaction(SYSTEM, async (tx) => {
      const failing = tx.query('SELECT 1 / 0').catch(() => undefined); // its refusal comes later than that of the next
      const next = tx.query('INSERT INTO counted VALUES (1)');
      await failing;
      await next;
    });
    await expect(broken).rejects.toMatchObject({ code: DIVISION_BY_ZERO });
    expect(await count()).toBe('0');
  });

  it('leave the connection whole after a single statement that failed', async () => {
    await expect(database.query(SYSTEM, 'SELECT 1 / 0')).rejects.toMatchObject({ code: DIVISION_BY_ZERO });
    expect(await count()).toBe('0');
  });
});
