import { MAX_IMPORT_ROWS } from '@chargebus/api-contract';
import type { ImportedDevice } from '@chargebus/api-contract';

/** A row as it stands in a file: not checked yet. */
export interface RawRow {
  readonly line: number; // from 1
  readonly device: Readonly<Record<string, unknown>>;
}
export interface FileProblem {
  readonly line: number;
  readonly field: string;
  readonly reason: string;
}
/** Problems where it is no such file, or a line no row of it. */
export interface DeviceRows {
  readonly rows: readonly RawRow[];
  readonly problems: readonly FileProblem[];
}

export const tooManyRows = (field: string, line: number): FileProblem => ({
  line,
  field,
  reason: `has more than ${MAX_IMPORT_ROWS.toString()} rows`,
});

/** A list out of a JSON body. */
export const listed = (devices: readonly RawRow['device'][]): DeviceRows => ({
  rows: devices.map((device, at) => ({ line: at + 1, device })),
  problems: [],
});

/** A JSON object per line; empty lines are none. */
export function readLines(ndjson: string): DeviceRows {
  const rows: RawRow[] = [];
  const problems: FileProblem[] = [];
  for (const [at, text] of ndjson
    .replace(/^\uFEFF/, '')
    .split('\n')
    .entries()) {
    if (text.trim() === '') continue;
    if (rows.length + problems.length === MAX_IMPORT_ROWS)
      return { rows: [], problems: [tooManyRows('ndjson', at + 1)] };
    const device = objectOf(text);
    if (device === null) problems.push({ line: at + 1, field: 'ndjson', reason: 'is no JSON object' });
    else rows.push({ line: at + 1, device });
  }
  return { rows, problems };
}

export const asLines = (devices: readonly ImportedDevice[]): string =>
  devices.map((device) => `${JSON.stringify(device)}\n`).join('');

function objectOf(text: string): RawRow['device'] | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as RawRow['device']) : null;
  } catch {
    return null;
  }
}
