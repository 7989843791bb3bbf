import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ForTests } from '../../../src/api/extensionExports';
import { NetworkPanel } from '../../../src/panel/network/networkPanel';
import { until } from '../../until';
import { activated, clearMessages, show, train } from '../sample';
import { workbench } from '../workbenchClient';
import { choose, chosenIn, errorLabel, isShownAsChosen, networkFrame as frame, sweeps } from './networkPage';

const file = 'names/train.conll';

const tabs = (): vscode.Tab[] =>
  vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(
      ({ input }) =>
        input instanceof vscode.TabInputWebview && input.viewType.endsWith(NetworkPanel.viewType),
    );

describe('the network over a sentence', () => {
  let api: ForTests;
  let words: readonly (readonly string[])[];

  /** The word of the step that is looked at. */
  const selected = async (): Promise<string> =>
    (await workbench.texts({ frame, selector: '.word[aria-selected=true] .form' })).join();
  const isSelected = (word: string): Promise<void> =>
    workbench.waitFor({
      frame,
      selector: `.word[aria-selected=true] .form:text-is(${JSON.stringify(word)})`,
    });

  before(async () => {
    api = await activated();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await clearMessages();
  });

  it('is not there without a model, and a message leads to one', async () => {
    await show(file);
    await vscode.commands.executeCommand('rnnTagger.showNetwork');
    await workbench.waitFor({
      selector:
        '.notification-toast:has-text("There is no model yet: train one, or import one from a file.")',
    });
    await workbench.waitFor({
      selector: '.notification-toast .monaco-button:has-text("Train on Workspace")',
    });
    assert.equal(tabs().length, 0);
    await clearMessages();
  });

  it('is of the sentence at the cursor, with the labels that are drawn there', async () => {
    const run = await train(api, { corpus: 'names', column: 'LABEL', epochs: 20, layers: 2 });
    assert.equal(run.state, 'done', run.message);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const editor = await show(file);
    const lines = editor.document.getText().split('\n');
    const blank = lines.indexOf('');
    const from = lines.findIndex((line, n) => n > blank && line !== '');
    const end = lines.indexOf('', from);
    words = lines.slice(from, end < 0 ? lines.length : end).map((line) => line.split(/[\t ]/));
    assert.ok(words.length > 2);
    editor.selection = new vscode.Selection(from + 1, 0, from + 1, 0);
    await vscode.commands.executeCommand('rnnTagger.showNetwork');
    await workbench.waitFor({ frame, selector: '.word' });
    assert.deepEqual(
      await workbench.texts({ frame, selector: '.word .form' }),
      words.map(([word]) => word),
    );
    await isSelected(words[1][0]);
    assert.equal(tabs().length, 1);
    await workbench.waitFor({ frame, selector: '.formula[aria-label^="s_t = U h_t−1 + W x_t + b"]' });
    await workbench.screenshot('network-step');
  });

  it('steps by the arrow keys, and has δ of the step that is looked at', async () => {
    await workbench.click({ frame, selector: '.word >> nth=0' });
    await workbench.press('ArrowRight');
    await workbench.press('ArrowRight');
    await isSelected(words[2][0]);
    await workbench.click({ frame, selector: '[role=tab]:has-text("Gradient Flow")' });
    await workbench.waitFor({ frame, selector: `h2:has-text("The error at t = 3: “${words[2][0]}”")` });
    await until(
      'three steps',
      async () =>
        (await workbench.texts({ frame, selector: '#panel-flow table:not(.formulas) tbody tr' })).length ===
        3,
    );
    await workbench.screenshot('network-flow');
  });

  it('shows the word of a step in its text', async () => {
    await workbench.click({ frame, selector: '.word >> nth=2' });
    await workbench.press('Enter');
    const editor = await until('the word', () => {
      const { activeTextEditor } = vscode.window;
      return (
        activeTextEditor?.document.getText(activeTextEditor.selection) === words[2][0] && activeTextEditor
      );
    });
    assert.ok(editor.document.uri.path.endsWith(file));
  });

  it('comes back with its step and tab after it was hidden', async () => {
    const [tab] = tabs();
    const column = tab.group.viewColumn;
    await vscode.window.showTextDocument(
      await vscode.workspace.openTextDocument({ content: 'over it' }),
      column,
    );
    await until('the panel to be hidden', () => !tabs()[0].isActive);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await isSelected(words[2][0]);
    await workbench.waitFor({ frame, selector: '#tab-flow[aria-selected=true]' });
  });

  it('says that the text was edited since, and shows it anew', async () => {
    const editor = await show(file);
    const start = new vscode.Position(0, 0);
    const before = editor.document.getText();
    try {
      assert.ok(await editor.edit((edit) => edit.insert(start, '')));
      const place = editor.document.lineAt(editor.document.lineCount - 1).range.end;
      assert.ok(await editor.edit((edit) => edit.insert(place, '\n')));
      await workbench.waitFor({ frame, selector: '.notice:has-text("The text was edited since.")' });
      await workbench.click({ frame, selector: 'button:has-text("Show Again")' });
      await workbench.waitFor({ frame, selector: '.notice', state: 'hidden' });
      assert.equal(await selected(), words[2][0]);
    } finally {
      await vscode.commands.executeCommand('workbench.action.focusFirstEditorGroup');
      await show(file);
      await vscode.commands.executeCommand('workbench.action.files.revert');
    }
    assert.equal((await show(file)).document.getText(), before);
  });

  it('opens at the gradient flow, of the first sentence from the top of a file, and says where there is none', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await until('the panel to be closed', () => tabs().length === 0);
    const editor = await show(file);
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    await vscode.commands.executeCommand('rnnTagger.showGradientFlow');
    await workbench.waitFor({ frame, selector: '#tab-flow[aria-selected=true]' });
    await workbench.waitFor({ frame, selector: 'h2:has-text("The error at t = ")' });
    const empty = await vscode.workspace.openTextDocument({ content: '\n\n', language: 'plaintext' });
    await vscode.window.showTextDocument(empty, vscode.ViewColumn.One);
    await vscode.commands.executeCommand('rnnTagger.showNetwork');
    await workbench.waitFor({ frame, selector: '.notice:has-text("There is no sentence here.")' });
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('is opened from the loss panel’s gradient flow, where that stands', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await until('the panel to be closed', () => tabs().length === 0);
    const editor = await show(file);
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    await vscode.commands.executeCommand('rnnTagger.showLossPanel');
    const panel = 'main .run';
    const button = 'section.flow button:has-text("Show This for a Sentence")';
    await workbench.waitFor({ frame: panel, selector: button });
    await workbench.click({ frame: panel, selector: button });
    await workbench.waitFor({ frame, selector: '#tab-flow[aria-selected=true]' });
    await workbench.waitFor({ frame, selector: 'h2:has-text("The error at t = ")' });
    assert.equal(vscode.window.tabGroups.all.length, 2);
    await workbench.screenshot('network-from-loss');
  });

  it('keeps what was chosen of it while it is hidden: step, label, layer and direction, weights', async () => {
    const editor = await show(file);
    const line = editor.document.getText().split('\n').indexOf(words[1].join('\t'));
    const blank = editor.document.getText().split('\n').indexOf('');
    assert.ok(line > blank);
    editor.selection = new vscode.Selection(line, 0, line, 0);
    await vscode.commands.executeCommand('rnnTagger.showNetwork');
    await workbench.waitFor({ frame, selector: 'h2:has-text("At t = 2: ")' });
    assert.equal(await chosenIn(sweeps), 'Layer 2, left to right');
    await choose(sweeps, 'first');
    await workbench.click({ frame, selector: '#weights summary' });
    await workbench.waitFor({ frame, selector: '#weights[open]' });
    await workbench.click({ frame, selector: '.word >> nth=2' });
    await isSelected(words[2][0]);
    await workbench.click({ frame, selector: '[role=tab]:has-text("Gradient Flow")' });
    await workbench.waitFor({ frame, selector: 'h2:has-text("The error at t = 3: ")' });
    const own = await chosenIn(errorLabel);
    await choose(errorLabel, 'last');
    assert.notEqual(await chosenIn(errorLabel), own);
    await isShownAsChosen();
    const column = tabs()[0].group.viewColumn;
    const over = await vscode.workspace.openTextDocument({ content: 'over it' });
    await vscode.window.showTextDocument(over, column);
    await until('the panel to be hidden', () => !tabs()[0].isActive);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await isShownAsChosen();
    await workbench.screenshot('network-chosen');
  });
});
