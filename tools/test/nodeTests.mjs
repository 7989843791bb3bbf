// Runs bundled test files with mocha in a Node process of their own.
import path from 'node:path';
import { run } from '../children.mjs';
import { inProject, root } from '../paths.mjs';
import { temporaryFolder } from '../vscode/profile.mjs';
import { failedWith, readResult, testFiles } from './results.mjs';

/**
 * @param folder of the bundled tests, such as out/test/unit.
 * @param options `timeoutMs` of each test, `stageTimeoutMs` of all, `grep`, `file`, `env` beyond this process's own,
 * `parallel`: files side by side, each in a process of a pool; `chosen(file)`: whether a file is run.
 */
export async function runNodeTests(
  folder,
  { timeoutMs, stageTimeoutMs = 30 * 60_000, grep, file, env = {}, parallel = false, chosen = () => true },
) {
  const files = testFiles(folder, file).filter(chosen);
  if (files.length === 0) return failedWith(`No test files in ${folder}.`);
  const resultFile = path.join(temporaryFolder('result'), 'result.json');
  const args = [
    '--result',
    resultFile,
    '--timeout',
    String(timeoutMs),
    ...(parallel ? ['--parallel'] : []),
    ...(grep === undefined ? [] : ['--grep', grep]),
    ...files,
  ];
  const { code } = await run(process.execPath, [inProject('tools', 'test', 'mochaMain.mjs'), ...args], {
    cwd: root,
    timeoutMs: stageTimeoutMs,
    env: { ...process.env, ...env },
  });
  return readResult(resultFile, code, folder);
}
