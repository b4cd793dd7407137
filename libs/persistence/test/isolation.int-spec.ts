import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { TenantId } from '@chargebus/domain';
import { throwAwayDatabase } from '@chargebus/testing';
import type { ThrowAwayDatabase } from '@chargebus/testing';
import { APP_ROLE, asSystem, Database, forTenant } from '../src';
import { TenantRepository } from '../src/iam';

interface Table {
  readonly name: string;
  readonly has_tenant: boolean;
  readonly enabled: boolean;
  readonly forced: boolean;
  readonly policies: number;
  readonly granted: boolean; // to the application's role
}

/** Tables that belong to no tenant, and why nobody can read one's rows in them. */
const OF_NO_TENANT: Readonly<Record<string, string>> = {
  'public.chargebus_migrations': 'not for the application',
};

describe('isolation of tenants, as the migrations left it', () => {
  let server: ThrowAwayDatabase;
  let database: Database;

  beforeAll(async () => {
    server = await throwAwayDatabase();
    database = await Database.connect({ url: server.url, app: 'test', poolSize: 4 });
  });
  afterAll(async () => {
    await database.close();
    await server.drop();
  });

  it('Z08 U01 forces row-level security with a policy on every table that the application can reach', async () => {
    const tables = await server.query<Table>(
      `SELECT format('%I.%I', n.nspname, c.relname) AS name, c.relrowsecurity AS enabled, c.relforcerowsecurity AS forced,
         EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped) AS has_tenant,
         (SELECT count(*)::int FROM pg_policy p WHERE p.polrelid = c.oid) AS policies,
         has_table_privilege('${APP_ROLE}', c.oid, 'SELECT') AS granted
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'`,
    );
    expect(tables.length).toBeGreaterThan(25);
    const open = tables.filter(
      ({ name, has_tenant, enabled, forced, policies }) =>
        OF_NO_TENANT[name] === undefined && !(enabled && forced && policies > 0 && has_tenant),
    );
    // A table without a tenant must at least be for work without a tenant only.
    const openToTenants = open.filter(({ enabled, granted, has_tenant }) => has_tenant || (granted && !enabled));
    expect(openToTenants).toEqual([]);
  });

  it('Z08 lets the application reach no partition but through its parent', async () => {
    const reachable = await server.query(
      `SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relispartition AND c.relkind = 'r' AND (NOT c.relrowsecurity OR EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid))`,
    );
    expect(reachable).toEqual([]);
  });

  it('Z08 gives the application a role that owns nothing and bypasses nothing', async () => {
    const [role] = await server.query(
      `SELECT rolsuper, rolbypassrls, rolcreaterole, rolcanlogin,
         EXISTS (SELECT FROM pg_class WHERE relowner = pg_roles.oid) AS owns
       FROM pg_roles WHERE rolname = '${APP_ROLE}'`,
    );
    expect(role).toEqual({
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcanlogin: false,
      owns: false,
    });
  });

  it('U03 U05 never mixes tenants up, whatever runs at once, fails or is given up, over the connections of one pool', async () => {
    const tenants = Array.from({ length: 8 }, () => randomUUID() as TenantId);
    const repository = new TenantRepository(database);
    for (const tenant of tenants) await repository.insert(tenant, `tenant ${tenant}`);
    const caller = new AsyncLocalStorage<TenantId>();
    const seenAs = async (tenant: TenantId): Promise<readonly string[]> => {
      const { rows } = await database.query<{ tenant_id: string }>(
        forTenant(tenant),
        'SELECT tenant_id FROM iam.tenants',
      );
      expect(caller.getStore()).toBe(tenant); // the caller's own context came along over every await
      return rows.map((row) => row.tenant_id);
    };
    const work = Array.from({ length: 240 }, (_, i) => {
      const tenant = tenants[i % tenants.length]!;
      return caller.run(tenant, async () => {
        if (i % 5 === 0)
          await expect(database.query(forTenant(tenant), 'SELECT 1 / 0')).rejects.toThrow(/division by zero/);
        if (i % 7 === 0)
          await expect(
            database.transaction(forTenant(tenant), async (tx) => {
              await tx.query('SELECT 1');
              throw new Error('given up');
            }),
          ).rejects.toThrow('given up');
        if (i % 11 === 0) expect((await database.query(asSystem('test'), 'SELECT FROM iam.tenants')).count).toBe(8);
        expect(await seenAs(tenant)).toEqual([tenant]);
      });
    });
    await Promise.all(work);
  });
});
