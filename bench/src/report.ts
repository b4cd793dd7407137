import { execSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** One line of the result: what was measured, what it must reach, what stands above it. */
export interface Figure {
  readonly measure: string;
  readonly unit: string;
  readonly value: number;
  /** Null: nothing is demanded, the figure is for the reader. */
  readonly must: { readonly atLeast: number } | { readonly atMost: number } | null;
  /** The same work without our product, in the same run; null where there is no such thing. */
  readonly ceiling: { readonly what: string; readonly value: number } | null;
  readonly note?: string;
}

export const reached = ({ value, must }: Figure): boolean =>
  must === null || ('atLeast' in must ? value >= must.atLeast : value <= must.atMost);

const number = (value: number): string =>
  Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en-US') : value.toPrecision(3);

export function toTable(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const { must, ceiling } = figure;
    const demand = must === null ? '–' : 'atLeast' in must ? `≥ ${number(must.atLeast)}` : `≤ ${number(must.atMost)}`;
    const ratio =
      ceiling === null
        ? '–'
        : `${number(ceiling.value)} (${ceiling.what}); ratio ${(figure.value / ceiling.value).toFixed(2)}`;
    return `| ${figure.measure} | ${number(figure.value)} ${figure.unit} | ${demand} | ${reached(figure) ? 'yes' : '**no**'} | ${ratio} | ${figure.note ?? ''} |`;
  });
  return [
    '| Measure | Figure | Must | Reached | Ceiling of the same run | Note |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

/** Writes docs/benchmarks.md: the machine, the date, the figures. */
export function writeReport(root: string, figures: readonly Figure[]): void {
  const cpu = os.cpus()[0]?.model ?? 'unknown';
  const commit = execSync('git rev-parse --short HEAD', { cwd: root }).toString().trim();
  const text = `# Benchmarks

Written by \`npm run bench\`. Everything runs on one machine: the load generator, every service, Postgres, NATS and Redis
share its cores, so only the ratio to the ceiling of the same run travels to another machine.

- Machine: ${os.cpus().length} × ${cpu}, ${Math.round(os.totalmem() / 2 ** 30)} GiB, ${os.type()} ${os.release()}, Node ${process.version}
- Date: ${new Date().toISOString().slice(0, 10)}, commit ${commit}

${toTable(figures)}
`;
  writeFileSync(path.join(root, 'docs', 'benchmarks.md'), text);
}
