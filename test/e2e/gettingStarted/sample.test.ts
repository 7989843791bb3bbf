import assert from 'node:assert/strict';
import { appendFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { lossPanel, readLabels, selectors, waitForLabels } from '../../../tools/vscode/driver.mjs';
import { temporaryFolder } from '../../../tools/vscode/profile.mjs';
import type { Workbench } from '../../../tools/vscode/workbench.mjs';
import { patienceMs, until } from '../../until';
import { isDone, Newcomer, newWindow, step, waitForStep } from './newcomer';

const dev = 'en_ewt-excerpt-dev.conllu';

describe('getting started with the sample, from an empty window and by keys alone', () => {
  const profile = temporaryFolder('profile');
  const copies = path.join(profile, 'User', 'globalStorage', 'rnn-tagger.rnn-tagger');
  let workbench: Workbench;
  let newcomer: Newcomer;
  before(async () => {
    workbench = await newWindow({ userDataDir: profile });
    newcomer = new Newcomer(workbench);
  });
  after(() => workbench?.close());

  /** VS Code leaves and enters a walkthrough in its own time: where it did not go on, a person asks once more. */
  const isBackAt = (title: string): Promise<true> =>
    until(`the step ${title}`, async () => {
      await newcomer.run('RNN Tagger: Get Started');
      const opened = workbench.page.locator(`${step}.expanded`, { hasText: title });
      const isThere = await opened.waitFor({ timeout: 20_000 }).then(
        () => true,
        () => false,
      );
      if (isThere) await waitForStep(workbench, title);
      return isThere || undefined;
    });

  it('opens a file of the sample, and the walkthrough with its pictures beside it', async () => {
    await newcomer.run('RNN Tagger: Open Sample Workspace');
    await workbench.page.locator(selectors.tab).filter({ hasText: dev }).waitFor();
    await waitForStep(workbench, 'Train a model');
    await isDone(workbench, 'Open a folder with annotated text');
    await workbench.screenshot('getting-started-sample');
  });

  it('trains by the button of the step: labels in the file, the loss panel beside it', async () => {
    const { page } = workbench;
    await newcomer.press('Control+2');
    await newcomer.pressButton('Train on Workspace');
    const asked = page.locator(selectors.quickPickRow).first().filter({ hasText: 'UPOS' });
    await asked.waitFor();
    // The walkthrough takes the focus once more where the window is busy: the question stays.
    await until('the question answered', async () => {
      await page.locator(selectors.quickInputText).press('Enter');
      return asked.waitFor({ state: 'hidden', timeout: 20_000 }).then(
        () => true,
        () => false,
      );
    });
    await waitForLabels(page, { file: dev });
    newcomer.tell('the sample, from the empty window to labels in its file');
    const panel = await lossPanel(page);
    await panel.locator(selectors.panelState('done')).waitFor();
    assert.equal(await page.locator('.editor-group-container').count(), 2);
    await workbench.screenshot('getting-started-trained');
  });

  it('comes back to the walkthrough, whose next steps show a disagreement and review the file', async () => {
    const { page } = workbench;
    await isBackAt('See where the model disagrees');
    await isDone(workbench, 'Train a model');
    await workbench.screenshot('getting-started-back');
    await newcomer.pressButton('Show a Disagreement');
    await until('a label that differs', async () =>
      (await readLabels(page)).some(({ labels }) => labels.some(({ label }) => label.includes('≠'))),
    );
    await workbench.screenshot('getting-started-disagreement');
    await isBackAt('Go through them by keys');
    await newcomer.pressButton('Review Labels');
    await page.locator(selectors.statusBarItem, { hasText: /Review 1 of/ }).waitFor();
    await workbench.screenshot('getting-started-review');
    await until('the review left', async () => {
      // Its keys are for the editor.
      await newcomer.press('Control+1');
      await newcomer.press('Escape');
      return !(await page.locator(selectors.statusBarItem, { hasText: /Review \d+ of|paused/ }).isVisible());
    });
  });

  it('comes back a third time, and from the page that lists walkthroughs', async () => {
    const { page } = workbench;
    await isBackAt('Label any text');
    await isDone(workbench, 'Go through them by keys');
    // To the list of walkthroughs, by its own key.
    const list = page.locator('.gettingStarted.showCategories');
    await until('the list', async () => {
      await newcomer.press('Control+2');
      if (!(await list.isVisible())) await newcomer.press('Escape');
      return list.isVisible();
    });
    await workbench.screenshot('getting-started-list');
    await newcomer.press('Control+1');
    await isBackAt('Label any text');
    await newcomer.pressButton('Label a Text');
    await waitForLabels(page, { file: 'letter.txt' });
    await workbench.screenshot('getting-started-letter');
  });

  it('makes a fresh copy in another window, and leaves the one that was changed as it is', async () => {
    const { page } = workbench;
    const letter = path.join(copies, 'RNN Tagger Sample', 'letter.txt');
    appendFileSync(letter, 'P. S.\n');
    await newcomer.run('RNN Tagger: Open Sample Workspace');
    await page.locator(selectors.quickPickRow).nth(1).filter({ hasText: 'Make a fresh copy' }).waitFor();
    await newcomer.press('ArrowDown');
    const opened = page.context().waitForEvent('page');
    await newcomer.press('Enter');
    const other = await opened;
    other.setDefaultTimeout(patienceMs);
    await other.waitForURL(/RNN%20Tagger%20Sample%202/);
    await other.locator(`${step}.expanded`).waitFor();
    await other.close();
    assert.match(readFileSync(letter, 'utf8'), /P\. S\.\n$/);
    assert.equal(
      readFileSync(path.join(copies, 'RNN Tagger Sample 2', 'letter.txt'), 'utf8'),
      readFileSync('sample/letter.txt', 'utf8'),
    );
  });
});
