import type { PoolClient, QueryResultRow } from 'pg';
import { DataSource } from 'typeorm';
import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import { scopeSetting } from './scope';
import type { Scope } from './scope';

/** The role every app works as: owns nothing, cannot bypass row-level security. */
export const APP_ROLE = 'chargebus_app';

/** A connection holds its prepared statements and the catalogue; after a pause nobody should wait for both anew. */
const IDLE_CONNECTION_MS = 300_000;

export interface Rows<R> {
  readonly rows: R[];
  /** Rows touched by the statement. */
  readonly count: number;
}
export interface Statements {
  /**
   * Statements that are asked for together are sent together and done in that order. `name`, which stands for one text,
   * prepares the statement once per connection, and its plan may be kept (ADR 0006).
   */
  query<R extends QueryResultRow>(sql: string, params?: readonly unknown[], name?: string): Promise<Rows<R>>;
}
export interface Transaction extends Statements {
  readonly manager: EntityManager;
  /** As `query`, of the last statement of all: the commit goes along with it, which saves a round trip. */
  readonly last: Statements['query'];
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
        idleTimeoutMillis: IDLE_CONNECTION_MS,
        keepAlive: true,
        pipeline: true, // statements that do not need each other's answers share a round trip
      },
    });
    await source.initialize();
    const database = new Database(source);
    await database.refusePrivilegedRole();
    return database;
  }

  /** Commits when `work` resolves, rolls back when it throws. */
  transaction<T>(scope: Scope, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.begin(scope, async (client, manager, begun) => {
      let firstFailure: unknown = null;
      const ends: Promise<unknown>[] = [];
      const query: Transaction['query'] = (sql, params, name) =>
        run<never>(client, sql, params, name).catch((error: unknown) => {
          firstFailure ??= error;
          throw error;
        });
      const last: Transaction['last'] = async (sql, params, name) => {
        const statement = query<never>(sql, params, name);
        const end = client.query('COMMIT'); // of a statement that failed it is a rollback
        ends.push(end);
        await Promise.allSettled([statement, end]);
        return statement;
      };
      try {
        const result = await work({ manager, query, last });
        await begun;
        await (ends[0] ?? client.query('COMMIT'));
        return result;
      } catch (error) {
        await client.query('ROLLBACK').catch(() => undefined); // the connection may be the thing that broke
        throw isAborted(error) ? firstFailure : error;
      }
    });
  }

  /** One statement in a transaction of its own, and in one round trip. */
  query<R extends QueryResultRow>(
    scope: Scope,
    sql: string,
    params: readonly unknown[] = [],
    name?: string,
  ): Promise<Rows<R>> {
    return this.begin(scope, async (client) => {
      const statement = run<R>(client, sql, params, name);
      const end = client.query('COMMIT'); // of a statement that failed it is a rollback
      await Promise.allSettled([statement, end]);
      const answer = await statement;
      await end;
      return answer;
    });
  }

  /** For a repository's method that is one statement: it gets a transaction of its own, in one round trip. */
  alone(scope: Scope): Statements {
    return { query: (sql, params, name) => this.query(scope, sql, params, name) };
  }

  /** `begun` is not awaited, so that the first statement goes along with it: should it fail, so does that, for want of a scope. */
  private async begin<T>(
    scope: Scope,
    work: (client: PoolClient, manager: EntityManager, begun: Promise<unknown>) => Promise<T>,
  ): Promise<T> {
    const setting = scopeSetting(scope);
    const runner = this.source.createQueryRunner();
    try {
      const client = (await runner.connect()) as PoolClient;
      const begun = client.query(`BEGIN; SET LOCAL tenancy.scope = '${setting}'`); // the value is `*` or checked UUIDs
      begun.catch(() => undefined);
      return await work(client, runner.manager, begun);
    } finally {
      await runner.release();
    }
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

/** Not the reason but what every statement after the one that failed is told. */
const isAborted = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === '25P02';

async function run<R extends QueryResultRow>(
  client: PoolClient,
  sql: string,
  params: readonly unknown[] = [],
  name?: string,
): Promise<Rows<R>> {
  const answer = await client.query<R>({ text: sql, values: [...params], ...(name === undefined ? {} : { name }) });
  return { rows: answer.rows, count: answer.rowCount ?? 0 };
}
