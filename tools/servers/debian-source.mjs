// Debian and Ubuntu: the distribution's packages, fetched by apt (signatures checked) and unpacked under the data
// folder. Needs no root, starts no daemon, installs nothing on the machine.
import fs from 'node:fs';
import path from 'node:path';
import { runQuietly } from './process.mjs';

const onPath = (exe) =>
  (process.env.PATH ?? '').split(path.delimiter).some((dir) => fs.existsSync(path.join(dir, exe)));

/** Calls `accept(exe, env)` with the unpacked executable and the environment it needs; null when there is none. */
export async function debianPackage(name, spec, { dataDir, log }, accept) {
  if (spec === null || process.platform !== 'linux' || !onPath('apt-get') || !onPath('dpkg-deb')) return null;
  const base = path.join(dataDir, 'tools', `${name}-debian`);
  const tree = path.join(base, 'tree');
  const done = path.join(base, 'done');
  if (fs.existsSync(done)) {
    const hit = pick(tree, spec, accept);
    if (hit !== null) return hit;
  }
  fs.rmSync(base, { recursive: true, force: true });
  for (const dir of ['lists/partial', 'cache/archives/partial', 'debs', 'tree'])
    fs.mkdirSync(path.join(base, dir), { recursive: true });
  log(`${name}: fetching Debian's ${spec.packages.join(' ')} (unpacked under the data folder, nothing is installed)`);
  if (!(await fetchAndUnpack(base, tree, spec.packages, log))) return null;
  const hit = pick(tree, spec, accept);
  if (hit !== null) fs.writeFileSync(done, '');
  return hit;
}

/** The machine's own package lists first (fast); private fresh ones where those are empty or stale. */
async function fetchAndUnpack(base, tree, packages, log) {
  const env = { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' };
  const debs = path.join(base, 'debs');
  const machine = settings('Debug::NoLocking=1', 'APT::Sandbox::User=');
  const fresh = settings(
    `Dir::State::Lists=${path.join(base, 'lists')}`,
    `Dir::Cache=${path.join(base, 'cache')}`,
    'Debug::NoLocking=1',
    'APT::Sandbox::User=',
    'Acquire::Languages=none',
    'Acquire::Retries=2',
  );
  for (const options of [machine, fresh]) {
    if (options === fresh) {
      const update = await runQuietly('apt-get', [...fresh, 'update'], { env });
      if (update.code !== 0) log(`apt-get update: ${update.err.trim().split('\n')[0]}`);
    }
    const plan = await runQuietly('apt-get', [...options, '-s', 'install', '--no-install-recommends', ...packages], {
      env,
    });
    const planned = [...plan.out.matchAll(/^Inst (\S+)/gm)].map((match) => match[1]);
    // What is "installed" already is not in the plan, yet it is wanted here.
    const wanted = [...new Set([...planned, ...packages])];
    const download = await runQuietly('apt-get', [...options, 'download', ...wanted], { env, cwd: debs });
    if (download.code !== 0) continue;
    for (const deb of fs.readdirSync(debs))
      if ((await runQuietly('dpkg-deb', ['-x', path.join(debs, deb), tree])).code !== 0) return false;
    for (const dir of ['lists', 'cache', 'debs']) fs.rmSync(path.join(base, dir), { recursive: true, force: true });
    return true;
  }
  return false;
}
const settings = (...values) => ['-qq', ...values.flatMap((value) => ['-o', value])];

function pick(tree, spec, accept) {
  const exe = findAll(tree, (file) => spec.find.test(file))[0];
  if (exe === undefined) return null;
  const libraries = findAll(path.join(tree, 'usr', 'lib'), (file) => /\.so(\.|$)/.test(file)).map((file) =>
    path.dirname(file),
  );
  const search = [...new Set(libraries), process.env.LD_LIBRARY_PATH].filter(Boolean).join(path.delimiter);
  return accept(exe, { LD_LIBRARY_PATH: search });
}

function findAll(dir, matches) {
  if (!fs.existsSync(dir)) return [];
  return fs.readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(dir, entry.name);
    if (entry.isDirectory()) return findAll(file, matches);
    return matches(file) ? [file] : [];
  });
}
