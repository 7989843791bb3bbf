/** The packaged extension in a real VS Code, on a copy of the sample workspace. */
import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import path from 'node:path';
import { selectors } from '../../tools/vscode/driver.mjs';
import { temporaryFolder } from '../../tools/vscode/profile.mjs';
import { openWorkbench } from '../../tools/vscode/workbench.mjs';
import type { Workbench, WorkbenchOptions } from '../../tools/vscode/workbench.mjs';

export const upos = 'en_ewt-excerpt-dev.conllu';

export function openSample(options: WorkbenchOptions): Promise<Workbench> {
  const vsix = process.env.RNN_TAGGER_VSIX;
  assert.ok(vsix, 'RNN_TAGGER_VSIX names the package: run the end-to-end tests with `npm test`');
  const folder = path.join(temporaryFolder('sample'), 'sample');
  cpSync(path.resolve('test/workspaces/sample'), folder, { recursive: true });
  return openWorkbench({ folder, vsix, ...options });
}

/** Waits for the status bar to say what it has found. */
export async function waitForCorpora({ page }: Workbench): Promise<void> {
  await page
    .locator(selectors.statusBarItem)
    .filter({ hasText: /RNN Tagger: 2 corpora, [\d,]+ tokens/ })
    .waitFor();
}

/** Waits for a notification, and gives the locator of its box. */
export async function notification(
  { page }: Workbench,
  text: RegExp,
): Promise<ReturnType<Workbench['page']['locator']>> {
  const box = page.locator('.notification-toast').filter({ hasText: text });
  await box.waitFor();
  return box;
}
