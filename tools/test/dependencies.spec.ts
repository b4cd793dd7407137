import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';

const root = path.resolve(__dirname, '..', '..');
const { dependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>;
};

/** What goes into an image: the sources of apps and libs, without tests. `testing` never leaves the repository. */
const shipped = ['apps', 'libs'].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(
      (file) =>
        /(^|\/)src\/.*\.ts$/.test(file) && !/spec\.ts$|^testing\/|\/(dist|node_modules|conformance)\//.test(file),
    )
    .map((file) => path.join(root, folder, file)),
);
const IMPORT =
  /^(?:import|export) (?!type )[^;]*? from '([^'.][^']*)'|^import '([^'.][^']*)'|require(?:\.resolve)?\('([^'.][^']*)'\)/gm;

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

describe('the dependencies of the workspace', () => {
  it('Y01 name every package that shipped code imports as one of production, not of development', () => {
    const imported = shipped.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(IMPORT)].map(([, from, bare, required]) =>
        packageOf(from ?? bare ?? required ?? ''),
      ),
    );
    const missing = [...new Set(imported)].filter(
      (name) =>
        !name.startsWith('node:') &&
        !builtinModules.includes(name) &&
        !name.startsWith('@chargebus/') &&
        !(name in dependencies),
    );
    expect(missing).toEqual([]);
  });

  it('are pinned to one exact version each', () => {
    expect(Object.entries(dependencies).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual(
      [],
    );
  });
});
