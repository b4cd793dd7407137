#!/usr/bin/env node
// npm run check: format, lint, types, generated files, unit tests. What did not change comes from Nx's cache.
import { prepare } from '../lib/prepare.mjs';
import { nx, runProgram } from '../lib/run-program.mjs';

await prepare((line) => console.error(`[check] ${line}`));
const steps = [
  ['format', () => runProgram('prettier', ['--check', '--log-level=warn', '.'])],
  ['lint and types', () => nx('run-many', '-t', 'lint', 'typecheck', '--parallel=2')],
  ['generated files', () => runProgram(process.execPath, ['tools/bin/gen.mjs', '--check'])],
  ['unit tests', () => runProgram('jest', ['--config', 'jest.config.cjs', '--testPathPatterns', '\\.spec\\.ts$'])],
];
const failed = [];
for (const [name, step] of steps) if ((await step()) !== 0) failed.push(name);
console.log(failed.length === 0 ? 'check: all good' : `check: failed: ${failed.join(', ')}`);
process.exit(failed.length === 0 ? 0 : 1);
