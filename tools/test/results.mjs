// Counts of passed and failed tests, and what `failures` says of those that failed.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { inProject, readJson } from '../paths.mjs';

export const nothingRun = { passed: 0, failed: 0 };
export const onePassed = { passed: 1, failed: 0 };
export const oneFailed = { passed: 0, failed: 1 };
export const add = (a, b) => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  failures: [...(a.failures ?? []), ...(b.failures ?? [])],
});

/** One failed test, of which it says what happened. */
export function failedWith(message) {
  console.error(message);
  return { ...oneFailed, failures: [message] };
}

/** Bundled test files below a folder of the project, sorted; with a text, those that have it in their paths. */
export function testFiles(folder, text = '') {
  const absolute = inProject(folder);
  if (!existsSync(absolute)) return [];
  const entries = readdirSync(absolute, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.test.js'))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => path.relative(absolute, file).split(path.sep).join('/').includes(text))
    .sort();
}

/**
 * The counts that a test process left. One that ended without any, or with a bad exit code and no failed
 * test, is one failed test.
 */
export function readResult(resultFile, code, name) {
  if (!existsSync(resultFile)) {
    return failedWith(`${name} ended with code ${code} before its tests were done.`);
  }
  const result = readJson(resultFile);
  if (code === 0 || result.failed > 0) return result;
  return add(result, failedWith(`${name} ended with code ${code} after its tests had passed.`));
}
