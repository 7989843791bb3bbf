import assert from 'node:assert/strict';
import { openFile, pick, runCommand, selectors } from '../../tools/vscode/driver.mjs';
import type { Workbench } from '../../tools/vscode/workbench.mjs';
import { notification, openSample, upos, waitForCorpora } from './sample';

describe('the packaged extension in Restricted Mode', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openSample({ theme: 'dark', workspaceTrust: true });
  });
  after(() => workbench?.close());

  /** Runs a command and waits for its message. */
  const isTold = async (title: string, text: RegExp, answer?: () => Promise<void>): Promise<void> => {
    const { page } = workbench;
    await runCommand(page, 'Notifications: Clear All Notifications');
    await runCommand(page, `RNN Tagger: ${title}`);
    await answer?.();
    await notification(workbench, text);
  };

  it('reads corpora', () => waitForCorpora(workbench));

  it('says of each command that needs trust or a model what to do', async () => {
    const { page } = workbench;
    await openFile(page, upos);
    const noModel = /no model to label this text with, and none is trained in Restricted Mode/;
    await isTold('Review Labels', noModel);
    await isTold('Suggest Labels with a Language Model…', /sends nothing to a language model/);
    await isTold('Choose Corpus Files…', /settings of a workspace are not taken/);
    await isTold('Find Label Errors', /does not train in Restricted Mode/);
    await isTold('Accept Many Labels…', noModel, async () => {
      await pick(page, 'In this file');
      const input = page.locator(selectors.quickInputText);
      for (const asked of [/confidence/, /predicted label/, /which words/]) {
        await page.locator('.quick-input-widget', { hasText: asked }).waitFor();
        await input.press('Enter');
      }
    });
  });

  it('compares labels, and says why not with the last commit', async () => {
    const { page } = workbench;
    await isTold('Compare Labels…', /Git is off in Restricted Mode/, async () => {
      await page
        .locator(selectors.quickPickRow, { hasText: 'The last commit' })
        .filter({ hasText: 'Git is off in Restricted Mode' })
        .waitFor();
      await workbench.screenshot('restricted-compare');
      await pick(page, 'The last commit');
    });
  });

  it('says in the queue why it is empty', async () => {
    const { page } = workbench;
    await runCommand(page, 'View: Show RNN Tagger');
    await page.locator('.pane-body', { hasText: 'The queue lists what a model would learn' }).waitFor();
    await workbench.screenshot('restricted-views');
  });

  it('does not train, says why, and leads to where trust is given', async () => {
    const { page } = workbench;
    await openFile(page, upos);
    await runCommand(page, 'Notifications: Clear All Notifications');
    await runCommand(page, 'RNN Tagger: Train on Workspace');
    const box = await notification(workbench, /Restricted Mode/);
    await workbench.screenshot('restricted');
    await box.getByRole('button', { name: 'Manage Workspace Trust' }).click();
    await page.locator('.workspace-trust-editor').waitFor();
    assert.equal(await page.locator('iframe.webview').count(), 0, 'no loss panel was opened');
  });
});
