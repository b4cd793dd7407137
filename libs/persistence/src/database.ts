import type { PoolClient, QueryResultRow } from 'pg';
import { DataSource } from 'typeorm';
import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import { scopeSetting } from './scope';
import type { Scope } from './scope';

/** The role every app works as: owns nothing, cannot bypass row-level security. */
export const APP_ROLE = 'chargebus_app';

export interface Rows<R> {
  readonly rows: R[];
  /** Rows touched by the statement. */
  readonly count: number;
}
export interface Transaction {
  /** `name` prepares the statement once per connection. */
  query<R extends QueryResultRow>(sql: string, params?: readonly unknown[], name?: string): Promise<Rows<R>>;
  readonly manager: EntityManager;
}

export interface DatabaseOptions {
  readonly url: string;
  readonly app: string;
  readonly poolSize: number;
  readonly entities?: readonly EntityTarget<ObjectLiteral>[];
  readonly statementTimeoutMs?: number;
}

/** Postgres as one app sees it: every statement inside a transaction that says for whom it runs. */
export class Database {
  private constructor(private readonly source: DataSource) {}

  static async connect(options: DatabaseOptions): Promise<Database> {
    const source = new DataSource({
      type: 'postgres',
      url: options.url,
      entities: [...(options.entities ?? [])] as (new () => ObjectLiteral)[],
      poolSize: options.poolSize,
      applicationName: `chargebus-${options.app}`,
      extra: {
        options: `-c role=${APP_ROLE} -c statement_timeout=${(options.statementTimeoutMs ?? 30_000).toString()}`,
        connectionTimeoutMillis: 5_000,
        keepAlive: true,
      },
    });
    await source.initialize();
    const database = new Database(source);
    await database.refusePrivilegedRole();
    return database;
  }

  /** Commits when `work` resolves, rolls back when it throws. */
  async transaction<T>(scope: Scope, work: (tx: Transaction) => Promise<T>): Promise<T> {
    const setting = scopeSetting(scope);
    const runner = this.source.createQueryRunner();
    try {
      const client = (await runner.connect()) as PoolClient;
      await client.query(`BEGIN; SET LOCAL tenancy.scope = '${setting}'`); // one round trip; the value is `*` or checked UUIDs
      try {
        const result = await work({
          manager: runner.manager,
          query: async (sql, params = [], name) => {
            const answer = await client.query({
              text: sql,
              values: [...params],
              ...(name === undefined ? {} : { name }),
            });
            return { rows: answer.rows as never[], count: answer.rowCount ?? 0 };
          },
        });
        await client.query('COMMIT');
        return result;
      } catch (error) {
        await client.query('ROLLBACK').catch(() => undefined); // the connection may be the thing that broke
        throw error;
      }
    } finally {
      await runner.release();
    }
  }

  /** One statement in a transaction of its own. */
  query<R extends QueryResultRow>(
    scope: Scope,
    sql: string,
    params: readonly unknown[] = [],
    name?: string,
  ): Promise<Rows<R>> {
    return this.transaction(scope, (tx) => tx.query<R>(sql, params, name));
  }

  /** Rejects while Postgres is away: for readiness. */
  async ping(): Promise<void> {
    await this.source.query('SELECT 1');
  }

  async close(): Promise<void> {
    if (this.source.isInitialized) await this.source.destroy();
  }

  private async refusePrivilegedRole(): Promise<void> {
    const rows: { rolsuper: boolean; rolbypassrls: boolean }[] = await this.source.query(
      'SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user',
    );
    if (rows[0] === undefined || rows[0].rolsuper || rows[0].rolbypassrls)
      throw new Error('the application role can bypass row-level security: refusing to run');
  }
}
