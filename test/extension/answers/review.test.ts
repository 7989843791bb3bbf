import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ForTests } from '../../../src/api/extensionExports';
import { movedAnnotations } from '../../../src/corpus/formats/bratMoves';
import { bratDocument } from '../../unit/corpus/bratDocument';
import { until } from '../../until';
import { activated, show, train, workspaceFile } from '../sample';
import { workbench } from '../workbenchClient';

const { fs } = vscode.workspace;
const run = (name: string, ...given: unknown[]): Thenable<unknown> =>
  vscode.commands.executeCommand(`rnnTagger.${name}`, ...given);
const isAt = (text: string): Promise<void> =>
  workbench.waitFor({ selector: `.statusbar-item:has-text("Review ${text}")`, timeoutMs: 60_000 });
const undo = async (): Promise<void> => {
  // Once this one is set, those that an answer set before are, too: they tell what the key means.
  await vscode.commands.executeCommand('setContext', 'rnnTagger.test', true);
  await workbench.press('ControlOrMeta+Z');
};

describe('a review among undos of the editor', () => {
  let api: ForTests;
  const files = ['names/train.conll', 'names/dev.conll'];
  let original: string;
  const setLabel = async (editor: vscode.TextEditor, line: number, label: string): Promise<void> => {
    const { text, range } = editor.document.lineAt(line);
    const changed = `${text.slice(0, text.lastIndexOf('\t') + 1)}${label}`;
    assert.ok(await editor.edit((edit) => edit.replace(range, changed)));
  };
  const labelsOf = ({ document }: vscode.TextEditor): (string | undefined)[] =>
    [2, 3, 9, 10].map((line) => document.lineAt(line).text.split('\t').at(-1));
  const start = async (editor: vscode.TextEditor): Promise<string> => {
    for (const line of [2, 9]) {
      await setLabel(editor, line, 'B-LOC');
      await setLabel(editor, line + 1, 'I-LOC');
    }
    const changed = editor.document.getText();
    await run('startReview');
    await isAt('1 of 2');
    return changed;
  };

  before(async () => {
    api = await activated();
    const trained = await train(api, { corpus: 'names', column: 'LABEL', epochs: 40, hidden: 16 });
    assert.equal(trained.state, 'done', trained.message);
    original = (await show(files[0])).document.getText();
    await fs.writeFile(workspaceFile(files[1]), new TextEncoder().encode(original));
    await until('the second file', () =>
      api.corpora.some((corpus) => corpus.files.some(({ file }) => file.endsWith(files[1]))),
    );
  });
  afterEach(async () => {
    await run('leaveReview');
    for (const name of files) {
      const { document } = await show(name);
      const edit = new vscode.WorkspaceEdit();
      edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), original);
      assert.ok(await vscode.workspace.applyEdit(edit));
      await document.save();
    }
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await fs.delete(workspaceFile(files[1]));
  });

  it('goes back with Ctrl+Z, on with Ctrl+Y, and takes nothing back twice', async () => {
    const editor = await show(files[0]);
    const changed = await start(editor);
    await workbench.press('Enter');
    await isAt('2 of 2');
    const first = editor.document.getText();
    await workbench.press('Enter');
    await isAt('done: 2 answered, 0 kept, of 2');
    const both = editor.document.getText();
    await undo();
    await isAt('2 of 2');
    assert.equal(editor.document.getText(), first);
    await workbench.press('u');
    await isAt('1 of 2');
    assert.equal(editor.document.getText(), changed);
    await workbench.press('u');
    await workbench.press('Enter');
    await isAt('2 of 2');
    assert.equal(editor.document.getText(), first);
    await workbench.press('Enter');
    await isAt('done: 2 answered, 0 kept, of 2');
    await undo();
    await isAt('2 of 2');
    await undo();
    await isAt('1 of 2');
    assert.equal(editor.document.getText(), changed);
    await workbench.press('ControlOrMeta+Y');
    await isAt('2 of 2');
    await workbench.press('ControlOrMeta+Y');
    await isAt('done: 2 answered, 0 kept, of 2');
    assert.equal(editor.document.getText(), both);
    await workbench.screenshot('review-redone');
  });

  it('does not edit other words by U where the text was edited between two answers', async () => {
    const editor = await show(files[0]);
    await start(editor);
    await workbench.press('Enter');
    await isAt('2 of 2');
    assert.ok(await editor.edit((edit) => edit.insert(new vscode.Position(1, 0), '# a comment\n')));
    const edited = editor.document.getText();
    await run('reviewAccept');
    await isAt('done: 2 answered, 0 kept, of 2');
    await run('reviewUndo');
    await isAt('2 of 2');
    assert.equal(editor.document.getText(), edited);
    await run('reviewUndo');
    await workbench.waitFor({
      selector: '.notification-list-item:has-text("The file was edited since")',
      nth: 0,
    });
    assert.equal(editor.document.getText(), edited);
  });

  it('counts each file by itself: what was answered in one is not undone in the next', async () => {
    const editor = await show(files[0]);
    await start(editor);
    for (const place of ['2 of 2', 'done: 2 answered, 0 kept, of 2']) {
      await workbench.press('Enter');
      await isAt(place);
    }
    const done = editor.document.getText();
    const next = await show(files[1]);
    const changed = await start(next);
    await workbench.press('u');
    await isAt('1 of 2');
    await workbench.press('Enter');
    await isAt('2 of 2');
    await workbench.press('u');
    await isAt('1 of 2');
    assert.equal(next.document.getText(), changed);
    await workbench.press('Enter');
    await isAt('2 of 2');
    assert.deepEqual(labelsOf(next), ['B-PER', 'I-PER', 'B-LOC', 'I-LOC']);
    assert.equal(editor.document.getText(), done);
  });
});

