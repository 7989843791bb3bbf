// A folder is a layer: imports point downwards only, and pure layers know neither Node, nor VS Code, nor a
// page.
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import { importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';
import shownStrings from './tools/lint/shownStrings.mjs';

/** From the top down. A layer may import from those below it. */
const layers = [
  'api',
  'editor',
  'panel',
  'workspace',
  'cli',
  'report',
  'record',
  'engine',
  'training',
  'run',
  'model',
  'kernels',
  'corpus',
  'common',
];
const pure = ['report', 'training', 'run', 'model', 'kernels', 'corpus', 'common'];
/** Exceptions to the order: kernels know nothing of corpora. */
const apart = [
  { target: './src/kernels', from: './src/corpus', message: 'Kernels know matrices, not corpora.' },
];

/** The folders of the editor, from the top down. */
const editorFolders = ['views', 'compareLabels', 'labelErrors', 'answers', 'annotating', 'labels'];
const zonesOfEditor = editorFolders.slice(1).map((folder, i) => ({
  target: `./src/editor/${folder}`,
  from: editorFolders.slice(0, i + 1).map((above) => `./src/editor/${above}`),
  message: 'Imports point downwards: ' + editorFolders.join(' > ') + '.',
}));

const zones = layers
  .slice(1)
  .map((layer, i) => ({
    target: `./src/${layer}`,
    from: [...layers.slice(0, i + 1).map((above) => `./src/${above}`), './src/extension.ts'],
    message: 'Imports point downwards: extension > ' + layers.join(' > ') + '.',
  }))
  .concat(apart, zonesOfEditor, [
    { target: './src/api', from: './src/extension.ts', message: 'extension.ts is the top.' },
    {
      target: './src/panel/client',
      from: [
        './src/panel/lossPanel.ts',
        './src/panel/html.ts',
        './src/panel/feed.ts',
        './src/panel/gpuBackend.ts',
        './src/panel/network/networkPanel.ts',
      ],
      message: 'The page shares only the protocols with the host.',
    },
  ]);

/** What is longer than the rules below allow, still. Nothing is added here. */
const tooLong = {
  functions: [
    'bench/host/hostProcess.ts',
    'bench/step/productStep.ts',
    'bench/step/shardedStep.ts',
    'src/extension.ts',
    'src/kernels/gpujs/operations/recurrence.ts',
    'src/kernels/simd/operations.ts',
    'src/kernels/simd/recurrence.ts',
    'src/model/predictor.ts',
  ],
};

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
    languageOptions: { parserOptions: { project: 'tools/lint/tsconfig.json' } },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones }],
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
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
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
    // The command line is in English, and so are faults of the program itself. What is said of settings is generated
    // into the manifest, which has translations of its own.
    files: ['src/**/*.ts'],
    ignores: ['src/cli/**', 'src/kernels/**', 'src/model/settings/presentation.ts'],
    plugins: { local: { rules: { 'shown-strings': shownStrings } } },
    rules: { 'local/shown-strings': 'error' },
  },
  {
    files: ['src/cli/**/*.ts', 'bench/**/*.ts', 'test/**/*.ts', '**/*.mjs'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      'max-lines': ['error', { max: 500, skipBlankLines: true, skipComments: true }],
      // A suite is one function, and so is a formula written out by hand.
      'max-lines-per-function': 'off',
    },
  },
  {
    files: tooLong.functions,
    rules: { 'max-lines-per-function': 'off' },
  },
);
