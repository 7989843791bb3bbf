import { readdirSync } from 'node:fs';
import path from 'node:path';
import { runMocha } from '../../tools/test/mochaRun.mjs';
import { workbench } from './workbenchClient';

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

/** Prints what the window says when a test has failed, and takes a picture of it. */
async function tellWindow(test: string): Promise<void> {
  try {
    await workbench.screenshot(`failed-${test.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 80)}`);
    const said = await workbench.evaluate(() => {
      const texts = (selector: string): string[] =>
        [...document.querySelectorAll<HTMLElement>(selector)]
          .filter((own) => own.checkVisibility())
          .map(({ innerText }) => innerText.replace(/\s+/g, ' ').trim());
      return {
        messages: texts('.notification-list-item'),
        dialogs: texts('.monaco-dialog-box'),
        quickInput: texts('.quick-input-widget'),
        tabs: texts('.tabs-container .tab.active'),
        status: texts('.statusbar .statusbar-item[id*="rnn-tagger"]'),
        focus: document.activeElement?.className ?? '',
      };
    }, []);
    console.log(`      The window: ${JSON.stringify(said)}`);
  } catch (error) {
    console.log(`      The window cannot be looked at: ${String(error)}`);
  }
}

/** What VS Code calls in its extension host. */
export async function run(): Promise<void> {
  const { failed } = await runMocha({
    files: testFiles(),
    timeoutMs,
    grep: process.env.RNN_TAGGER_TEST_GREP,
    resultFile: process.env.RNN_TAGGER_TEST_RESULT,
    onFailure: tellWindow,
  });
  if (failed > 0) throw new Error(`${failed} failed`);
}
