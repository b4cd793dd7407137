import { randomUUID } from 'node:crypto';
import type { TenantId } from '@chargebus/domain';
import { throwAwayDatabase } from '@chargebus/testing';
import type { ThrowAwayDatabase } from '@chargebus/testing';
import { asSystem, Database, forTenant } from '../src';

const a = randomUUID() as TenantId;
const b = randomUUID() as TenantId;

describe('tenant isolation in the database', () => {
  let server: ThrowAwayDatabase;
  let database: Database;

  beforeAll(async () => {
    server = await throwAwayDatabase();
    await server.query('CREATE TABLE notes (tenant_id uuid NOT NULL, text text)');
    await server.query('GRANT ALL ON notes TO chargebus_app');
    await server.query('ALTER TABLE notes ENABLE ROW LEVEL SECURITY');
    await server.query(
      `CREATE POLICY p ON notes USING ((SELECT tenancy.visible()) IS NULL OR tenant_id = ANY ((SELECT tenancy.visible())::uuid[]))`,
    );
    await server.query('INSERT INTO notes VALUES ($1, $2), ($3, $4)', [a, 'of a', b, 'of b']);
    database = await Database.connect({ url: server.url, app: 'test', poolSize: 1 });
  });
  afterAll(async () => {
    await database.close();
    await server.drop();
  });

  it('U04 U05 shows a tenant its own rows only, though no statement filters by it, on a connection that served another one before', async () => {
    for (const [tenant, text] of [
      [a, 'of a'],
      [b, 'of b'],
      [a, 'of a'],
    ] as const) {
      expect((await database.query(forTenant(tenant), 'SELECT text FROM notes')).rows).toEqual([{ text }]);
    }
    expect((await database.query(asSystem('test'), 'SELECT text FROM notes')).count).toBe(2);
  });

  it("U05 refuses to write another tenant's row", async () => {
    await expect(database.query(forTenant(a), 'INSERT INTO notes VALUES ($1, $2)', [b, 'x'])).rejects.toThrow(
      /row-level security/,
    );
  });

  it('U02 throws when no tenant is named, before and inside the database', async () => {
    await expect(database.query({ tenants: [] }, 'SELECT 1')).rejects.toMatchObject({ name: 'TENANT_CONTEXT_MISSING' });
    await expect(
      server.query('SET ROLE chargebus_app').then(() => server.query('SELECT * FROM notes')),
    ).rejects.toThrow(/no tenant is set/);
    await server.query('RESET ROLE');
  });

  it('U03 leaves no tenant behind when the work throws', async () => {
    await expect(database.transaction(forTenant(a), () => Promise.reject(new Error('x')))).rejects.toThrow('x');
    expect((await database.query(forTenant(b), 'SELECT text FROM notes')).rows).toEqual([{ text: 'of b' }]);
  });
});