describe('answers to plain text with annotations', () => {
  let api: ForTests;
  const at = (name: string): vscode.Uri => workspaceFile(`brat/${name}`);
  const corpus = (): ForTests['corpora'][number] | undefined =>
    api.corpora.find(({ layout }) => layout.kind === 'brat');
  const labels = async (name = 'd1.ann'): Promise<string> =>
    (await vscode.workspace.openTextDocument(at(name))).getText();
  /** With two labels that are wrong. */
  const { text, annotations } = bratDocument(1);
  const wrong = annotations.replace('T1\tPERSON', 'T1\tPLACE').replace('T4\tPLACE', 'T4\tPERSON');
  const isNow = async (wanted: string): Promise<void> => {
    await until(`these labels:\n${wanted}`, async () => (await labels()) === wanted, 30_000).catch(
      async (error: unknown) => assert.equal(await labels(), wanted, String(error)),
    );
  };
  const open = async (): Promise<vscode.TextEditor> => {
    const editor = await show('brat/d1.txt');
    editor.selection = new vscode.Selection(0, 4, 0, 4);
    return editor;
  };

  /** In one step: of a file that is being written, what is read may be nothing yet. */
  const replaceFile = async (name: string, content: string): Promise<void> => {
    await fs.writeFile(at(`${name}.new`), new TextEncoder().encode(content));
    await fs.rename(at(`${name}.new`), at(name), { overwrite: true });
  };
  /** In a pause of the tests a run by itself would learn the labels that are wrong. */
  const keepTraining = (value: boolean | undefined): Thenable<void> =>
    vscode.workspace
      .getConfiguration('rnnTagger')
      .update('labels.keepTraining', value, vscode.ConfigurationTarget.Global);

  before(async () => {
    api = await activated();
    await keepTraining(false);
    await fs.createDirectory(at(''));
    for (let i = 0; i < 8; i++) {
      const made = bratDocument(i);
      await fs.writeFile(at(`d${i}.txt`), new TextEncoder().encode(made.text));
      await fs.writeFile(at(`d${i}.ann`), new TextEncoder().encode(made.annotations));
    }
    await until('the corpus', () => corpus()?.files.length === 8);
    const trained = await train(api, { corpus: corpus()?.id, column: 'LABEL', epochs: 150 });
    assert.equal(trained.state, 'done', trained.message);
  });
  beforeEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await replaceFile('d1.txt', text);
    await replaceFile('d1.ann', wrong);
    await isNow(wrong);
    const document = await vscode.workspace.openTextDocument(at('d1.txt'));
    await until('the text', () => document.getText() === text);
  });
  afterEach(async () => {
    await run('leaveReview');
    // Annotations that no editor shows, too.
    for (const document of vscode.workspace.textDocuments) if (document.isDirty) await document.save();
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await fs.delete(workspaceFile('brat'), { recursive: true });
    await keepTraining(undefined);
    await until('no corpus', () => corpus() === undefined);
  });

  it('by keys are taken back by Ctrl+Z in the text', async () => {
    await open();
    assert.equal(await run('changeLabel', 'PERSON'), true);
    await isNow(wrong.replace('T1\tPLACE', 'T1\tPERSON'));
    await undo();
    await isNow(wrong);
  });

  it('in a review are taken back once, by U or by Ctrl+Z, and counted so', async () => {
    await open();
    await run('startReview');
    await isAt('1 of 2');
    await workbench.press('Enter');
    await isAt('2 of 2');
    const first = wrong.replace('T1\tPLACE', 'T1\tPERSON');
    await isNow(first);
    await workbench.screenshot('review-brat');
    await workbench.press('Enter');
    await isAt('done: 2 answered, 0 kept, of 2');
    await isNow(annotations);
    await undo();
    await isAt('2 of 2');
    await isNow(first);
    await workbench.press('u');
    await isAt('1 of 2');
    await isNow(wrong);
    await workbench.press('Enter');
    await isAt('2 of 2');
    await workbench.press('u');
    await isAt('1 of 2');
    await workbench.press('u');
    await isNow(wrong);
    await workbench.press('Enter');
    await isAt('2 of 2');
    await isNow(first);
  });

  it('are taken back by U behind an edit, and labels follow to the text of now where answers are thrown away', async () => {
    const editor = await open();
    await run('startReview');
    await isAt('1 of 2');
    await run('reviewAccept');
    await isAt('2 of 2');
    const moved = (of: string): string =>
      movedAnnotations(text, of, [{ start: 0, end: 0, text: 'Well .\n\n' }]).annotations;
    assert.ok(await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'Well .\n\n')));
    assert.ok(await editor.document.save());
    await isNow(moved(wrong.replace('T1\tPLACE', 'T1\tPERSON')));
    await run('reviewUndo');
    await isAt('1 of 2');
    await isNow(moved(wrong));
    await run('reviewAccept');
    await isAt('2 of 2');
    await run('leaveReview');
    // What is on the disk is of the text before.
    const onDisk = async (): Promise<string> => new TextDecoder().decode(await fs.readFile(at('d1.ann')));
    assert.equal(await onDisk(), wrong);
    await show('brat/d1.ann');
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await until('labels of the text of now', async () => (await onDisk()) === moved(wrong), 30_000);
    await isNow(moved(wrong));
  });

  it('to many places are taken back by Ctrl+Z in the text', async () => {
    await open();
    const done = run('acceptMany', { scope: 'file', confidence: 0.1 });
    await workbench.waitFor({ selector: '.bulk-edit-panel .monaco-list-row', nth: 2 });
    await workbench.click({ selector: '.bulk-edit-panel .edit-checkbox', nth: 0 });
    await vscode.commands.executeCommand('refactorPreview.apply');
    assert.equal(await done, 2);
    await isNow(annotations);
    await open();
    await undo();
    await isNow(wrong);
  });

  it('save the text first where it has unsaved edits; what only looks saves nothing', async () => {
    const editor = await open();
    assert.ok(await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'Well : ')));
    editor.selection = new vscode.Selection(0, 11, 0, 11);
    await run('startReview');
    await isAt('1 of 2');
    await run('leaveReview');
    await run('nextDisagreement');
    assert.equal(await run('relabelMany', { scope: 'file', label: 'NONE', to: 'PERSON' }), 0);
    assert.equal(editor.document.isDirty, true);
    assert.equal(new TextDecoder().decode(await fs.readFile(at('d1.ann'))), wrong);
    editor.selection = new vscode.Selection(0, 11, 0, 11);
    assert.equal(await run('changeLabel', 'PERSON'), true);
    assert.equal(editor.document.isDirty, false);
    assert.match(await labels(), /^T1\tPERSON 9 12\t/m);
  });
});
