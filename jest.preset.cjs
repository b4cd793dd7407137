/** One jest project per package; sources of every workspace package are used directly, never their build. */
const path = require('node:path');
const { readFileSync } = require('node:fs');

const root = __dirname;
const { exclude: _specsAreCompiledHere, ...swc } = JSON.parse(readFileSync(path.join(root, '.swcrc'), 'utf8'));
const esmOnly = ['@marcbachmann/cel-js', 'jose'];

module.exports = (projectRoot) => ({
  displayName: path.relative(root, projectRoot),
  rootDir: projectRoot,
  testEnvironment: 'node',
  testMatch: ['**/*.spec.ts', '**/*.int-spec.ts', '**/*.e2e-spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['/dist/'],
  setupFiles: [path.join(root, 'jest.setup.cjs')],
  transform: { '^.+\\.m?[jt]s$': ['@swc/jest', { ...swc, swcrc: false }] },
  transformIgnorePatterns: [`node_modules/(?!(${esmOnly.join('|')})/)`],
  moduleNameMapper: {
    '^@chargebus/protocol-core/(.+)$': path.join(root, 'libs/protocol/core/src/$1/index.ts'),
    '^@chargebus/protocol-(.+)$': path.join(root, 'libs/protocol/$1/src/index.ts'),
    '^@chargebus/persistence/(.+)$': path.join(root, 'libs/persistence/src/$1/index.ts'),
    '^@chargebus/(simulator)$': path.join(root, 'apps/$1/src/index.ts'),
    '^@chargebus/([^/]+)$': path.join(root, 'libs/$1/src/index.ts'),
  },
});
