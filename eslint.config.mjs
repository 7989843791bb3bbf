// A folder is a layer: imports point downwards only, and pure layers know neither Node, nor VS Code, nor a
// page.
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import { importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** From the top down. A layer may import from those below it. */
const layers = [
  'editor',
  'panel',
  'workspace',
  'cli',
  'engine',
  'training',
  'run',
  'model',
  'kernels',
  'corpus',
  'common',
];
const pure = ['training', 'run', 'model', 'kernels', 'corpus', 'common'];
/** Exceptions to the order: kernels know nothing of corpora. */
const apart = [
  { target: './src/kernels', from: './src/corpus', message: 'Kernels know matrices, not corpora.' },
];

const zones = layers
  .slice(1)
  .map((layer, i) => ({
    target: `./src/${layer}`,
    from: [...layers.slice(0, i + 1).map((above) => `./src/${above}`), './src/extension.ts'],
    message: 'Imports point downwards: extension > ' + layers.join(' > ') + '.',
  }))
  .concat(apart, [
    { target: './src/editor', from: './src/extension.ts', message: 'extension.ts is the top.' },
    {
      target: './src/panel/client',
      from: [
        './src/panel/lossPanel.ts',
        './src/panel/html.ts',
        './src/panel/feed.ts',
        './src/panel/gpuBackend.ts',
      ],
      message: 'The page shares only the protocols with the host.',
    },
  ]);

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'out/',
      'node_modules/',
      '.vscode-test/',
      'test/workspaces/',
      'src/kernels/simd/assembly/*.ts',
      '!src/kernels/simd/assembly/opcodes.ts',
    ],
  },
  ...tseslint.configs.strict,
  {
    files: ['**/*.ts'],
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [
        createTypeScriptImportResolver({ noWarnOnMultipleProjects: true, project: ['tsconfig.json'] }),
      ],
    },
    languageOptions: { parserOptions: { projectService: false } },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones }],
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-duplicates': ['error', { 'prefer-inline': false }],
      'import-x/order': [
        'error',
        {
          groups: ['builtin', 'external', 'parent', 'sibling'],
          'newlines-between': 'never',
          alphabetize: { order: 'asc', orderImportKind: 'desc' },
        },
      ],
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/unified-signatures': 'off',
      eqeqeq: ['error', 'always'],
      'no-console': 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: pure.map((layer) => `src/${layer}/**/*.ts`),
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: ['vscode'],
          patterns: [{ group: ['node:*', 'vscode'], message: 'Pure layers run anywhere.' }],
        },
      ],
      'no-restricted-globals': [
        'error',
        'process',
        'Buffer',
        'document',
        'window',
        'require',
        '__dirname',
        'self',
        'setTimeout',
        'setInterval',
        'setImmediate',
      ],
    },
  },
  {
    files: ['src/cli/**/*.ts', 'src/engine/**/*.ts', 'src/panel/client/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: ['vscode'] }] },
  },
  {
    files: ['src/cli/**/*.ts', 'bench/**/*.ts', 'test/**/*.ts', '**/*.mjs'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    rules: { 'max-lines': ['error', { max: 650, skipBlankLines: true, skipComments: true }] },
  },
);
