import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ForTests } from '../../src/api/extensionExports';
import { clickConfusion, clickWorstSentence, panelIsShown, selectedRow, shownConfusions } from './confusions';
import { activated, clearMessages, corpora, train } from './sample';
import { workbench } from './workbenchClient';

const peek = '.peekview-widget';

describe('the confusions of a run', () => {
  let api: ForTests;

  before(async () => {
    api = await activated();
    const run = await train(api, { corpus: corpora.upos, column: 'UPOS', epochs: 3 });
    assert.equal(run.state, 'done', run.message);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
  beforeEach(() => clearMessages());

  it('open the tokens behind a number beside the panel, all of them in a peek view', async () => {
    const [first] = await shownConfusions();
    assert.ok(first.count > 1, JSON.stringify(first));
    await workbench.screenshot('confusions-panel');
    await clickConfusion(0);
    const { upos } = await selectedRow();
    assert.equal(upos, first.gold);
    assert.ok(panelIsShown(), 'the panel is not covered');
    await workbench.waitFor({ selector: `${peek} .monaco-list-row` });
    await workbench.screenshot('confusions-peek');
    const [title] = await workbench.texts({ selector: `${peek} .peekview-title` });
    const listed = Math.min(100, first.count);
    assert.ok(title.includes(String(listed)), `${title}: ${listed}`);
    await workbench.press('Escape');
    await workbench.waitFor({ selector: peek, state: 'detached' });
  });

  it('stand beside the worst sentences, which lead to their first errors', async () => {
    await shownConfusions();
    await vscode.commands.executeCommand('workbench.action.closeEditorsInOtherGroups');
    const words = await clickWorstSentence(0);
    const { document, selection } = (await selectedRow()).editor;
    const formOf = (line: number): string | undefined => document.lineAt(line).text.split('\t').at(1);
    let first = selection.start.line;
    while (formOf(first - 1) !== undefined) first--;
    assert.ok(words.startsWith(`${formOf(first)} ${formOf(first + 1)} `), `${formOf(first)} in ${words}`);
    assert.ok(panelIsShown());
  });

  it('say what is not there any more where the corpus was changed', async () => {
    const [first] = await shownConfusions();
    await clickConfusion(0);
    const { editor } = await selectedRow();
    await workbench.waitFor({ selector: `${peek} .monaco-list-row` });
    await workbench.press('Escape');
    await workbench.waitFor({ selector: peek, state: 'detached' });
    const { line } = editor.selection.start;
    const text = editor.document.lineAt(line).text;
    const edit = new vscode.WorkspaceEdit();
    const corrected = text.split('\t').with(3, first.predicted).join('\t');
    edit.replace(editor.document.uri, new vscode.Range(line, 0, line, text.length), corrected);
    assert.ok(await vscode.workspace.applyEdit(edit));
    await shownConfusions();
    await clearMessages();
    await clickConfusion(0);
    await workbench.waitFor({
      selector: `.notification-toast:has-text("1 of ${Math.min(100, first.count)} tokens are not there any more")`,
    });
    const { editor: again, upos } = await selectedRow();
    assert.equal(upos, first.gold);
    assert.notEqual(again.selection.start.line, line, 'the next one is shown');
    await workbench.waitFor({ selector: `${peek} .monaco-list-row` });
    await workbench.press('Escape');
    const back = new vscode.WorkspaceEdit();
    back.replace(editor.document.uri, new vscode.Range(line, 0, line, corrected.length), text);
    assert.ok(await vscode.workspace.applyEdit(back));
    await editor.document.save();
  });
});
