#!/usr/bin/env node
// npm run simulate [-- options]: virtual devices against a running device gateway; `-- --help` lists the options.
import path from 'node:path';
import { prepare } from '../lib/prepare.mjs';
import { root } from '../lib/workspace.mjs';

await prepare((line) => console.error(`[simulate] ${line}`));
await import(path.join(root, 'apps/simulator/dist/main.js'));
