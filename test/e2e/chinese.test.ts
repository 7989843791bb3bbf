import assert from 'node:assert/strict';
import {
  lossPanel,
  openFile,
  pick,
  runCommand,
  selectors,
  waitForLabels,
} from '../../tools/vscode/driver.mjs';
import type { Workbench } from '../../tools/vscode/workbench.mjs';
import { openSample, upos } from './sample';

describe('the packaged extension in Chinese', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openSample({ language: 'zh-cn', settings: { 'rnnTagger.training.epochs': 2000 } });
  });
  after(() => workbench?.close());

  it('says in the status bar what there is', async () => {
    const item = workbench.page.locator(selectors.statusBarItem);
    await item.filter({ hasText: /RNN Tagger: 2 个语料库，[\d,]+ 个词元/ }).waitFor();
  });

  it('has its commands, asks, trains and shows the run in Chinese', async () => {
    const { page } = workbench;
    await openFile(page, upos);
    await runCommand(page, 'RNN Tagger: 用工作区训练');
    const rows = page.locator(selectors.quickPickRow);
    await rows.filter({ hasText: 'UPOS' }).first().waitFor();
    const choices = await rows.allInnerTexts();
    assert.ok(
      choices.some((choice) => /UPOS/.test(choice) && /17 个标签/.test(choice)),
      choices.join('\n'),
    );
    await workbench.screenshot('chinese-pick');
    await pick(page, 'UPOS');
    const panel = await lossPanel(page);
    await waitForLabels(page, { file: upos });
    await panel.locator('section.epochs tbody tr').nth(1).waitFor();
    assert.equal(await panel.locator('section.loss h2').innerText(), '损失');
    assert.match((await panel.locator('details.details').textContent()) ?? '', /128 个单元/);
    await page.locator(selectors.statusBarItem).filter({ hasText: '轮次' }).waitFor();
    await workbench.screenshot('chinese-training');
    // While the panel is open the run's progress is in it; once it is closed a notification shows it.
    const tab = page.locator(selectors.tab).filter({ hasText: '损失' });
    await tab.hover();
    await tab.locator('.tab-actions .action-label').click();
    await page.locator('.notification-toast').filter({ hasText: '轮次' }).first().waitFor();
  });

  it('has its settings in Chinese', async () => {
    const { page } = workbench;
    await runCommand(page, 'Preferences: Open Settings (UI)');
    await page.locator('.settings-editor .suggest-input-container').waitFor();
    await page.keyboard.type('rnnTagger.training.hidden');
    await page.locator('.settings-editor').getByText('每层每个方向的隐藏单元').first().waitFor();
    await workbench.screenshot('chinese-settings');
  });
});
