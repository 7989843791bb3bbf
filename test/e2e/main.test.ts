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
import { notification, openSample, upos, waitForCorpora } from './sample';

describe('the packaged extension, driven like a person would', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openSample({ theme: 'dark', settings: { 'rnnTagger.training.epochs': 2000 } });
  });
  after(() => workbench?.close());

  it('says in the status bar what there is, and asks nothing', async () => {
    await waitForCorpora(workbench);
    assert.equal(await workbench.page.locator('.notification-toast').count(), 0);
  });

  it('asks which labels to learn, with their counts', async () => {
    await openFile(workbench.page, upos);
    await runCommand(workbench.page, 'RNN Tagger: Train on Workspace');
    const rows = workbench.page.locator(selectors.quickPickRow);
    await rows.filter({ hasText: 'UPOS' }).first().waitFor();
    const choices = await rows.allInnerTexts();
    assert.ok(
      choices.some((choice) => /UD_English-EWT/.test(choice) && /UPOS/.test(choice) && /17/.test(choice)),
      choices.join('\n'),
    );
    assert.ok(
      choices.some((choice) => /WNUT17/.test(choice)),
      choices.join('\n'),
    );
    await workbench.screenshot('pick');
  });

  it('trains: labels at the rows, the loss panel beside them, and no notification over it', async () => {
    await pick(workbench.page, 'UPOS');
    const panel = await lossPanel(workbench.page);
    const lines = await waitForLabels(workbench.page, { file: upos });
    assert.ok(lines.length > 5);
    await panel.locator('main canvas').first().waitFor();
    await panel.locator('section.epochs tbody tr').nth(2).waitFor();
    assert.deepEqual(await workbench.page.locator('.notification-toast').allInnerTexts(), []);
    await workbench.screenshot('training');
  });

  it('goes on after a reload of the window: labels, curves, and Resume for the run that was cut off', async () => {
    await workbench.reload();
    await waitForLabels(workbench.page, { file: upos });
    const panel = await lossPanel(workbench.page);
    await panel.locator(selectors.panelState('interrupted')).waitFor();
    assert.ok((await panel.locator('section.epochs tbody tr').count()) >= 2, 'the epochs before the reload');
    await workbench.screenshot('after-reload');
    await panel.getByRole('button', { name: 'Resume' }).click();
    await panel.locator(selectors.panelState('running')).waitFor();
  });

  it('shows progress in a notification once the panel is closed; its Cancel stops the run and keeps the model', async () => {
    const tab = workbench.page.locator(selectors.tab).filter({ hasText: 'RNN Tagger: Loss' });
    await tab.hover();
    await tab.locator('.tab-actions .action-label').click();
    await (
      await notification(workbench, /UD_English-EWT · UPOS/)
    )
      .getByRole('button', { name: 'Cancel' })
      .click();
    await runCommand(workbench.page, 'RNN Tagger: Show Loss Panel');
    const panel = await lossPanel(workbench.page);
    await panel.locator(selectors.panelState('stopped')).waitFor();
    await waitForLabels(workbench.page, { file: upos });
  });

  it('labels a letter once that is switched on, and opens it labelled as a new document', async () => {
    await openFile(workbench.page, 'letter.txt');
    await runCommand(workbench.page, 'RNN Tagger: Toggle Predicted Labels in This File');
    const lines = await waitForLabels(workbench.page, { file: 'letter.txt' });
    assert.ok(lines.flatMap(({ labels }) => labels).length > 10);
    await workbench.screenshot('letter');
    await runCommand(workbench.page, 'RNN Tagger: Label File to New Document');
    await workbench.page.locator(selectors.tab).filter({ hasText: 'letter.labelled.' }).first().waitFor();
  });

  it('offers in the status bar’s menu what can be done', async () => {
    await workbench.page.locator('[id="rnn-tagger.rnn-tagger.rnnTagger.status"]').click();
    await workbench.page.locator(selectors.quickPickRow).first().waitFor();
    const items = await workbench.page.locator(selectors.quickPickRow).allInnerTexts();
    for (const expected of [/Train on Workspace/, /Show Loss Panel/, /Choose Model/, /Export Model/]) {
      assert.ok(
        items.some((item) => expected.test(item)),
        `${expected} in ${items.join(' | ')}`,
      );
    }
    await workbench.screenshot('menu');
    await workbench.page.keyboard.press('Escape');
  });

  for (const [theme, name] of [
    ['Light Modern', 'light'],
    ['Dark High Contrast', 'high-contrast'],
  ] as const) {
    it(`is readable in ${theme}`, async () => {
      const { page } = workbench;
      await openFile(page, upos);
      await runCommand(page, 'Preferences: Color Theme');
      await page.locator(selectors.quickInputText).fill(theme);
      await pick(page, theme);
      const lines = await waitForLabels(page, { file: upos });
      assert.ok(
        lines.some(({ labels }) => labels.some(({ label }) => label.includes('≠'))),
        'some label differs from gold',
      );
      const faint = await page.evaluate(() => {
        const luminance = (colour: string): number => {
          const [r, g, b] = (colour.match(/\d+(\.\d+)?/g) ?? [])
            .map((part) => Number(part) / 255)
            .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const ground = luminance(
          getComputedStyle(
            document
              .querySelector('.monaco-editor .view-lines')!
              .closest('.monaco-editor-background, .monaco-editor')!,
          ).backgroundColor,
        );
        const colours = [...document.querySelectorAll('.view-line > span > span')]
          .map((piece) => getComputedStyle(piece, '::after'))
          .filter(({ content }) => content !== 'none' && content !== 'normal');
        return colours
          .map(({ color, content }) => ({
            content,
            color,
            ratio: (Math.max(luminance(color), ground) + 0.05) / (Math.min(luminance(color), ground) + 0.05),
          }))
          .filter(({ ratio, color }) => ratio < 4 || /^rgba.*, 0\)$/.test(color));
      });
      assert.deepEqual(faint, [], 'labels stand out from the background');
      await workbench.screenshot(`labels-${name}`);
    });
  }
});
