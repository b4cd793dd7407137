import { setTimeout as sleep } from 'node:timers/promises';
import type { ExportFormat, ExportKind } from '@chargebus/api-contract';
import { AppError } from '@chargebus/errors';
import type { BlobStore, Bus } from '@chargebus/messaging';
import type { Logger } from '@chargebus/observability';
import type { ExportRecord, ExportRepository } from '@chargebus/persistence/iam';
import { countRows, DATASETS, openPages, readFilters } from './datasets';
import { encode } from './encode';
import type { ExportPages } from './encode';

export const EXPORT_BUCKET = 'exports';
export const EXPORT_KEEP_MS = 7 * 86_400_000;
const LEASE_MS = 60_000;
const LOOK_EVERY_MS = 1_000;
const MAX_ATTEMPTS = 3;
const FORGET_EVERY_MS = 3_600_000;

/** Every attempt writes a file of its own: one that was taken for dead cannot touch what the next one made. */
export const fileOf = ({
  exportId,
  attempts,
  format,
}: Pick<ExportRecord, 'exportId' | 'attempts' | 'format'>): string => `${exportId}-${attempts.toString()}.${format}`;

/** The run is somebody else's now, or nobody's. */
class Stopped extends Error {}

/**
 * Makes exports in the background, one at a time per process. A blob is written whole or not at all, so a run that dies is
 * begun anew by whoever finds its lease over, and gives up after some attempts.
 */
export class ExportRunner {
  private running: Promise<void> = Promise.resolve();
  private readonly ending = new AbortController();
  private forgetAtMs = 0;

  constructor(
    private readonly exports: ExportRepository,
    private readonly bus: Pick<Bus, 'ask'>,
    private readonly openStore: () => Promise<BlobStore>,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.look();
  }
  async onModuleDestroy(): Promise<void> {
    this.ending.abort();
    await this.running;
  }

  private async look(): Promise<void> {
    const { signal } = this.ending;
    while (!signal.aborted) {
      const found = await this.next().catch((error: unknown) => {
        this.logger.warn({ err: error }, 'exports cannot be looked at');
        return false;
      });
      if (!found) await sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  /** False: there is nothing to make. */
  private async next(): Promise<boolean> {
    if (Date.now() > this.forgetAtMs) {
      this.forgetAtMs = Date.now() + FORGET_EVERY_MS;
      await this.exports.forgetOld();
    }
    const run = await this.exports.claim(LEASE_MS);
    if (run === null) return false;
    if (run.attempts > MAX_ATTEMPTS) {
      await this.exports.fail(run, `was interrupted ${MAX_ATTEMPTS.toString()} times`);
      await this.removeEarlier(await this.openStore(), run);
    } else await this.make(run);
    return true;
  }

  private async make(run: ExportRecord): Promise<void> {
    try {
      const kind = run.kind as ExportKind;
      const audience = { tenantId: run.tenantId, within: run.within };
      const filters = readFilters(kind, run.filters);
      const pages = await openPages(this.bus, kind, audience, filters);
      const total = await countRows(this.bus, kind, audience, filters);
      if (total !== null) await this.exports.expect(run, total);
      const counted = { rows: 0 };
      const form = { format: run.format as ExportFormat, bom: run.bom };
      const bytes = encode(form, DATASETS[kind].columns, this.report(run, pages, counted));
      const store = await this.openStore();
      const made = await store.put(fileOf(run), asBytes(bytes), { filename: `${kind}-${run.exportId}.${run.format}` });
      const finished = { rows: counted.rows, bytes: made.sizeBytes, sha256: made.sha256, keepMs: EXPORT_KEEP_MS };
      if (await this.exports.finish(run, finished)) await this.removeEarlier(store, run);
      else await store.remove(fileOf(run));
    } catch (error) {
      await this.settle(run, error);
    }
  }

  /** What attempts left that died between the file and the word of it. */
  private async removeEarlier(store: BlobStore, run: ExportRecord): Promise<void> {
    for (let attempts = 1; attempts < run.attempts; attempts++) await store.remove(fileOf({ ...run, attempts }));
  }

  /** Passes the pages on and tells how far the run is; ends it when it is cancelled, taken over or the process stops. */
  private async *report(run: ExportRecord, pages: ExportPages, counted: { rows: number }): AsyncGenerator<ExportPage> {
    for await (const page of pages) {
      counted.rows += page.length;
      if (this.ending.signal.aborted || !(await this.exports.progress(run, counted.rows, LEASE_MS)))
        throw new Stopped();
      yield page;
    }
  }

  /** What a retry may cure is left for the next attempt, which the lease's end begins. */
  private async settle(run: ExportRecord, error: unknown): Promise<void> {
    if (error instanceof Stopped) {
      if (this.ending.signal.aborted) await this.exports.release(run);
      return;
    }
    this.logger.warn({ err: error, export_id: run.exportId, attempt: run.attempts }, 'export failed');
    const refused = error instanceof AppError && error.definition.status < 500;
    if (refused) await this.exports.fail(run, error.message);
    else if (run.attempts >= MAX_ATTEMPTS) await this.exports.fail(run, 'could not be made, try again later');
    else await this.exports.progress(run, 0, LOOK_EVERY_MS * run.attempts);
  }
}
type ExportPage = ExportPages extends AsyncIterable<infer P> ? P : never;

async function* asBytes(parts: AsyncIterable<string | Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const part of parts) yield typeof part === 'string' ? Buffer.from(part) : part;
}
