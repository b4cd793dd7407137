// Compiles the TypeScript of packages to CommonJS in `dist`: one process for all of them, only the files that changed.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { root } from './workspace.mjs';

const MANIFEST = '.sources.json'; // in dist: source file → digest of what it was compiled from
const isSource = (file) => file.endsWith('.ts') && !file.endsWith('.d.ts') && !/\.(int-|e2e-)?spec\.ts$/.test(file);

/**
 * @param {readonly string[]} folders packages, relative to the root; those without `src` are passed over
 * @returns {Promise<number>} how many files were compiled
 */
export async function buildPackages(folders) {
  const settings = fs.readFileSync(path.join(root, '.swcrc'), 'utf8');
  const stale = folders.flatMap((folder) => staleFiles(path.join(root, folder), settings));
  if (stale.length === 0) return 0;
  const swc = await import('@swc/core'); // only when needed: it costs a tenth of a second
  const { exclude: _bySpecName, ...options } = JSON.parse(settings);
  const results = await Promise.allSettled(stale.map((file) => compile(swc, options, file)));
  const failed = results.filter((result) => result.status === 'rejected').map(({ reason }) => reason.message);
  for (const dist of new Set(stale.map((file) => file.dist))) writeManifest(dist, stale, results);
  if (failed.length > 0) throw new Error(`build failed\n${failed.join('\n')}`);
  return stale.length;
}

/** Sources whose output is missing or was made from something else; output without a source is removed. */
function staleFiles(folder, settings) {
  const source = path.join(folder, 'src');
  if (!fs.existsSync(source)) return [];
  const dist = path.join(folder, 'dist');
  const files = fs.readdirSync(source, { recursive: true }).filter(isSource);
  const built = readManifest(dist);
  for (const gone of Object.keys(built).filter((file) => !files.includes(file)))
    for (const output of [outputOf(gone), `${outputOf(gone)}.map`]) fs.rmSync(path.join(dist, output), { force: true });
  return files.flatMap((file) => {
    const code = fs.readFileSync(path.join(source, file), 'utf8');
    const digest = createHash('sha256').update(settings).update(code).digest('base64');
    const fresh = built[file] === digest && fs.existsSync(path.join(dist, outputOf(file)));
    return fresh ? [] : [{ name: file, from: path.join(source, file), dist, code, digest }];
  });
}
const outputOf = (file) => file.replace(/\.ts$/, '.js');

async function compile(swc, options, { name, from, dist, code }) {
  const to = path.join(dist, outputOf(name));
  const output = await swc.transform(code, {
    ...options,
    swcrc: false,
    filename: from,
    sourceFileName: path.relative(path.dirname(to), from),
  });
  fs.mkdirSync(path.dirname(to), { recursive: true });
  fs.writeFileSync(to, `${output.code}\n//# sourceMappingURL=${path.basename(to)}.map\n`);
  fs.writeFileSync(`${to}.map`, output.map);
}

function readManifest(dist) {
  try {
    return JSON.parse(fs.readFileSync(path.join(dist, MANIFEST), 'utf8'));
  } catch {
    return {};
  }
}

/** What failed is left out, so that it is tried again. */
function writeManifest(dist, stale, results) {
  const source = path.join(path.dirname(dist), 'src');
  const entries = Object.entries(readManifest(dist)).filter(([file]) => fs.existsSync(path.join(source, file)));
  const manifest = Object.fromEntries(entries);
  stale.forEach((file, index) => {
    if (file.dist !== dist) return;
    if (results[index].status === 'fulfilled') manifest[file.name] = file.digest;
    else delete manifest[file.name];
  });
  fs.mkdirSync(dist, { recursive: true });
  fs.writeFileSync(path.join(dist, MANIFEST), JSON.stringify(manifest));
}
