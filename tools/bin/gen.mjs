#!/usr/bin/env node
// npm run gen: everything that is derived from declarations, written to the repository. `--check` writes nothing and
// fails where a file differs.
import fs from 'node:fs';
import path from 'node:path';
import { prepare } from '../lib/prepare.mjs';
import { root } from '../lib/workspace.mjs';

await prepare((line) => console.error(`[gen] ${line}`));
const { documents } = await import('../gen/documents.mjs'); // reads what `prepare` built
const check = process.argv.includes('--check');

const stale = Object.entries(await documents()).filter(([file, text]) => {
  const target = path.join(root, file);
  return !fs.existsSync(target) || fs.readFileSync(target, 'utf8') !== text;
});
for (const [file, text] of stale) {
  console.log(`${check ? 'differs' : 'wrote'}: ${file}`);
  if (check) continue;
  fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  fs.writeFileSync(path.join(root, file), text);
}
if (check && stale.length > 0) {
  console.error('generated files are not up to date: npm run gen');
  process.exitCode = 1;
}
