import { pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { Retained, TenantId } from '@chargebus/domain';
import type { BlobStore } from '@chargebus/messaging';
import type { Database, Transaction } from '../database';
import { asSystem, forTenant } from '../scope';
import { archiveId, fileOfArchive } from './archive-name';
import type { Retention } from './retention-keeper';

const FETCH_ROWS = 2_000;
/** Of one statement here: a day of a busy tenant is read and removed at once. */
const STATEMENT_TIMEOUT = '10min';

/** Rows of one tenant from one day or month, UTC; `to` is excluded. */
export interface ArchiveSlice {
  readonly tenantId: TenantId;
  readonly from: Date;
  readonly to: Date;
}
/** A table whose old rows leave it. */
export interface ArchiveSource {
  readonly kind: string;
  readonly retained: Retained; // which days of a policy say how long they stay
  /** A SELECT of one column `tenant_id`: whoever may have rows. */
  readonly tenants: string;
  readonly span: 'day' | 'month';
  /** Time of the oldest row of the transaction's tenant that may leave; null: there is none. */
  oldest(tx: Transaction, tenantId: TenantId): Promise<Date | null>;
  /** A SELECT of one column `line`: a row as JSON. Parameters: tenant, from, to. */
  readonly lines: string;
  /** Takes away what `lines` selects now. Returns how many rows of it there were. */
  remove(tx: Transaction, slice: ArchiveSlice, rows: number): Promise<number>;
  /** After every round: `before` is older than anything that a tenant keeps, `byDefault` than what the installation does. */
  readonly tidy?: (database: Database, before: Date, byDefault: Date) => Promise<void>;
}
export interface ArchiveResult {
  readonly archiveId: string | null; // null: there was no row after all
  readonly rows: number;
}

/** Rows came between reading and removing; nothing was removed, and the next run reads them too. */
export class ArchiveOutdated extends Error {}

/**
 * Moves rows that are older than their tenant wants them into compressed files (ADR 0162). Reading, manifest and removal
 * are one transaction, and the file, whose name follows from what is in it, is stored before that commits: whatever is
 * killed, the rows are in the table or in a file that the manifest names, and never in both.
 */
export class Archiver {
  constructor(
    private readonly database: Database,
    private readonly openStore: () => Promise<BlobStore>,
  ) {}

  /** What a keeper does with a source. */
  retention(source: ArchiveSource, defaultDays: () => number): Retention {
    const { kind, retained, tidy } = source;
    return {
      kind,
      retained,
      defaultDays,
      tenants: async () => {
        const scope = asSystem('history of every tenant is looked after');
        const { rows } = await this.database.query<{ tenant_id: TenantId }>(scope, source.tenants);
        return rows.map((row) => row.tenant_id);
      },
      next: (tenantId, keepFrom) => this.next(source, tenantId, keepFrom),
      ...(tidy === undefined ? {} : { tidy: (before, byDefault) => tidy(this.database, before, byDefault) }),
    };
  }

  /** The oldest slice that ended before `keepFrom`; null: there is none, or another process archives now. */
  async next(source: ArchiveSource, tenantId: TenantId, keepFrom: Date): Promise<ArchiveResult | null> {
    const store = await this.openStore();
    return this.database.transaction(forTenant(tenantId), async (tx) => {
      await tx.query(`SET LOCAL statement_timeout = '${STATEMENT_TIMEOUT}'`);
      const lock = await tx.query<{ mine: boolean }>('SELECT pg_try_advisory_xact_lock(hashtext($1)) AS mine', [
        `archive ${source.kind}`,
      ]);
      if (lock.rows[0]?.mine !== true) return null;
      const oldest = await source.oldest(tx, tenantId);
      if (oldest === null) return null;
      const slice = { tenantId, ...spanOf(oldest, source.span) };
      return slice.to > keepFrom ? null : this.archive(tx, store, source, slice);
    });
  }

  private async archive(
    tx: Transaction,
    store: BlobStore,
    source: ArchiveSource,
    slice: ArchiveSlice,
  ): Promise<ArchiveResult> {
    const { tenantId, from, to } = slice;
    const part = await this.nextPart(tx, source.kind, slice);
    const id = archiveId(source.kind, tenantId, from, part);
    const counted = { rows: 0 };
    const zipped = pipeline(Readable.from(read(tx, source, slice, counted)), createGzip(), () => undefined);
    const stored = await store.put(fileOfArchive(id), zipped as AsyncIterable<Uint8Array>, { kind: source.kind });
    const removed = await source.remove(tx, slice, counted.rows);
    if (removed !== counted.rows) throw new ArchiveOutdated(`${id}: ${counted.rows} rows read, ${removed} removed`);
    if (counted.rows === 0) {
      await store.remove(fileOfArchive(id));
      return { archiveId: null, rows: 0 };
    }
    await tx.query(
      `INSERT INTO archive.archives (archive_id, tenant_id, kind, range_from, range_to, part, rows, bytes, sha256)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [id, tenantId, source.kind, from, to, part, counted.rows, stored.sizeBytes, stored.sha256],
    );
    return { archiveId: id, rows: counted.rows };
  }

  /** Rows that come after their time was archived get a part of their own. */
  private async nextPart(tx: Transaction, kind: string, { tenantId, from }: ArchiveSlice): Promise<number> {
    const { rows } = await tx.query<{ part: number }>(
      `SELECT coalesce(max(part), 0) + 1 AS part FROM archive.archives
       WHERE tenant_id = $1 AND kind = $2 AND range_from = $3`,
      [tenantId, kind, from],
    );
    return rows[0]?.part ?? 1;
  }
}

async function* read(
  tx: Transaction,
  { lines }: ArchiveSource,
  { tenantId, from, to }: ArchiveSlice,
  counted: { rows: number },
): AsyncGenerator<string> {
  await tx.query(`DECLARE archived NO SCROLL CURSOR FOR ${lines}`, [tenantId, from, to]);
  for (;;) {
    const { rows } = await tx.query<{ line: string }>(`FETCH ${FETCH_ROWS.toString()} FROM archived`);
    if (rows.length === 0) break;
    counted.rows += rows.length;
    yield rows.map(({ line }) => `${line}\n`).join('');
  }
  await tx.query('CLOSE archived');
}

function spanOf(at: Date, span: ArchiveSource['span']): { from: Date; to: Date } {
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()];
  return span === 'day'
    ? { from: new Date(Date.UTC(year, month, day)), to: new Date(Date.UTC(year, month, day + 1)) }
    : { from: new Date(Date.UTC(year, month)), to: new Date(Date.UTC(year, month + 1)) };
}
