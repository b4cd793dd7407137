import { DEVICE_COLUMNS, MAX_IMPORT_ROWS, TOLD_COLUMNS } from '@chargebus/api-contract';
import type { ImportedDevice } from '@chargebus/api-contract';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { tooManyRows } from './device-rows';
import type { DeviceRows, FileProblem, RawRow } from './device-rows';

type Column = (typeof DEVICE_COLUMNS)[number];
const BOM = '\uFEFF';
const columnNames: readonly string[] = DEVICE_COLUMNS;

/** What a spreadsheet would run, or what `unguarded` would shorten, begins with an apostrophe. */
const guarded = (text: string): string => (/^['=+\-@\t\r]/.test(text) ? `'${text}` : text);
const unguarded = (text: string): string => (text.startsWith("'") ? text.slice(1) : text);

/** What an empty cell says: nothing for what may be nothing, "as it is" for the rest. */
const EMPTY: Readonly<Partial<Record<Column, unknown>>> = {
  name: null,
  region: null,
  station: null,
  model: null,
  protocol: null,
  heartbeat_interval: null,
  offline_timeout: null,
  tags: [],
  groups: [],
};

/** Spreadsheets write them in capitals. */
const FLAGS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
]);

function readCell(column: Column, cell: string): unknown {
  if (cell === '') return EMPTY[column];
  switch (column) {
    case 'port_count':
    case 'heartbeat_interval':
    case 'offline_timeout':
      return /^\d{1,9}$/.test(cell) ? Number(cell) : cell;
    case 'maintenance':
      return FLAGS.get(cell.toLowerCase()) ?? cell;
    case 'tags':
    case 'groups':
      return cell.startsWith('[') ? jsonOr(cell) : cell.split(/[\s;|]+/).filter((tag) => tag !== '');
    case 'attributes':
      return jsonOr(cell);
    default:
      return cell;
  }
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function writeCell(value: ImportedDevice[Column]): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return guarded(value.join(' '));
  if (typeof value === 'object') return Object.keys(value).length === 0 ? '' : JSON.stringify(value);
  return guarded(String(value));
}

export const csvHeader = (bom: boolean): string => `${bom ? BOM : ''}${stringify([[...DEVICE_COLUMNS]])}`;
export const csvRows = (devices: readonly ImportedDevice[]): string =>
  devices.length === 0
    ? ''
    : stringify(devices.map((device) => DEVICE_COLUMNS.map((column) => writeCell(device[column]))));

/** Spreadsheets separate by what their country is used to. */
const SEPARATORS = [',', ';', '\t'] as const;
function separatorOf(csv: string): string {
  const header = /^.*/.exec(csv)?.[0] ?? '';
  const [most = ','] = SEPARATORS.toSorted((a, b) => header.split(b).length - header.split(a).length);
  return most;
}
/** Line breaks inside of quotes; the parser counts to the end of a record. */
const breaksIn = (record: readonly string[]): number => record.join('').split('\n').length - 1;

/** Rows of a file by their columns; problems where it is no such file, or a row has not as many cells as the header. */
export function readCsv(csv: string): DeviceRows {
  let records: { readonly record: readonly string[]; readonly info: { readonly lines: number } }[];
  try {
    records = parse(csv.replace(/\r\n?/g, '\n'), {
      bom: true,
      delimiter: separatorOf(csv),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      to: MAX_IMPORT_ROWS + 2,
    }) as unknown as typeof records;
  } catch (error) {
    const { lines = 1, message = 'is no CSV' } = error as { lines?: number; message?: string };
    return { rows: [], problems: [{ line: lines, field: 'csv', reason: message }] };
  }
  const [head, ...body] = records;
  const header = (head?.record ?? []).map((name) => name.trim());
  const problems: FileProblem[] = headerProblems(header);
  if (body.length > MAX_IMPORT_ROWS) problems.push(tooManyRows('csv', body[MAX_IMPORT_ROWS]?.info.lines ?? 1));
  if (problems.length > 0) return { rows: [], problems };
  const rows: RawRow[] = [];
  for (const { record, info } of body) {
    const line = info.lines - breaksIn(record);
    if (record.length === header.length) rows.push({ line, device: readRow(header as readonly Column[], record) });
    else
      problems.push({
        line,
        field: 'csv',
        reason: `has ${record.length.toString()} cells, the header ${header.length.toString()}`,
      });
  }
  return { rows, problems };
}

const readRow = (header: readonly Column[], record: readonly string[]): RawRow['device'] =>
  Object.fromEntries(
    header
      .map(
        (column, at) =>
          [column, TOLD_COLUMNS.has(column) ? undefined : readCell(column, unguarded(record[at] ?? ''))] as const,
      )
      .filter(([, value]) => value !== undefined),
  );

function headerProblems(header: readonly string[]): FileProblem[] {
  const wrong = (field: string, reason: string): FileProblem => ({ line: 1, field, reason });
  return [
    ...(header.includes('phy_id') ? [] : [wrong('phy_id', 'is no column of the header')]),
    ...header
      .filter((name) => !columnNames.includes(name) && !TOLD_COLUMNS.has(name))
      .map((name) => wrong(name, 'is not a known column')),
    ...header.filter((name, at) => header.indexOf(name) !== at).map((name) => wrong(name, 'stands twice')),
  ];
}
