const { readdirSync, existsSync } = require('node:fs');
const { availableParallelism } = require('node:os');
const path = require('node:path');

const folders = ['apps', 'libs', 'libs/protocol'].flatMap((parent) =>
  readdirSync(path.join(__dirname, parent)).map((name) => `${parent}/${name}`),
);
module.exports = {
  projects: [...folders, 'e2e', 'tools'].filter((dir) => existsSync(path.join(__dirname, dir, 'jest.config.cjs'))),
  reporters: ['default', '<rootDir>/tools/lib/count-reporter.cjs'],
  testSequencer: '<rootDir>/tools/lib/longest-first.cjs',
  maxWorkers: Math.min(4, Math.max(2, availableParallelism())), // tests wait more than they compute
  testTimeout: 30_000,
};
