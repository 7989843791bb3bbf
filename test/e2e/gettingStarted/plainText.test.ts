import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { lossPanel, selectors, waitForLabels } from '../../../tools/vscode/driver.mjs';
import { temporaryFolder } from '../../../tools/vscode/profile.mjs';
import type { Workbench } from '../../../tools/vscode/workbench.mjs';
import { Newcomer, newWindow, status } from './newcomer';
import { writeTexts } from './texts';

/** A text in which some of the names stand that are labelled in another one, some written otherwise. */
const other = 'anthrax.txt';

describe('getting started with a folder of plain text', () => {
  const folder = temporaryFolder('texts');
  let workbench: Workbench;
  let newcomer: Newcomer;
  before(async () => {
    writeTexts(folder);
    workbench = await newWindow({ folder });
    newcomer = new Newcomer(workbench);
  });
  after(() => workbench?.close());

  it('leads from the status bar to a text, and says how its words are labelled', async () => {
    const { page } = workbench;
    const none = status(workbench, 'No corpus found: start one, or say where it is');
    await none.waitFor();
    await workbench.screenshot('from-text-1-window');
    await newcomer.click(none);
    await page.locator(selectors.quickPickRow).filter({ hasText: 'Label Plain Text…' }).waitFor();
    await workbench.screenshot('from-text-2-menu');
    await newcomer.pick('Label Plain Text…');
    await page.locator(selectors.quickPickRow).filter({ hasText: 'al-qaeda.txt' }).waitFor();
    await workbench.screenshot('from-text-3-texts');
    await newcomer.pick('al-qaeda.txt');
    await page.locator(selectors.tab).filter({ hasText: 'al-qaeda.txt' }).waitFor();
    await status(workbench, 'select words and press').waitFor();
    await workbench.screenshot('from-text-4-text');
  });

  it('labels words by keys, from the top down, till there are enough of them', async () => {
    const { page } = workbench;
    const label = async (words: string, name: string): Promise<void> => {
      await newcomer.select(words);
      await newcomer.press('Control+Alt+L');
      await page.locator(selectors.quickInput, { hasText: `Label “${words}”` }).waitFor();
      await workbench.screenshot('from-text-5-label');
      if (/^\d$/.test(name)) await newcomer.press(name);
      else await newcomer.answer(name);
    };
    const others = async (): Promise<void> => {
      await page.locator(selectors.quickPickRow).filter({ hasText: 'like it in this file' }).waitFor();
      await workbench.screenshot('from-text-6-others');
      await newcomer.pick('like it in this file');
      await page.locator(selectors.quickInput).waitFor({ state: 'hidden' });
    };
    await label('al-Qaeda', 'ORG');
    await others();
    await label('Bin Laden', 'PER');
    await others();
    // Nowhere else: nothing is asked.
    await label('Ayman al-Zawahiri', '2');
    await status(workbench, '11 labels, 9 more to train a model').waitFor();
    await label('US', 'LOC');
    await others();
    await label('Pakistan', '3');
    await others();
    await label('Musharraf', '2');
    await others();
    await status(workbench, '21 labels: train a model now').waitFor();
    await workbench.screenshot('from-text-7-enough');
  });

  it('trains by a click, and labels a text that nobody has labelled', async () => {
    const { page } = workbench;
    await newcomer.click(status(workbench, 'train a model now'));
    const panel = await lossPanel(page);
    await panel.locator(selectors.panelState('done')).waitFor();
    await workbench.screenshot('from-text-8-trained');
    await newcomer.click(page.locator('.explorer-viewlet .monaco-list-row', { hasText: other }));
    const lines = await waitForLabels(page, { file: other });
    newcomer.tell('plain text, from the window to labels of the model in a text without any');
    assert.ok(!existsSync(path.join(folder, other.replace('.txt', '.ann'))));
    const labels = lines.flatMap((line) => line.labels.map(({ label, before }) => `${label} ${before}`));
    assert.ok(
      labels.some((label) => /^\W*ORG .*Al Qaeda$/.test(label)),
      labels.join('\n'),
    );
    await page.locator('.notification-toast', { hasText: 'LABEL' }).first().waitFor();
    await workbench.screenshot('from-text-9-other-text');
  });
});
