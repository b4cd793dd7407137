// Finds an executable of a server, first source that works: <NAME>_BIN, npm, PATH, Debian's package, emulation.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { CATALOGUE } from './catalogue.mjs';
import { debianPackage } from './debian-source.mjs';
import { EmbeddedError, isRoot } from './process.mjs';

/**
 * @param {'postgres'|'nats'|'redis'} name
 * @param {{dataDir: string, log: (line: string) => void}} context
 * @returns {Promise<{exe: string, source: string, version: string, env: Record<string, string>, dir?: string}>}
 */
export async function resolveBinary(name, context) {
  const spec = CATALOGUE[name];
  const forced = process.env[spec.bin];
  if (forced) {
    const hit = accept(spec, forced, spec.bin);
    if (hit === null) throw new EmbeddedError(`${spec.bin}=${forced} is not a usable ${spec.exe[0]}`);
    return hit;
  }
  for (const source of (process.env.EMBEDDED_SOURCES ?? 'npm,path,apt,js').split(',')) {
    const hit = await sources[source]?.(name, spec, context);
    if (hit) return hit;
  }
  throw new EmbeddedError(whatToDo(spec));
}

const sources = {
  npm: async (_name, spec, context) => accept(spec, await spec.npm(context), 'npm'),
  path: (_name, spec) => {
    const dirs = [...(process.env.PATH ?? '').split(path.delimiter).filter(Boolean), ...spec.dirs()];
    for (const file of dirs.flatMap((dir) => spec.exe.map((exe) => path.join(dir, exe)))) {
      const hit = accept(spec, file, 'path');
      if (hit !== null) return hit;
    }
    return null;
  },
  apt: (name, spec, context) => debianPackage(name, spec.debian, context, (exe, env) => accept(spec, exe, 'apt', env)),
  js: async (_name, spec, context) => {
    const dir = await spec.emulation?.(context);
    return dir ? { exe: process.execPath, source: 'js', version: 'emulation', env: {}, dir } : null;
  },
};

/** Null: not there, not executable, or too old. */
function accept(spec, exe, source, env = {}) {
  if (!exe || !fs.existsSync(exe)) return null;
  try {
    fs.accessSync(exe, fs.constants.X_OK);
  } catch {
    try {
      fs.chmodSync(exe, 0o755); // npm may drop the bit
    } catch {
      return null;
    }
  }
  const version = versionOf(exe, env);
  if (version === null || !atLeast(version, spec.minVersion)) return null;
  const real = path.join(fs.realpathSync(path.dirname(exe)), path.basename(exe));
  return { exe: real, source, version: version.join('.'), env };
}

function versionOf(exe, env) {
  const result = spawnSync(exe, ['--version'], { encoding: 'utf8', env: { ...process.env, ...env }, timeout: 10_000 });
  if (result.status !== 0) return null;
  const match = /v?=?(\d+)\.(\d+)(?:\.(\d+))?/.exec(result.stdout + result.stderr);
  return match && [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
}
const atLeast = ([major, minor], [minMajor, minMinor]) => major > minMajor || (major === minMajor && minor >= minMinor);

function whatToDo(spec) {
  const sudo = isRoot ? '' : 'sudo ';
  const command =
    process.platform === 'darwin'
      ? spec.install.darwin
      : spec.install.linux &&
        `${sudo}apt-get update && ${sudo}${spec.install.linux}   (or your distribution's package)`;
  return [
    `No ${spec.exe[0]} (${spec.minVersion.join('.')} or newer) was found.`,
    command ? `  Either run:  ${command}` : `  Either download it:  ${spec.download}`,
    `  or point at a running one:  ${spec.url}=...`,
    `  or at a binary:  ${spec.bin}=...`,
  ].join('\n');
}
