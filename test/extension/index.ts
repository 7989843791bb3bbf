import { readdirSync } from 'node:fs';
import path from 'node:path';
import { runMocha } from '../../tools/test/mochaRun.mjs';

/** For each test. Training in a test takes seconds; slow machines take many times longer. */
const timeoutMs = 1_200_000;

/** The test files that the runner names, else all that lie beside this one. */
function testFiles(): string[] {
  const named = process.env.RNN_TAGGER_TEST_FILES;
  if (named !== undefined && named !== '') return JSON.parse(named) as string[];
  return readdirSync(__dirname, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.js'))
    .map((name) => path.join(__dirname, name));
}

/** What VS Code calls in its extension host. */
export async function run(): Promise<void> {
  const { failed } = await runMocha({
    files: testFiles(),
    timeoutMs,
    grep: process.env.RNN_TAGGER_TEST_GREP,
    resultFile: process.env.RNN_TAGGER_TEST_RESULT,
  });
  if (failed > 0) throw new Error(`${failed} failed`);
}
