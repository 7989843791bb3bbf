import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import {
  lossPanel,
  openFile,
  pick,
  runCommand,
  selectors,
  webviewFrame,
} from '../../tools/vscode/driver.mjs';
import type { Workbench } from '../../tools/vscode/workbench.mjs';
import { until } from '../until';
import { openSample, upos } from './sample';

/** What VS Code has saved of its windows' editors, those of panels with their state; in a browser. */
const savedEditors = (workbench: Workbench): Promise<string> =>
  workbench.page.evaluate(async () => {
    const answer = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('no answer'));
      });
    const saved: string[] = [];
    for (const { name } of await indexedDB.databases()) {
      if (!name?.startsWith('vscode-web-state-db-')) continue;
      const database = await answer(indexedDB.open(name));
      try {
        const table = database.transaction('ItemTable').objectStore('ItemTable');
        saved.push(String(await answer(table.get('memento/workbench.parts.editor'))));
      } finally {
        database.close();
      }
    }
    return saved.join('\n');
  });

/** Desktop VS Code saves its state when a window is reloaded. */
const isBrowser = process.env.RNN_TAGGER_VSCODE !== 'desktop';

describe('the panels in a window without tests in it', () => {
  let workbench: Workbench;
  const [first, second] = ['UD_English-EWT · UPOS', 'UD_English-EWT · XPOS'];

  const train = async (column: string, title: string): Promise<Frame> => {
    await runCommand(workbench.page, 'RNN Tagger: Train on Workspace');
    await pick(workbench.page, column);
    const panel = await lossPanel(workbench.page);
    await panel.locator('h1:visible', { hasText: title }).waitFor();
    await panel.locator(selectors.panelState('done')).waitFor();
    return panel;
  };

  before(async () => {
    workbench = await openSample({
      theme: 'dark',
      settings: {
        'rnnTagger.training.epochs': 2,
        'rnnTagger.training.hidden': 16,
        'rnnTagger.training.threads': 1,
        'rnnTagger.device': 'simd',
      },
    });
    await openFile(workbench.page, upos);
    await train('UPOS', first);
  });
  after(() => workbench?.close());

  it('delete a run once a person has said so, and say that its curves are gone', async () => {
    const { page } = workbench;
    const panel = await train('XPOS', second);
    await panel.locator('details.runs > summary').click();
    const row = (title: string) => panel.locator('details.runs tbody tr', { hasText: title });
    await row(first).getByRole('checkbox').check();
    await panel.locator('.run-values tbody tr', { hasText: first }).waitFor();
    const remove = row(first).getByRole('button', { name: 'Delete…' });
    const dialog = page.locator('.monaco-dialog-box', {
      hasText: `Delete ${first} with its model and curves?`,
    });
    await remove.click();
    await dialog.waitFor();
    await workbench.screenshot('delete-run-dialog');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    assert.equal(await row(first).count(), 1, 'nobody said so yet');
    await remove.click();
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
    await panel.locator('.runs-news', { hasText: `${first} was deleted: its curves are gone.` }).waitFor();
    await row(first).waitFor({ state: 'detached' });
    assert.equal(await row(second).count(), 1);
    await page.locator(selectors.statusBarItem, { hasText: `RNN Tagger: ${first} is deleted` }).waitFor();
    await runCommand(page, 'RNN Tagger: Focus on Runs and Models View');
    const listed = page.locator('.pane', { hasText: 'Runs and Models' }).locator('.monaco-list-row');
    await listed.filter({ hasText: second }).waitFor();
    assert.equal(await listed.filter({ hasText: first }).count(), 0);
    await workbench.screenshot('deleted-run');
  });

  it('bring the network over a sentence back with its step after a reload of the window', async () => {
    const { page } = workbench;
    await openFile(page, upos);
    await runCommand(page, 'Go to Line/Column...');
    await page.locator(selectors.quickInputText).fill(':9');
    await page.keyboard.press('Enter');
    await runCommand(page, 'RNN Tagger: Show Network');
    const read = async (): Promise<{ frame: Frame; words: string[]; subject: string; at: string }> => {
      const frame = await webviewFrame(page, '.word[aria-selected=true]');
      return {
        frame,
        words: await frame.locator('.word .form').allInnerTexts(),
        subject: await frame.locator('.subject').innerText(),
        at: (await frame.locator('.word[aria-selected=true]').getAttribute('id')) ?? '',
      };
    };
    const { frame } = await read();
    await frame.locator('.word').nth(3).click();
    await frame.locator('#word-3[aria-selected=true]').waitFor();
    const { frame: _, ...before } = await read();
    assert.equal(before.at, 'word-3');
    assert.ok(before.words.length > 4, before.words.join(' '));
    if (isBrowser)
      await until('the panel and its step to be saved', async () => {
        const saved = await savedEditors(workbench);
        return saved.includes('rnnTagger.network') && /\bstep[\\"]*:3\b/.test(saved);
      });
    await workbench.reload();
    const { frame: __, ...after } = await read();
    assert.deepEqual(after, before);
    await workbench.screenshot('network-after-reload');
  });
});
