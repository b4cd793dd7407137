import { createLogger } from '@chargebus/observability';
import { eventually, throwAwayDatabase } from '@chargebus/testing';
import type { ThrowAwayDatabase } from '@chargebus/testing';
import { Database, StatisticsKeeper } from '../src';

describe('StatisticsKeeper', () => {
  let server: ThrowAwayDatabase;
  let database: Database;
  let keeper: StatisticsKeeper;

  beforeAll(async () => {
    server = await throwAwayDatabase();
    await server.query('CREATE TABLE fleet.grown (n integer)');
    database = await Database.connect({ url: server.url, app: 'test', poolSize: 1 });
    keeper = new StatisticsKeeper(database, createLogger('test', 'silent'));
  });
  afterAll(async () => {
    await database.close();
    await server.drop();
  });
  const insert = (rows: number) =>
    server.query(
      `INSERT INTO fleet.grown SELECT generate_series(1, ${rows.toString()}); SELECT pg_stat_force_next_flush()`,
    );

  it('analyses a table when it has doubled, and until then leaves it alone', async () => {
    await insert(150);
    expect(await keeper.run()).not.toContain('fleet.grown');
    await insert(850);
    await eventually(async () => {
      expect(await keeper.run()).toContain('fleet.grown');
    });
    await insert(900);
    expect(await keeper.run()).not.toContain('fleet.grown');
    await insert(200);
    await eventually(async () => {
      expect(await keeper.run()).toContain('fleet.grown');
    });
  });
});
