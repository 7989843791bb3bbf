// The stages of `npm test`, in their order.
import { runPageTests } from './pageTests.mjs';
import { run } from '../children.mjs';
import { ensureCodeServer } from '../vscode/codeServer.mjs';
import { chooseHost } from '../vscode/desktop.mjs';
import { runExtensionTests } from './extensionTests.mjs';
import { runNodeTests } from './nodeTests.mjs';
import { inProject, root } from '../paths.mjs';
import { oneFailed, onePassed } from './results.mjs';
import { packageExtension } from '../build/vsix.mjs';

/** Runs a checker of node_modules: one test. */
async function check(...commands) {
  for (const [program, ...args] of commands) {
    const { code } = await run(
      process.execPath,
      [inProject('node_modules', ...program.split('/')), ...args],
      { cwd: root },
    );
    if (code !== 0) return oneFailed;
  }
  return onePassed;
}

/** The VS Code that the tests use, installed where it is missing. */
async function ensureHost() {
  const host = await chooseHost();
  if (host === 'server') await ensureCodeServer();
  return host;
}

async function runEndToEndTests(options) {
  const host = await ensureHost();
  const { vsix } = await packageExtension();
  return runNodeTests('out/test/e2e', {
    ...options,
    env: { RNN_TAGGER_VSIX: vsix, RNN_TAGGER_VSCODE: host },
  });
}

const minutes = 60_000;

/** `run({ grep })` gives the counts of one stage. */
export const stages = [
  {
    name: 'format',
    title: 'Format',
    run: () => check(['prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.']),
  },
  { name: 'lint', title: 'Lint', run: () => check(['eslint/bin/eslint.js', '.']) },
  {
    name: 'types',
    title: 'Type check',
    run: () =>
      check(
        ['typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json'],
        ['typescript/bin/tsc', '--noEmit', '-p', 'src/tsconfig.pure.json'],
      ),
  },
  {
    name: 'unit',
    title: 'Unit tests',
    needsBuild: true,
    run: ({ grep }) => runNodeTests('out/test/unit', { timeoutMs: minutes, grep }),
  },
  {
    name: 'kernels',
    title: 'Kernels in Node',
    needsBuild: true,
    run: ({ grep }) => runNodeTests('out/test/kernels', { timeoutMs: 2 * minutes, grep }),
  },
  {
    name: 'gpu',
    title: 'Kernels in Chromium',
    needsBuild: true,
    needsChromium: true,
    run: ({ grep }) => runPageTests('out/browser/kernels', { timeoutMs: 5 * minutes, grep }),
  },
  {
    name: 'panel',
    title: 'Panel in Chromium',
    needsBuild: true,
    needsChromium: true,
    run: ({ grep }) => runNodeTests('out/test/panel', { timeoutMs: 2 * minutes, grep }),
  },
  {
    name: 'extension',
    title: 'Extension in VS Code',
    needsBuild: true,
    needsChromium: true,
    run: async ({ grep }) => runExtensionTests({ host: await ensureHost(), grep }),
  },
  {
    name: 'e2e',
    title: 'Packaged extension, end to end',
    needsBuild: true,
    needsChromium: true,
    run: ({ grep }) => runEndToEndTests({ timeoutMs: 10 * minutes, grep }),
  },
];
