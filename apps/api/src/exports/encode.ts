import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import type { ExportFormat } from '@chargebus/api-contract';
import { safeCell } from '@chargebus/domain';
import { stringify } from 'csv-stringify/sync';

/** One row, columns in the order of the first one; what is no text, number or truth value becomes JSON in a cell. */
export type ExportRow = Readonly<Record<string, unknown>>;
export type ExportPages = AsyncIterable<readonly ExportRow[]>;

export const CONTENT_TYPES: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  jsonl: 'application/x-ndjson',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

export interface ExportForm {
  readonly format: ExportFormat;
  readonly bom: boolean; // CSV begins with a byte order mark
}
const BYTE_ORDER_MARK = '\uFEFF';

/** Rows as bytes, a page in memory at a time: the next page is asked for when this one is taken. */
export function encode(
  { format, bom }: ExportForm,
  columns: readonly string[],
  pages: ExportPages,
): AsyncIterable<string | Uint8Array> {
  switch (format) {
    case 'csv':
      return csv(columns, pages, bom ? BYTE_ORDER_MARK : '');
    case 'jsonl':
      return lines(pages);
    case 'xlsx':
      return workbook(columns, pages);
  }
}

async function* csv(columns: readonly string[], pages: ExportPages, mark: string): AsyncGenerator<string> {
  yield mark + stringify([columns]);
  for await (const page of pages)
    if (page.length > 0) yield stringify(page.map((row) => columns.map((name) => textCell(row[name]))));
}

async function* lines(pages: ExportPages): AsyncGenerator<string> {
  for await (const page of pages) if (page.length > 0) yield page.map((row) => `${JSON.stringify(row)}\n`).join('');
}

/** What a sheet holds at most is 1,048,576 rows. */
const ROWS_PER_SHEET = 1_000_000;

/** Cells of text are stored as text, so that nothing in them is ever run. */
async function* workbook(columns: readonly string[], pages: ExportPages): AsyncGenerator<Uint8Array> {
  const out = new PassThrough();
  const writing = write(out, columns, pages).catch((error: unknown) => {
    out.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  try {
    yield* out as AsyncIterable<Uint8Array>;
  } finally {
    out.destroy();
    await writing;
  }
}

async function write(out: PassThrough, columns: readonly string[], pages: ExportPages): Promise<void> {
  const { stream: excel } = await import('exceljs'); // a quarter of a second and hundreds of files, for those who export
  const book = new excel.xlsx.WorkbookWriter({ stream: out, useStyles: false, useSharedStrings: false });
  const newSheet = (no: number) => {
    const sheet = book.addWorksheet(no === 1 ? 'export' : `export ${no.toString()}`);
    sheet.addRow([...columns]).commit();
    return sheet;
  };
  let sheet = newSheet(1);
  let rows = 0;
  for await (const page of pages) {
    for (const row of page) {
      if (rows > 0 && rows % ROWS_PER_SHEET === 0) {
        sheet.commit();
        sheet = newSheet(rows / ROWS_PER_SHEET + 1);
      }
      sheet.addRow(columns.map((name) => cell(row[name]))).commit();
      rows += 1;
    }
    if (!(await taken(out))) return;
  }
  sheet.commit();
  await book.commit();
}

/** Resolves when the reader has caught up; false: there is none any more. */
async function taken(out: PassThrough): Promise<boolean> {
  await new Promise((resolve) => setImmediate(resolve)); // the zip works in between
  if (out.writableNeedDrain && !out.destroyed)
    await Promise.race([once(out, 'drain'), once(out, 'close')]).catch(() => undefined);
  return !out.destroyed;
}

const textCell = (value: unknown): string | number | null => {
  const shown = cell(value);
  if (typeof shown === 'boolean') return String(shown); // the library would write 1 and nothing
  return typeof shown === 'string' ? safeCell(shown) : shown;
};
const cell = (value: unknown): string | number | boolean | null => {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : JSON.stringify(value);
};
