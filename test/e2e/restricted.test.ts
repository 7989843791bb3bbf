import assert from 'node:assert/strict';
import { openFile, runCommand } from '../../tools/vscode/driver.mjs';
import type { Workbench } from '../../tools/vscode/workbench.mjs';
import { notification, openSample, upos, waitForCorpora } from './sample';

describe('the packaged extension in Restricted Mode', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openSample({ theme: 'dark', workspaceTrust: true });
  });
  after(() => workbench?.close());

  it('reads corpora', () => waitForCorpora(workbench));

  it('does not train, says why, and leads to where trust is given', async () => {
    const { page } = workbench;
    await openFile(page, upos);
    await runCommand(page, 'RNN Tagger: Train on Workspace');
    const box = await notification(workbench, /Restricted Mode/);
    await workbench.screenshot('restricted');
    await box.getByRole('button', { name: 'Manage Workspace Trust' }).click();
    await page.locator('.workspace-trust-editor').waitFor();
    assert.equal(await page.locator('iframe.webview').count(), 0, 'no loss panel was opened');
  });
});
