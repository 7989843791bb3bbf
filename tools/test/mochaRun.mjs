// Runs test files with mocha, in this process: a child of the test runner, or VS Code's extension host.
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/**
 * Runs the files and writes their counts, and what failed, to `resultFile`, for the summary. A test that is skipped or marked
 * `only` fails. With `parallel`, as many files run side by side as there are cores.
 * @param onFailure called after a test that failed, before what runs after it.
 */
export async function runMocha({ files, timeoutMs, grep, resultFile, parallel = false, onFailure }) {
  process.setSourceMapsEnabled(true);
  // For the processes that mocha starts.
  if (parallel) process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --enable-source-maps`.trim();
  const { default: Mocha } = await import('mocha');
  const mocha = new Mocha({
    ui: 'bdd',
    reporter: 'spec',
    timeout: timeoutMs,
    forbidOnly: true,
    forbidPending: true,
    parallel,
    jobs: Math.max(2, availableParallelism()),
    ...(grep ? { grep } : {}),
    ...(onFailure ? { rootHooks: { afterEach: afterFailure(onFailure) } } : {}),
  });
  files.forEach((file) => mocha.addFile(file));
  // In parallel, each process loads the file that it runs.
  if (!parallel) await mocha.loadFilesAsync();
  const failures = [];
  const stats = await new Promise((resolve) => {
    const runner = mocha.run(() => resolve(runner.stats));
    runner.on('fail', (test, error) => failures.push(`${test.fullTitle()}: ${error.message ?? error}`));
  });
  const result = { passed: stats.passes, failed: stats.failures, failures };
  if (resultFile !== undefined) writeFileSync(resultFile, JSON.stringify(result));
  return result;
}

/** A hook of mocha's, which gives it the test as `this`. */
function afterFailure(onFailure) {
  return async function () {
    if (this.currentTest?.state === 'failed') await onFailure(this.currentTest.fullTitle());
  };
}
