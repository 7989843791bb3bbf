import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ForTests } from '../../../src/api/extensionExports';
import { until } from '../../until';
import { activated, clearMessages, show, workspaceFile } from '../sample';
import { workbench } from '../workbenchClient';

const { fs } = vscode.workspace;

describe('labelling plain text from nothing', () => {
  let api: ForTests;

  const annotations = async (name: string): Promise<string | undefined> => {
    try {
      return new TextDecoder().decode(await fs.readFile(workspaceFile(name)));
    } catch {
      return undefined;
    }
  };
  const lines = async (name: string): Promise<string[]> =>
    ((await annotations(name)) ?? '').split('\n').filter((line) => line !== '');
  /** Selects words by a part of them. */
  const select = (editor: vscode.TextEditor, words: string, nth = 0): void => {
    const text = editor.document.getText();
    let start = -1;
    for (let i = 0; i <= nth; i++) start = text.indexOf(words, start + 1);
    assert.ok(start >= 0, words);
    const { document } = editor;
    editor.selection = new vscode.Selection(
      document.positionAt(start),
      document.positionAt(start + words.length),
    );
    editor.revealRange(editor.selection);
  };
  const label = (...given: unknown[]): Thenable<unknown> =>
    vscode.commands.executeCommand('rnnTagger.labelSelection', ...given);
  const isAsked = (title: string): Promise<void> =>
    workbench.waitFor({ selector: `.quick-input-widget:visible .quick-input-title:has-text("${title}")` });
  /** The decorations of labels that a person gave stand in a frame, with the type behind them. */
  const isDrawn = (type: string): Promise<unknown> =>
    workbench.waitUntil(
      (wanted: string) =>
        [...document.querySelectorAll('.monaco-editor .view-line span')].some((element) =>
          getComputedStyle(element, '::after').content.includes(wanted),
        ),
      [type],
    );

  before(async () => {
    api = await activated();
    assert.equal(api.corpora.length, 0);
  });

  it('labels whole words by a label that is typed, beside the text, and draws it at once', async () => {
    const editor = await show('travel.txt');
    await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    select(editor, 'nna');
    await workbench.press('ControlOrMeta+Alt+l');
    await isAsked('Label “Anna”');
    await workbench.screenshot('begin-first-label');
    await workbench.type('PER');
    await workbench.press('Enter');
    await isAsked('“Anna” is PER now');
    await workbench.screenshot('begin-others');
    assert.deepEqual(await lines('travel.ann'), ['T1\tPER 0 4\tAnna']);
    await workbench.press('Escape');
    await isDrawn('PER');
    assert.equal(editor.document.getText(editor.selection), 'Anna');
    assert.equal(editor.document.isDirty, false);
  });

  it('gives a known label by its key, and to the others like it in the file as one step to undo', async () => {
    const editor = await show('travel.txt');
    select(editor, 'Oslo');
    await workbench.press('ControlOrMeta+Alt+l');
    await isAsked('Label “Oslo”');
    await workbench.type('LOC');
    await workbench.press('Enter');
    await isAsked('“Oslo” is LOC now');
    await workbench.press('Escape');
    await until('two labels', async () => (await lines('travel.ann')).length === 2);
    select(editor, 'Rome');
    await workbench.press('ControlOrMeta+Alt+l');
    await isAsked('Label “Rome”');
    await workbench.screenshot('begin-keys');
    await workbench.type('2');
    await isAsked('“Rome” is LOC now');
    await workbench.press('ArrowDown');
    await workbench.press('Enter');
    const all = editor.document.getText().split(/\bRome\b/).length - 1;
    await until('all of them', async () => (await lines('travel.ann')).length === 2 + all);
    await isDrawn('LOC');
    await workbench.screenshot('begin-gold');
    await workbench.press('ControlOrMeta+z');
    await until('one of them', async () => (await lines('travel.ann')).length === 3);
    await workbench.press('ControlOrMeta+z');
    await until('none', async () => (await lines('travel.ann')).length === 2);
    await workbench.press('ControlOrMeta+Shift+z');
    await workbench.press('ControlOrMeta+Shift+z');
    await until('all again', async () => (await lines('travel.ann')).length === 2 + all);
  });

  it('changes the label that the cursor is in, removes it, and says what overlaps', async () => {
    const editor = await show('travel.txt');
    select(editor, 'nna');
    editor.selection = new vscode.Selection(editor.selection.start, editor.selection.start);
    assert.equal(await label({ label: 'NAME', scope: 'selection' }), true);
    assert.equal((await lines('travel.ann'))[0], 'T1\tNAME 0 4\tAnna');
    await vscode.commands.executeCommand('rnnTagger.undoLabel');
    await until('PER again', async () => (await lines('travel.ann'))[0] === 'T1\tPER 0 4\tAnna');
    select(editor, 'Anna');
    void label();
    await isAsked('“Anna” is PER');
    await workbench.screenshot('begin-change');
    await workbench.type('Remove');
    await workbench.press('Enter');
    await until('one less', async () => !(await lines('travel.ann')).some((line) => line.endsWith('Anna')));
    await vscode.commands.executeCommand('rnnTagger.undoLabel');
    await until('it is there again', async () =>
      (await lines('travel.ann')).some((line) => line.endsWith('Anna')),
    );
    select(editor, 'Anna went');
    assert.equal(await label({ label: 'EVENT', scope: 'selection' }), true);
    await workbench.waitFor({ selector: '.notification-toast:has-text("overlaps PER “Anna”")' });
    await workbench.screenshot('begin-overlap');
    await clearMessages();
    await vscode.commands.executeCommand('rnnTagger.undoLabel');
    await until('no overlap', async () => !(await annotations('travel.ann'))?.includes('EVENT'));
  });

  it('labels the others like it in the workspace, in Markdown outside of code, as one step to undo', async () => {
    const editor = await show('travel.txt');
    const before = await annotations('travel.ann');
    select(editor, 'Accra');
    assert.equal(await label({ label: 'LOC', scope: 'workspace' }), true);
    const found = async (): Promise<number[]> =>
      Promise.all(
        ['travel.ann', 'notes/winter.ann', 'notes/summer.md.ann'].map(
          async (name) => (await lines(name)).filter((line) => line.endsWith('\tAccra')).length,
        ),
      );
    for (const count of await found()) assert.ok(count > 0);
    assert.equal(await annotations('README.md.ann'), undefined);
    await vscode.commands.executeCommand('rnnTagger.undoLabel');
    await until('one', async () => (await found()).join() === '1,0,0');
    assert.equal(await annotations('notes/winter.ann'), undefined);
    await vscode.commands.executeCommand('rnnTagger.undoLabel');
    await until('what it was', async () => (await annotations('travel.ann')) === before);
  });

  it('labels the next words while those before are still being written, and asks no more about them', async () => {
    const editor = await show('travel.txt');
    const before = await annotations('travel.ann');
    const added = async (): Promise<string[]> => {
      const old = new Set((before ?? '').split('\n'));
      return (await lines('travel.ann'))
        .filter((line) => !old.has(line))
        .map((line) => line.replace(/^.*\t/, ''));
    };
    // One call right after the other, as keys come.
    const made = ['Lima', 'Rita', 'Omar'].map((words, i) => {
      select(editor, words);
      return label({ label: i === 0 ? 'LOC' : 'PER', scope: i === 0 ? 'file' : 'selection' });
    });
    assert.deepEqual(await Promise.all(made), [true, true, true]);
    const all = editor.document.getText().split(/\bLima\b/).length - 1;
    assert.deepEqual((await added()).sort(), [...Array.from({ length: all }, () => 'Lima'), 'Omar', 'Rita']);
    for (let step = 0; step < 4; step++) await vscode.commands.executeCommand('rnnTagger.undoLabel');
    await until('what it was', async () => (await annotations('travel.ann')) === before);
    // Whoever goes on is not asked about the words before.
    select(editor, 'Lima');
    const passed = label();
    await isAsked('Label “Lima”');
    select(editor, 'Rita');
    const next = label();
    await isAsked('Label “Rita”');
    await workbench.press('Escape');
    assert.deepEqual(await Promise.all([passed, next]), [false, false]);
    assert.equal(await annotations('travel.ann'), before);
  });

  it('follows edits of the text: labels move, are dropped with a message, and come back with an undo', async () => {
    const editor = await show('travel.txt');
    const before = await annotations('travel.ann');
    assert.ok(await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'Once upon a time ')));
    assert.equal(await annotations('travel.ann'), before);
    assert.ok(await editor.document.save());
    await until('the label moved', async () => (await lines('travel.ann'))[0].startsWith('T1\tPER 17 21'));
    await isDrawn('PER');
    const end = new vscode.Position(0, 22);
    assert.ok(await editor.edit((edit) => edit.delete(new vscode.Range(new vscode.Position(0, 0), end))));
    assert.ok(await editor.document.save());
    await until('no Anna', async () => !(await annotations('travel.ann'))?.includes('\tAnna'));
    await workbench.waitFor({ selector: '.notification-toast:has-text("Labels went with their text")' });
    await workbench.screenshot('begin-dropped');
    await clearMessages();
    await vscode.commands.executeCommand('undo');
    await vscode.commands.executeCommand('undo');
    assert.ok(editor.document.getText().startsWith('Anna went'));
    assert.ok(await editor.document.save());
    await until('Anna again', async () => (await annotations('travel.ann'))?.includes('\tAnna'));
    assert.deepEqual((await lines('travel.ann')).sort(), (before ?? '').trim().split('\n').sort());
  });

  it('labels nothing in a text whose places are others on the disk, and says what to do', async () => {
    const file = workspaceFile('mixed.txt');
    await fs.writeFile(file, new TextEncoder().encode('Anna sees\r\nOslo and\nRome.\n'));
    select(await show('mixed.txt'), 'Rome');
    assert.equal(await label({ label: 'LOC', scope: 'selection' }), false);
    assert.equal(await annotations('mixed.ann'), undefined);
    await workbench.waitFor({ selector: '.notification-toast:has-text("line ends of several kinds")' });
    await clearMessages();
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await fs.writeFile(file, new TextEncoder().encode('\ufeffAnna sees\nOslo and\nRome.\n'));
    select(await show('mixed.txt'), 'Rome');
    assert.equal(await label({ label: 'LOC', scope: 'selection' }), true);
    assert.deepEqual(await lines('mixed.ann'), ['T1\tLOC 19 23\tRome']);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    for (const name of ['mixed.txt', 'mixed.ann']) await fs.delete(workspaceFile(name));
  });

  it('never loses annotations that are there, and edits those that are open with unsaved changes in their editor', async () => {
    const ann = workspaceFile('notes/winter.ann');
    const text = (await vscode.workspace.openTextDocument(workspaceFile('notes/winter.txt'))).getText();
    const word = /\bMia\b/.exec(text)!;
    const old = `T7\tPER ${word.index} ${word.index + 3}\tMia\n#1\tAnnotatorNotes T7\tsure\n`;
    await fs.writeFile(ann, new TextEncoder().encode(old));
    const open = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(ann));
    assert.ok(
      await open.edit((edit) => edit.insert(new vscode.Position(2, 0), '#2\tAnnotatorNotes T7\tmine\n')),
    );
    const editor = await show('notes/winter.txt');
    select(editor, 'Bergen');
    assert.equal(await label({ label: '<img/src=x>', scope: 'selection' }), true);
    assert.match(
      open.document.getText(),
      /^T7\tPER \d+ \d+\tMia\n#1\tAnnotatorNotes T7\tsure\n#2\tAnnotatorNotes T7\tmine\nT8\t<img\/src=x> \d+ \d+\tBergen\n$/,
    );
    await isDrawn('<img/src=x>');
    await open.document.save();
  });
});
