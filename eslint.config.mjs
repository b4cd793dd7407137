import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

const TESTS = ['**/*.spec.ts', '**/*.int-spec.ts', '**/*.e2e-spec.ts', '**/test/**/*.ts'];

const constraint = (sourceTag, ...onlyDependOnLibsWithTags) => ({ sourceTag, onlyDependOnLibsWithTags });
/** Who may import whom; the same table stands in docs/architecture.md. */
const fences = [
  constraint('type:domain', 'type:domain'),
  constraint('type:codec', 'type:codec', 'type:domain'),
  constraint('type:contract', 'type:domain', 'type:contract'),
  constraint('type:infra', 'type:infra', 'type:domain'),
  constraint('type:data', 'type:infra', 'type:domain', 'type:data'),
  constraint('type:app', 'type:infra', 'type:data', 'type:domain', 'type:contract'),
  constraint('type:edge', 'type:infra', 'type:domain', 'type:codec'),
  constraint('type:test', '*'),
  constraint('type:tool', '*'),
];

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '**/.data/**', '**/coverage/**', 'libs/**/generated/**'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    plugins: { '@nx': nx },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        { depConstraints: fences, allow: [], banTransitiveDependencies: false, checkDynamicDependenciesExceptions: [] },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off', // Nest declares its option objects as classes
      '@typescript-eslint/no-redeclare': 'off', // a schema and its type share one name
    },
  },
  {
    // Vocabulary, contracts and codecs are pure: no I/O, no clock, no chance, and they run in a browser too.
    files: [
      'libs/domain/src/**/*.ts',
      'libs/events/src/**/*.ts',
      'libs/errors/src/**/*.ts',
      'libs/requests/src/**/*.ts',
      'libs/api-contract/src/**/*.ts',
      'libs/protocol/*/src/**/*.ts',
    ],
    ignores: [...TESTS, '**/conformance/**'],
    rules: {
      'no-restricted-imports': ['error', { patterns: ['node:*', '@nestjs/*', 'typeorm', '@nats-io/*', 'ioredis'] }],
      'no-restricted-globals': ['error', 'process', 'Buffer', 'setTimeout', 'setInterval', 'performance', 'fetch'],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Take the time as an argument.' },
        { object: 'Math', property: 'random', message: 'Take the random source as an argument.' },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'Take the time as an argument.' },
      ],
    },
  },
  {
    // Tests may reach for anything, the testing lib first of all.
    files: [...TESTS, 'libs/testing/**/*.ts', 'e2e/**/*.ts', 'bench/**/*.ts'],
    rules: {
      '@nx/enforce-module-boundaries': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['**/*.cjs', '**/*.mjs'],
    rules: { 'no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }] },
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        Buffer: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        clearTimeout: 'readonly',
        performance: 'readonly',
        fetch: 'readonly',
        module: 'writable',
        require: 'readonly',
        __dirname: 'readonly',
      },
    },
  },
);
