// The stages of `npm test`. They run side by side, started in this order: the longest begins first.
import path from 'node:path';
import { packageExtension } from '../build/vsix.mjs';
import { run } from '../children.mjs';
import { root } from '../paths.mjs';
import { ensureCodeServer } from '../vscode/codeServer.mjs';
import { chooseHost } from '../vscode/desktop.mjs';
import { runExtensionTests } from './extensionTests.mjs';
import { runNodeTests } from './nodeTests.mjs';
import { runPageTests } from './pageTests.mjs';
import { add, failedWith, nothingRun, onePassed } from './results.mjs';

const modules = (program) => path.join('node_modules', ...program.split('/'));

/** Runs checkers, each a script with its arguments, all of them: each is one test. */
async function check(...commands) {
  let counts = nothingRun;
  for (const command of commands) {
    const { code } = await run(process.execPath, command, { cwd: root });
    counts = add(
      counts,
      code === 0 ? onePassed : failedWith(`${command.join(' ')} ended with code ${code}.`),
    );
  }
  return counts;
}

/** The VS Code that the tests use, installed where it is missing. */
export async function ensureHost() {
  const host = await chooseHost();
  if (host === 'server') await ensureCodeServer();
  return host;
}

async function runEndToEndTests(options) {
  const host = await chooseHost();
  const { vsix } = await packageExtension();
  return runNodeTests('out/test/e2e', {
    ...options,
    env: { RNN_TAGGER_VSIX: vsix, RNN_TAGGER_VSCODE: host },
  });
}

const minutes = 60_000;

/** Whole runs, which take seconds each: they are left out of `--quick`. */
const isSlow = (file) => file.endsWith('.slow.test.js');

/** A day of work in one window takes minutes: it has a stage of its own. */
const isDay = (file) => path.basename(path.dirname(file)) === 'day';

/**
 * `run(only)` gives the counts of one stage; of its tests run those that `only.grep` and `only.file` choose. `after`: what must have been prepared (see test.mjs);
 * `quick`: part of `npm test -- --quick`; `onlyByName`: run by `--only` alone.
 */
export const stages = [
  {
    name: 'extension',
    title: 'Extension in VS Code',
    after: ['build', 'chromium', 'vscode'],
    run: async (only) =>
      runExtensionTests({ host: await chooseHost(), ...only, chosen: (file) => !isDay(file) }),
  },
  {
    name: 'day',
    title: 'A long day in VS Code',
    onlyByName: true,
    after: ['build', 'chromium', 'vscode'],
    run: async (only) =>
      runExtensionTests({ host: await chooseHost(), ...only, chosen: isDay, limitMinutes: 240 }),
  },
  {
    name: 'types',
    title: 'Type check',
    quick: true,
    run: () => check([modules('typescript/bin/tsc'), '--build']),
  },
  {
    name: 'lint',
    title: 'Lint',
    quick: true,
    run: () =>
      check(
        [modules('eslint/bin/eslint.js'), '.'],
        [modules('knip/bin/knip.js'), '--no-progress'],
        ['tools/lint/cycles.mjs'],
      ),
  },
  {
    name: 'unit',
    title: 'Unit tests',
    quick: true,
    after: ['build'],
    run: (only) =>
      runNodeTests('out/test/unit', {
        timeoutMs: 5 * minutes,
        ...only,
        parallel: true,
        chosen: (file) => !isSlow(file),
      }),
  },
  {
    name: 'format',
    title: 'Format',
    quick: true,
    run: () =>
      check([modules('prettier/bin/prettier.cjs'), '--check', '--cache', '--log-level', 'warn', '.']),
  },
  {
    name: 'gpu',
    title: 'Kernels in Chromium',
    after: ['build', 'chromium'],
    run: (only) => runPageTests('out/browser/kernels', { timeoutMs: 5 * minutes, ...only }),
  },
  {
    name: 'slow',
    title: 'Unit tests of whole runs',
    after: ['build'],
    run: (only) =>
      runNodeTests('out/test/unit', { timeoutMs: 10 * minutes, ...only, parallel: true, chosen: isSlow }),
  },
  {
    name: 'fuzz',
    title: 'Any input whatsoever',
    after: ['build'],
    run: (only) =>
      runNodeTests('out/test/fuzz', {
        timeoutMs: 240 * minutes,
        stageTimeoutMs: 240 * minutes,
        ...only,
        parallel: true,
      }),
  },
  {
    name: 'faults',
    title: 'Stops, kills and lost devices',
    after: ['build'],
    run: (only) =>
      runNodeTests('out/test/faults', {
        timeoutMs: 240 * minutes,
        stageTimeoutMs: 240 * minutes,
        ...only,
        parallel: true,
      }),
  },
  {
    name: 'panel',
    title: 'Panel in Chromium',
    after: ['build', 'chromium'],
    run: (only) => runNodeTests('out/test/panel', { timeoutMs: 5 * minutes, ...only }),
  },
  {
    name: 'e2e',
    title: 'Packaged extension, end to end',
    after: ['build', 'chromium', 'vscode'],
    run: (only) => runEndToEndTests({ timeoutMs: 10 * minutes, ...only }),
  },
  {
    name: 'kernels',
    title: 'Kernels in Node',
    after: ['build'],
    run: (only) => runNodeTests('out/test/kernels', { timeoutMs: 5 * minutes, ...only }),
  },
];
