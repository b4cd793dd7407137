import type { Transaction } from '../database';

/** How one property is kept: its column, and what has to be done to the value on the way. */
interface Column {
  readonly column: string;
  readonly sqlType: string;
  readonly toSql: (value: unknown) => unknown;
  readonly fromSql: (value: unknown) => unknown;
  readonly generated?: boolean; // by the database: read, never written
}
const same = (value: unknown): unknown => value;
const plain =
  (sqlType: string) =>
  (column: string): Column => ({ column, sqlType, toSql: same, fromSql: same });

export const text = plain('text');
export const uuid = plain('uuid');
export const integer = plain('integer');
export const real = plain('double precision');
export const bool = plain('boolean');
export const json = plain('jsonb');
/** bigint that stays far below 2^53. */
export const bigint = (column: string): Column => ({
  column,
  sqlType: 'bigint',
  toSql: same,
  fromSql: (value) => (value === null ? null : Number(value)),
});
/** An identity column. */
export const serial = (column: string): Column => ({ ...bigint(column), generated: true });
/** Epoch milliseconds here, timestamptz there. */
export const instant = (column: string): Column => ({
  column,
  sqlType: 'timestamptz',
  toSql: (value) => (typeof value === 'number' ? new Date(value).toISOString() : null),
  fromSql: (value) => (value instanceof Date ? value.getTime() : null),
});

type Entries<T> = readonly (readonly [keyof T & string, Column])[];
/** One row as it was and as it shall be. */
export interface Change<T> {
  readonly before: T;
  readonly after: T;
}
type Columns<T> = { readonly [K in keyof T]-?: Column };

/**
 * One table, said once: which property is which column. Rows travel to Postgres as one JSON parameter, so that any
 * number of them is one statement with one plan.
 */
export class RowMapping<T extends object> {
  private readonly entries: Entries<T>;
  private readonly written: Entries<T>;

  constructor(
    readonly table: string,
    columns: Columns<T>,
  ) {
    this.entries = Object.entries<Column>(columns as Record<string, Column>) as [keyof T & string, Column][];
    this.written = this.entries.filter(([, { generated }]) => generated !== true);
  }

  select(alias: string): string {
    return this.entries.map(([, { column }]) => `${alias}.${column}`).join(', ');
  }

  fromRow(row: Readonly<Record<string, unknown>>): T {
    const value: Record<string, unknown> = {};
    for (const [property, { column, fromSql }] of this.entries) value[property] = fromSql(row[column]);
    return value as T;
  }

  /** Adds rows; `suffix` is what stands after them in the statement (ON CONFLICT …, RETURNING …). */
  async insert(
    tx: Transaction,
    values: readonly T[],
    suffix = '',
  ): Promise<readonly Readonly<Record<string, unknown>>[]> {
    if (values.length === 0) return [];
    const columns = this.written.map(([, { column }]) => column).join(', ');
    const { rows } = await tx.query(
      `INSERT INTO ${this.table} (${columns})
       SELECT ${columns} FROM jsonb_to_recordset($1::jsonb) AS r (${recordType(this.written)}) ${suffix}`,
      [encode(this.written, values)],
    );
    return rows;
  }

  /** Adds rows, or overwrites those that have the same `key` (columns of a unique index). */
  async upsert(tx: Transaction, values: readonly T[], key: string): Promise<void> {
    const assignments = this.written.map(([, { column }]) => `${column} = excluded.${column}`).join(', ');
    await this.insert(tx, values, `ON CONFLICT (${key}) DO UPDATE SET ${assignments}`);
  }

  /**
   * Writes what became different, into the rows found by `key`; returns how many there were. Only columns in which any of
   * the rows differs take part, so that a wide table costs no more than its changes. `guard`: this property must still
   * be in the row what it was. `set` is added to the assignments.
   */
  async update(
    tx: Transaction,
    changes: readonly Change<T>[],
    key: keyof T,
    options: { readonly guard?: keyof T; readonly set?: string } = {},
  ): Promise<number> {
    if (changes.length === 0) return 0;
    const changed = this.written.filter(([property]) =>
      changes.some(({ before, after }) => before[property] !== after[property]),
    );
    const found = this.written.filter(([property]) => property === key || property === options.guard);
    const assignments = changed.map(([, { column }]) => `${column} = r.${column}`);
    if (options.set !== undefined) assignments.push(options.set);
    if (assignments.length === 0) return changes.length;
    const taking = [...new Set([...found, ...changed])];
    const { count } = await tx.query(
      `UPDATE ${this.table} t SET ${assignments.join(', ')}
       FROM jsonb_to_recordset($1::jsonb) AS r (${recordType(taking)})
       WHERE ${found.map(([, { column }]) => `t.${column} = r.${column}`).join(' AND ')}`,
      [
        encode(
          taking,
          changes.map(({ after }) => after),
        ),
      ],
    );
    return count;
  }
}

function encode<T extends object>(entries: Entries<T>, values: readonly T[]): string {
  return JSON.stringify(
    values.map((value) => {
      const row: Record<string, unknown> = {};
      for (const [property, { column, toSql }] of entries) row[column] = toSql(value[property]);
      return row;
    }),
  );
}
const recordType = <T extends object>(entries: Entries<T>): string =>
  entries.map(([, { column, sqlType }]) => `${column} ${sqlType}`).join(', ');
