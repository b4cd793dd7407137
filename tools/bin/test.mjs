#!/usr/bin/env node
// npm test [-- jest arguments]: every test, on throw-away servers that are gone afterwards.
import { prepare } from '../lib/prepare.mjs';
import { runProgram } from '../lib/run-program.mjs';
import { resolveTestBinaries, startTestServers } from '../lib/test-servers.mjs';

const log = (line) => console.error(`[test] ${line}`);
const [binaries] = await Promise.all([resolveTestBinaries(log), prepare(log)]);
const servers = await startTestServers(binaries, log);
// Every test file loads the frameworks anew: with room for that, far less is copied by the garbage collector.
const NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --max-semi-space-size=64`.trim();
const code = await runProgram('jest', ['--config', 'jest.config.cjs', ...process.argv.slice(2)], {
  env: { ...process.env, NODE_ENV: 'test', NODE_OPTIONS, ...servers.env },
  stdio: ['ignore', 'inherit', 'inherit'],
});
await servers.stop();
process.exit(code);
