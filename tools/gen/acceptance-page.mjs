import fs from 'node:fs';
import path from 'node:path';
import { packageFolders, root } from '../lib/workspace.mjs';
import { GENERATED, table } from './load.mjs';

const isTest = (file) => /\.(int-|e2e-)?spec\.ts$/.test(file);
/** A title that begins with rows of the acceptance list: `'E14 E15 answers …'`, `'E02 to E05 …'`. */
const ROW = String.raw`[A-Z]{1,2}\d{2}`;
const TITLE = new RegExp(
  String.raw`(?:it|test|describe)\b[^'"\`\n]*\(\s*(['"\`])((?:${ROW}(?: to |[–-]|[ ,]+))+)(.+?)\1`,
  'g',
);
const ROWS = /([A-Z]{1,2})(\d{2})(?:(?: to |[–-])[A-Z]{0,2}(\d{2}))?/g;

/** docs/generated/acceptance.md: which rows of the acceptance list have a test that carries their id. */
export function acceptancePage() {
  const tests = testFiles().flatMap((file) => titlesOf(file).map((title) => ({ file, ...title })));
  const byId = new Map();
  for (const { ids, text, file } of tests)
    for (const id of ids) byId.set(id, [...(byId.get(id) ?? []), `${text} (${file})`]);
  const order = ([a], [b]) => a.length - b.length || a.localeCompare(b); // A … Z, then AA …
  const rows = [...byId].sort(order).map(([id, titles]) => [id, titles.length, titles.sort().join('; ')]);
  const intro = `${rows.length} rows have at least one test that carries their id.`;
  return `${GENERATED}\n# Acceptance rows with a test\n\n${intro}\n\n${table(['Row', 'Tests', 'What they show'], rows)}\n`;
}

const testFiles = () =>
  [...packageFolders(), 'tools', 'e2e']
    .flatMap((folder) =>
      fs
        .readdirSync(path.join(root, folder), { recursive: true })
        .filter((file) => isTest(file) && !/(^|\/)(node_modules|dist)\//.test(file))
        .map((file) => path.posix.join(folder, file)),
    )
    .sort();

function titlesOf(file) {
  const text = fs
    .readFileSync(path.join(root, file), 'utf8')
    .replaceAll(/\)\(\s+/g, ')(')
    .replaceAll(/\(\n\s+/g, '(');
  return [...text.matchAll(TITLE)].map(([, , ids, title]) => ({ ids: idsOf(ids), text: title.trim() }));
}

const idsOf = (text) =>
  [...text.matchAll(ROWS)].flatMap(([, letters, from, to = from]) =>
    Array.from(
      { length: Number(to) - Number(from) + 1 },
      (_, i) => letters + String(Number(from) + i).padStart(2, '0'),
    ),
  );
