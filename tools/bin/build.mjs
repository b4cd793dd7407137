#!/usr/bin/env node
// node tools/bin/build.mjs [folder …]: compiles these packages, all of them by default.
import path from 'node:path';
import { buildPackages } from '../lib/build-packages.mjs';
import { packageFolders, root } from '../lib/workspace.mjs';

const folders = process.argv.slice(2).map((folder) => path.relative(root, path.resolve(folder)));
const compiled = await buildPackages(folders.length > 0 ? folders : packageFolders());
console.log(`compiled ${compiled} files`);
