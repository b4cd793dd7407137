#!/usr/bin/env node
// npm run bench [-- codec ingest …]: measures on throw-away servers; the whole set is written to docs/benchmarks.md.
import { buildPackages } from '../lib/build-packages.mjs';
import { prepare } from '../lib/prepare.mjs';
import { runProgram } from '../lib/run-program.mjs';
import { resolveTestBinaries, startTestServers } from '../lib/test-servers.mjs';

const log = (line) => console.error(`[bench] ${line}`);
const [binaries] = await Promise.all([resolveTestBinaries(log), prepare(log)]);
await buildPackages(['bench']);
const servers = await startTestServers(binaries, log);
const code = await runProgram(process.execPath, ['bench/dist/main.js', ...process.argv.slice(2)], {
  env: { ...process.env, NODE_ENV: 'production', ...servers.env },
});
await servers.stop();
process.exit(code);
