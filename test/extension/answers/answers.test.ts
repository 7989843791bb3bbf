import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import * as vscode from 'vscode';
import type { ForTests } from '../../../src/api/extensionExports';
import { until } from '../../until';
import { activated, clearMessages, show, train, workspaceFile } from '../sample';
import { workbench } from '../workbenchClient';

const names = 'names/train.conll';

describe('answers in the editor', () => {
  let api: ForTests;
  let original: string;
  const run = (name: string, ...given: unknown[]): Thenable<unknown> =>
    vscode.commands.executeCommand(`rnnTagger.${name}`, ...given);
  const at = (editor: vscode.TextEditor, line: number): void => {
    editor.selection = new vscode.Selection(line, 0, line, 0);
  };
  const setLabel = async (editor: vscode.TextEditor, line: number, label: string): Promise<void> => {
    const { text, range } = editor.document.lineAt(line);
    const changed = `${text.slice(0, text.lastIndexOf('\t') + 1)}${label}`;
    assert.ok(await editor.edit((edit) => edit.replace(range, changed)));
  };
  const labelAt = (editor: vscode.TextEditor, line: number): string =>
    editor.document.lineAt(line).text.split('\t').at(-1)!;

  before(async () => {
    api = await activated();
    const run = await train(api, { corpus: 'names', column: 'LABEL', epochs: 40, hidden: 16 });
    assert.equal(run.state, 'done', run.message);
    original = (await show(names)).document.getText();
  });
  afterEach(async () => {
    await run('leaveReview');
    // The file may have been saved meanwhile, as VS Code does by itself in a browser.
    const { document } = await show(names);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), original);
    assert.ok(await vscode.workspace.applyEdit(edit));
    await document.save();
  });

  it('change, widen, shorten and remove a span, each one step to undo', async () => {
    const editor = await show(names);
    at(editor, 2);
    const steps: [string, unknown[], string[]][] = [
      ['changeLabel', ['LOC'], ['B-LOC', 'I-LOC', 'O']],
      ['widenSpanRight', [], ['B-LOC', 'I-LOC', 'I-LOC']],
      ['shortenSpanRight', [], ['B-LOC', 'I-LOC', 'O']],
      ['shortenSpanRight', [], ['B-LOC', 'O', 'O']],
      ['removeLabel', [], ['O', 'O', 'O']],
    ];
    const lines = (): string[] => [2, 3, 4].map((line) => labelAt(editor, line));
    const texts = [editor.document.getText()];
    for (const [name, given, wanted] of steps) {
      assert.equal(await run(name, ...given), true, name);
      assert.deepEqual(lines(), wanted, name);
      texts.push(editor.document.getText());
    }
    for (const text of texts.slice(0, -1).reverse()) {
      await vscode.commands.executeCommand('undo');
      assert.equal(editor.document.getText(), text);
    }
    assert.equal(editor.document.getText(), original);
  });

  it('are offered as quick fixes, and the label by a pick with keys', async () => {
    const editor = await show(names);
    at(editor, 2);
    const fixes = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      editor.document.uri,
      editor.selection,
      vscode.CodeActionKind.QuickFix.value,
    );
    const titles = fixes.map(({ title }) => title);
    for (const title of ['Accept Label', 'Change Label…', 'Remove Label', 'Label All the Same in This File'])
      assert.ok(titles.includes(title), titles.join());
    const changed = run('changeLabel');
    await workbench.waitFor({ selector: '.quick-input-widget .monaco-list-row', nth: 0 });
    await workbench.screenshot('answers-pick');
    await workbench.type('1');
    await changed;
    assert.equal(labelAt(editor, 2), 'B-LOC');
  });

  it('are given to the word that a quick fix was offered for, wherever the cursor is', async () => {
    const editor = await show(names);
    const place = new vscode.Range(9, 0, 9, 0);
    const fixes = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      editor.document.uri,
      place,
      vscode.CodeActionKind.QuickFix.value,
    );
    at(editor, 2);
    const fix = fixes.find(({ title }) => title === 'Remove Label')?.command;
    assert.ok(fix);
    assert.equal(await vscode.commands.executeCommand(fix.command, ...(fix.arguments ?? [])), true);
    assert.deepEqual(
      [2, 3, 9, 10].map((line) => labelAt(editor, line)),
      ['B-PER', 'I-PER', 'O', 'O'],
    );
    // By now the text is another one.
    assert.equal(await vscode.commands.executeCommand(fix.command, ...(fix.arguments ?? [])), false);
  });

  it('of all the same words are of the column that the cursor is in', async () => {
    const editor = await show(names);
    const tagAt = (line: number): string => editor.document.lineAt(line).text.split('\t')[1];
    const { text } = editor.document.lineAt(4);
    const tag = text.indexOf('\t') + 1;
    editor.selection = new vscode.Selection(4, tag, 4, tag);
    assert.equal(tagAt(4), 'VBZ');
    assert.equal(await run('labelAllSame', 'NNP'), true);
    assert.deepEqual([tagAt(4), tagAt(11)], ['NNP', 'NNP']);
    assert.equal(editor.document.getText().replaceAll('sings\tNNP', 'sings\tVBZ'), original);
  });

  it('go to the next disagreement, and accept what is predicted', async () => {
    const editor = await show(names);
    await setLabel(editor, 2, 'B-LOC');
    await setLabel(editor, 3, 'I-LOC');
    at(editor, 0);
    assert.equal(await run('nextDisagreement'), true);
    assert.equal(editor.selection.active.line, 2);
    assert.equal(await run('acceptLabel'), true);
    assert.equal(labelAt(editor, 2), 'B-PER');
    assert.equal(editor.document.getText(), original);
  });

  const isAt = (text: string): Promise<void> =>
    workbench.waitFor({ selector: `.statusbar-item:has-text("Review ${text}")` });
  const isLeft = (): Promise<void> =>
    workbench.waitFor({ selector: '.statusbar-item:has-text("Review ")', state: 'detached' });
  const startReview = async (editor: vscode.TextEditor): Promise<string> => {
    for (const line of [2, 9]) {
      await setLabel(editor, line, 'B-LOC');
      await setLabel(editor, line + 1, 'I-LOC');
    }
    const changed = editor.document.getText();
    await run('startReview');
    await isAt('1 of 2');
    return changed;
  };

  it('review by keys: Enter accepts, Backspace keeps, U undoes, Escape leaves, and then keys type again', async () => {
    const editor = await show(names);
    const changed = await startReview(editor);
    await workbench.screenshot('answers-review');
    await workbench.press('Enter');
    await isAt('2 of 2');
    assert.equal(labelAt(editor, 2), 'B-PER');
    assert.equal(editor.selection.active.line, 9);
    await workbench.press('u');
    await isAt('1 of 2');
    assert.equal(editor.document.getText(), changed);
    await workbench.press('Backspace');
    await isAt('2 of 2');
    assert.equal(editor.document.getText(), changed);
    await workbench.press('u');
    await isAt('1 of 2');
    await workbench.press('2');
    await isAt('2 of 2');
    assert.equal(labelAt(editor, 3), 'I-PER');
    await workbench.press('Escape');
    await isLeft();
    // Where the cursor is by now does not matter.
    const { length } = editor.document.getText();
    await workbench.press('u');
    await until('a letter', () => editor.document.getText().length === length + 1);
  });

  it('follow keys in a row, in their order, and type none of them: neither while one is written nor at the end', async () => {
    const editor = await show(names);
    const changed = await startReview(editor);
    // Keys as fast as they can come: nothing waits for what they do.
    const keys = ['reviewAccept', 'reviewUndo', 'reviewKeep', 'reviewAccept', 'reviewAccept', 'reviewKeep'];
    await Promise.all(keys.map((key) => run(key)));
    await isAt('done: 1 answered, 1 kept, of 2');
    assert.deepEqual(
      [2, 3, 9, 10].map((line) => labelAt(editor, line)),
      ['B-LOC', 'I-LOC', 'B-PER', 'I-PER'],
    );
    const answered = editor.document.getText();
    for (const key of ['Enter', '2', 'Backspace']) await workbench.press(key);
    await workbench.press('u');
    await isAt('2 of 2');
    assert.equal(editor.document.getText(), changed);
    for (const key of ['Enter', 'Enter', 'u', 'Enter', 'Enter', 'Enter']) await workbench.press(key);
    await isAt('done: 1 answered, 1 kept, of 2');
    await run('reviewKeep');
    assert.equal(editor.document.getText(), answered);
    await workbench.screenshot('answers-review-done');
  });

  it('pass over what was corrected by hand, and type where the cursor has left the word', async () => {
    const editor = await show(names);
    await startReview(editor);
    await setLabel(editor, 9, 'B-ORG');
    await setLabel(editor, 10, 'I-ORG');
    await run('reviewAccept');
    await isAt('done: 1 answered, 0 kept, of 2');
    assert.equal(labelAt(editor, 9), 'B-ORG');
    await workbench.press('Escape');
    await isLeft();
    const again = await startReview(editor);
    await workbench.press('ArrowDown');
    await workbench.press('ArrowDown');
    await workbench.press('ArrowDown');
    await isAt('paused');
    await workbench.screenshot('answers-review-paused');
    await workbench.press('u');
    await until('a letter', () => editor.document.getText().length === again.length + 1);
    await vscode.commands.executeCommand('undo');
    await workbench.click({ selector: '.statusbar-item:has-text("Review paused")' });
    await isAt('1 of 2');
    await workbench.press('Enter');
    await isAt('2 of 2');
    assert.equal(labelAt(editor, 2), 'B-PER');
  });

  it('confirm a label that the text has, and undo nothing else for that', async () => {
    const editor = await show(names);
    const changed = await startReview(editor);
    await workbench.press('1');
    await isAt('2 of 2');
    const first = editor.document.getText();
    await workbench.press('u');
    await isAt('1 of 2');
    assert.equal(editor.document.getText(), changed);
    // 1 is LOC, which the text has already.
    assert.equal(first, changed);
  });

  it('take back all answers of a review, and refuse to where the text was edited since', async () => {
    const editor = await show(names);
    const changed = await startReview(editor);
    await Promise.all([run('reviewAccept'), run('reviewKeep')]);
    await Promise.all([run('reviewUndo'), run('reviewUndo')]);
    await isAt('1 of 2');
    assert.equal(editor.document.getText(), changed);
    await run('reviewAccept');
    assert.ok(await editor.edit((edit) => edit.insert(new vscode.Position(1, 0), '# a comment\n')));
    const edited = editor.document.getText();
    await run('reviewUndo');
    await workbench.waitFor({
      selector: '.notification-list-item:has-text("The file was edited since")',
      nth: 0,
    });
    assert.equal(editor.document.getText(), edited);
    await run('reviewAccept');
    await isAt('done: 2 answered, 0 kept, of 2');
    assert.equal(
      editor.document.getText(),
      `# a comment\n${original}`.replace(/^(# a comment\n)(.*\n)/, '$2$1'),
    );
  });

  it('accept many with a preview of one entry for each, and those that are ticked as one step', async () => {
    const editor = await show(names);
    for (const line of [2, 9]) {
      await setLabel(editor, line, 'B-LOC');
      await setLabel(editor, line + 1, 'I-LOC');
    }
    const changed = editor.document.getText();
    const done = run('acceptMany', { scope: 'file', confidence: 0.2 });
    await workbench.waitFor({ selector: '.bulk-edit-panel .monaco-list-row', nth: 2 });
    await workbench.screenshot('answers-many');
    assert.equal(editor.document.getText(), changed);
    assert.equal((await workbench.texts({ selector: '.bulk-edit-panel .monaco-list-row' })).length, 3);
    // Nothing is ticked that nobody has looked at: the file stands first, here the second span is taken.
    await workbench.click({ selector: '.bulk-edit-panel .edit-checkbox', nth: 2 });
    await vscode.commands.executeCommand('refactorPreview.apply');
    assert.equal(await done, 2);
    const lines = (): string[] => [2, 3, 9, 10].map((line) => labelAt(editor, line));
    assert.deepEqual(lines(), ['B-LOC', 'I-LOC', 'B-PER', 'I-PER']);
    await show(names);
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), changed);
  });

  it('relabel many by a regular expression, in the selection alone', async () => {
    const editor = await show(names);
    editor.selection = new vscode.Selection(9, 0, 30, 0);
    const wish = { scope: 'selection', label: 'PER', to: 'LOC', pattern: '^(Rita|Tom|B.*) May$' };
    const done = run('relabelMany', wish);
    await workbench.waitFor({ selector: '.bulk-edit-panel .monaco-list-row', nth: 2 });
    await workbench.click({ selector: '.bulk-edit-panel .edit-checkbox', nth: 0 });
    await vscode.commands.executeCommand('refactorPreview.apply');
    assert.equal(await done, 2);
    assert.deepEqual(
      [2, 3, 9, 10, 16, 17, 23, 24].map((line) => labelAt(editor, line)),
      ['B-PER', 'I-PER', 'B-LOC', 'I-LOC', 'B-PER', 'I-PER', 'B-LOC', 'I-LOC'],
    );
  });

  it('stop a regular expression that takes forever, say so, and find what a sound one matches', async () => {
    const editor = await show(names);
    // A word that such an expression is slow on.
    const slow = 'a'.repeat(200);
    assert.ok(await editor.edit((edit) => edit.insert(new vscode.Position(2, 0), `${slow}\tNNP\tB-LOC\n`)));
    const changed = editor.document.getText();
    const wish = { scope: 'file', label: 'LOC', to: 'PER' };
    assert.equal(await run('relabelMany', { ...wish, pattern: '^(a+)+b' }), undefined);
    await workbench.waitFor({ selector: '.notification-list-item:has-text("takes too long")', nth: 0 });
    assert.equal(await run('relabelMany', { ...wish, pattern: '^(a+' }), undefined);
    await workbench.waitFor({
      selector: '.notification-list-item:has-text("is no regular expression")',
      nth: 0,
    });
    assert.equal(await run('relabelMany', { ...wish, pattern: '^b+$' }), 0);
    assert.equal(editor.document.getText(), changed);
  });

  it('leave a read-only file alone, one by one and many, and say so', async () => {
    const editor = await show(names);
    await setLabel(editor, 2, 'B-LOC');
    await setLabel(editor, 3, 'I-LOC');
    await editor.document.save();
    const changed = editor.document.getText();
    const { fsPath } = workspaceFile(names);
    chmodSync(fsPath, 0o444);
    try {
      at(editor, 2);
      await clearMessages();
      assert.equal(await run('acceptLabel'), false);
      await workbench.waitFor({
        selector: '.notification-list-item:has-text("train.conll is read-only, so its labels stay")',
        nth: 0,
      });
      await clearMessages();
      assert.equal(await run('acceptMany', { scope: 'file' }), 0);
      await workbench.waitFor({
        selector: '.notification-list-item:has-text("cannot be opened: train.conll")',
        nth: 0,
      });
      assert.equal(editor.document.getText(), changed);
    } finally {
      chmodSync(fsPath, 0o644);
    }
    assert.equal(await run('acceptLabel'), true);
    assert.equal(editor.document.getText(), original);
  });

  it('leave text of no corpus alone, and say so', async () => {
    const document = await vscode.workspace.openTextDocument({ content: 'Rita sings .' });
    await vscode.window.showTextDocument(document);
    await clearMessages();
    assert.equal(await run('removeLabel'), false);
    await workbench.waitFor({ selector: '.notification-list-item:has-text("of no corpus")', nth: 0 });
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    assert.equal((await vscode.workspace.openTextDocument(workspaceFile(names))).getText(), original);
  });
});
