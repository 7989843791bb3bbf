// Runs test files with mocha, in this process: a child of the test runner, or VS Code's extension host.
import { writeFileSync } from 'node:fs';

/**
 * Runs the files and writes their counts to `resultFile`, for the summary. A test that is skipped or marked
 * `only` fails.
 */
export async function runMocha({ files, timeoutMs, grep, resultFile }) {
  process.setSourceMapsEnabled(true);
  const { default: Mocha } = await import('mocha');
  const mocha = new Mocha({
    ui: 'bdd',
    reporter: 'spec',
    timeout: timeoutMs,
    forbidOnly: true,
    forbidPending: true,
    ...(grep ? { grep } : {}),
  });
  files.forEach((file) => mocha.addFile(file));
  await mocha.loadFilesAsync();
  const stats = await new Promise((resolve) => {
    const runner = mocha.run(() => resolve(runner.stats));
  });
  const result = { passed: stats.passes, failed: stats.failures };
  if (resultFile !== undefined) writeFileSync(resultFile, JSON.stringify(result));
  return result;
}
