import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

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
  { ignores: ['**/dist/**', '**/node_modules/**', '**/.data/**', '**/coverage/**'] },
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
      '@typescript-eslint/no-redeclare': 'off', // a schema and its type share one name
    },
  },
  {
    files: [
      'libs/domain/src/**/*.ts',
      'libs/events/src/**/*.ts',
      'libs/errors/src/**/*.ts',
      'libs/requests/src/**/*.ts',
      'libs/api-contract/src/**/*.ts',
      'libs/protocol/*/src/**/*.ts',
    ],
    ignores: ['**/*.spec.ts', '**/conformance/**'],
    rules: {
      'no-restricted-imports': ['error', { patterns: ['node:*', '@nestjs/*', 'typeorm', '@nats-io/*'] }],
      'no-restricted-globals': ['error', 'process', 'Buffer', 'setTimeout', 'setInterval'],
    },
  },
  {
    files: [
      '**/*.spec.ts',
      '**/*.int-spec.ts',
      '**/*.e2e-spec.ts',
      'libs/testing/**/*.ts',
      'e2e/**/*.ts',
      'bench/**/*.ts',
    ],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off', '@typescript-eslint/unbound-method': 'off' },
  },
  {
    files: ['**/*.cjs', '**/*.mjs'],
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
