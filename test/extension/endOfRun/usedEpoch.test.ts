import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ForTests } from '../../../src/api/extensionExports';
import { formatPercent } from '../../../src/common/figures';
import { until } from '../../until';
import { activated, clearMessages, drawn, show, train } from '../sample';
import { workbench } from '../workbenchClient';

const file = 'pets/first.dev.conll';
const frame = 'main canvas';

describe('the epoch that a run has kept', () => {
  let api: ForTests;
  type Run = ForTests['runs'][number];

  before(async () => {
    api = await activated();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  /** Lines that are on screen, whatever stands beside the file. */
  const lines = 25;
  /** Shows the file from its first line on: a window remembers where one was. */
  const showTop = async (): Promise<void> => {
    const editor = await show(file);
    const top = new vscode.Position(0, 0);
    editor.selection = new vscode.Selection(top, top);
    editor.revealRange(new vscode.Range(top, top), vscode.TextEditorRevealType.AtTop);
    await until('the last of the lines', async () => (await drawn(file)).some(({ line }) => line === lines));
  };
  /** What is drawn in them: "3: VERB, CITY". */
  const labels = async (): Promise<string> =>
    (await drawn(file))
      .filter((line) => line.line <= lines && line.labels.length > 0)
      .map((line) => `${line.line}: ${line.labels.map(({ label }) => label.trim()).join(', ')}`)
      .join('\n');
  const accuracyOf = (run: Run): string => formatPercent(run.development?.accuracy);
  const isInUse = (run: Run): Promise<void> =>
    workbench.waitFor({ selector: `.statusbar-item:has-text("LABEL · ${accuracyOf(run)}")` });

  it('labels text by Use This Epoch in the loss panel: the open file and the status bar follow', async () => {
    const options = { corpus: 'pets', column: 'LABEL', hidden: 16 };
    const good = await train(api, { ...options, epochs: 30 });
    await showTop();
    await isInUse(good);
    const ofGood = await until('labels of the good model', async () => (await labels()) || undefined);
    const poor = await train(api, { ...options, epochs: 1, seed: 2, learningRate: 1e-5 });
    await isInUse(poor);
    assert.notEqual(accuracyOf(poor), accuracyOf(good));
    await until('labels of the poor model', async () => {
      const now = await labels();
      return now !== '' && now !== ofGood;
    });
    await clearMessages();
    await vscode.commands.executeCommand('rnnTagger.showRun', `run:${good.id}`);
    await workbench.waitFor({ frame, selector: '.statistics dd:text-is("30 of 30")' });
    await workbench.waitFor({ frame, selector: '.kept-epochs p:has-text("the best, is kept")' });
    // To look at a run is not to use its model.
    await isInUse(poor);
    await workbench.click({ frame, selector: '.kept-epochs button:has-text("Use This Epoch")' });
    await isInUse(good);
    await until('labels of the good model again', async () => (await labels()) === ofGood);
    // The panel still shows the run, and nothing is asked.
    await workbench.waitFor({ frame, selector: '.statistics dd:text-is("30 of 30")' });
    assert.deepEqual(await workbench.texts({ selector: '.quick-input-widget:visible' }), []);
    await workbench.screenshot('used-epoch');
  });

  it('is used after a reading of the file, too: its labels are those of the model in use', async () => {
    const before = await until('labels', async () => (await labels()) || undefined);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await showTop();
    await until('the same labels', async () => (await labels()) === before);
  });
});
