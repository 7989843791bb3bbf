import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../../until';
import { activated, show, train, workspaceFile } from '../sample';
import { workbench } from '../workbenchClient';

const names = 'names/train.conll';
const treebank = 'treebank/train.conllu';

/** Codes of the problems at a line, from 0. */
function codesAt(uri: vscode.Uri, line: number): string[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ range }) => range.start.line === line)
    .map(({ code }) => String(code));
}

async function replaceLine(editor: vscode.TextEditor, line: number, text: string): Promise<void> {
  const { range } = editor.document.lineAt(line);
  assert.ok(await editor.edit((edit) => edit.replace(range, text)));
}

function fixesAt(uri: vscode.Uri, line: number): Thenable<vscode.CodeAction[]> {
  return vscode.commands.executeCommand(
    'vscode.executeCodeActionProvider',
    uri,
    new vscode.Range(line, 0, line, 0),
    vscode.CodeActionKind.QuickFix.value,
  );
}

describe('quick fixes of slips', () => {
  before(activated);
  afterEach(() => vscode.commands.executeCommand('workbench.action.files.revert'));

  for (const { what, file, line, wrong, code, titles, right } of [
    {
      what: 'an I without its B',
      file: names,
      line: 2,
      wrong: 'Rita\tNNP\tI-PER',
      code: 'span-without-begin',
      titles: ['Change “I-PER” to “B-PER”'],
      right: 'Rita\tNNP\tB-PER',
    },
    {
      what: 'a type that changes inside of a span',
      file: names,
      line: 3,
      wrong: 'May\tNNP\tI-LOC',
      code: 'type-changes-in-span',
      titles: ['Change “I-LOC” to “B-LOC”', 'Change “I-LOC” to “I-PER”'],
      right: 'May\tNNP\tB-LOC',
    },
    {
      what: 'a row without its label',
      file: names,
      line: 4,
      wrong: 'sings\tVBZ',
      code: 'too-few-columns',
      titles: ['Add “O”'],
      right: 'sings\tVBZ\tO',
    },
    {
      what: 'a type one letter from a frequent one, not in the word that is written alike',
      file: names,
      line: 2,
      wrong: 'B-PRE\tNNP\tB-PRE',
      code: 'label-like-another',
      titles: ['Change “B-PRE” to “B-PER”'],
      right: 'B-PRE\tNNP\tB-PER',
    },
    {
      what: 'spaces where tabs part the columns',
      file: treebank,
      line: 4,
      wrong: '2 sleep sleep VERB _ _ 0 root _ _',
      code: 'too-few-columns',
      titles: ['Part the columns by tabs'],
      right: '2\tsleep\tsleep\tVERB\t_\t_\t0\troot\t_\t_',
    },
    {
      what: 'a part of speech one letter from one that there is',
      file: treebank,
      line: 3,
      wrong: '1\tNOUM\tcat\tNOUM\t_\t_\t2\tdep\t_\t_',
      code: 'label-like-another',
      titles: ['Change “NOUM” to “NOUN”'],
      right: '1\tNOUM\tcat\tNOUN\t_\t_\t2\tdep\t_\t_',
    },
  ]) {
    it(`mend ${what}; undo brings it back`, async () => {
      const editor = await show(file);
      const { document } = editor;
      const isTold = (): boolean => codesAt(document.uri, line).includes(code);
      assert.ok(!isTold());
      await replaceLine(editor, line, wrong);
      await until(`the problem ${code}`, isTold);
      const fixes = (await fixesAt(document.uri, line)).filter(({ edit }) => edit);
      assert.deepEqual(
        fixes.map(({ title }) => title),
        titles,
      );
      assert.deepEqual(
        fixes.map(({ isPreferred }) => isPreferred),
        titles.map(() => titles.length === 1),
      );
      assert.ok(fixes[0].edit && (await vscode.workspace.applyEdit(fixes[0].edit)));
      assert.equal(document.lineAt(line).text, right);
      await until('no problem', () => !isTold());
      await vscode.commands.executeCommand('undo');
      assert.equal(document.lineAt(line).text, wrong);
      await until('the problem again', isTold);
    });
  }

  it('mend all of a kind in the file at once, also those that are not listed, as one step to undo', async () => {
    const uri = workspaceFile('names/slips.conll');
    const rows = 'Rita\tNNP\tI-PER\nsings\tVBZ\tO\n\n'.repeat(60);
    const sound = 'Rita\tNNP\tB-PER\nMay\tNNP\tI-PER\nsings\tVBZ\tO\n\n'.repeat(1200);
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(sound + rows));
    try {
      const { document } = await show('names/slips.conll');
      const told = (): number =>
        vscode.languages.getDiagnostics(uri).filter(({ code }) => code === 'span-without-begin').length;
      await until('the problems that are listed', () => told() > 0);
      assert.ok(told() < 60);
      const [{ range }] = vscode.languages
        .getDiagnostics(uri)
        .filter(({ code }) => code === 'span-without-begin');
      const fixes = await fixesAt(uri, range.start.line);
      const all = fixes.find(({ command }) => command?.command === 'rnnTagger.fixAllLike');
      assert.equal(all?.title, 'All 60 like this in the file: Change “I-PER” to “B-PER”');
      const { command, arguments: given = [] } = all.command!;
      assert.equal(await vscode.commands.executeCommand(command, ...(given as unknown[])), true);
      assert.equal(document.getText(), sound + rows.replaceAll('I-PER', 'B-PER'));
      await workbench.waitFor({
        selector: '.notification-list-item:has-text("60 places of slips.conll are mended")',
      });
      await workbench.screenshot('fixed-all');
      await until('no problem', () => told() === 0);
      await vscode.commands.executeCommand('undo');
      assert.equal(document.getText(), sound + rows);
    } finally {
      await vscode.commands.executeCommand('workbench.action.files.revert');
      await vscode.workspace.fs.delete(uri);
    }
  });

  it('are taken by the keyboard', async () => {
    const editor = await show(names);
    await replaceLine(editor, 2, 'Rita\tNNP\tI-PER');
    await until('the problem', () => codesAt(editor.document.uri, 2).includes('span-without-begin'));
    editor.selection = new vscode.Selection(2, 0, 2, 0);
    await workbench.waitFor({ selector: '.monaco-editor .squiggly-info', nth: 0 });
    await workbench.screenshot('slip');
    await vscode.commands.executeCommand('editor.action.autoFix');
    await until('the mended row', () => editor.document.lineAt(2).text === 'Rita\tNNP\tB-PER');
  });

  /** In a file of the corpus, in which the label is frequent: so it is no slip by the file alone. */
  async function mendAllUnknown(): Promise<void> {
    const uri = workspaceFile('names/odd.conll');
    const text = 'Rita\tNNP\tB-PEER\nsings\tVBZ\tO\n\n'.repeat(60);
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    try {
      const { document } = await show('names/odd.conll');
      const told = (): vscode.Diagnostic[] =>
        vscode.languages.getDiagnostics(uri).filter(({ code }) => code === 'label-unknown-to-model');
      await until('the labels that the model does not know', () => told().length > 0);
      assert.ok(told().length < 60);
      const fixes = await fixesAt(uri, told()[0].range.start.line);
      const all = fixes.find(({ command }) => command?.command === 'rnnTagger.fixAllLike');
      assert.equal(all?.title, 'All 60 like this in the file: Change “B-PEER” to “B-PER”');
      const { command, arguments: given = [] } = all.command!;
      assert.equal(await vscode.commands.executeCommand(command, ...(given as unknown[])), true);
      assert.equal(document.getText(), text.replaceAll('B-PEER', 'B-PER'));
      await until('no problem', () => told().length === 0);
      await vscode.commands.executeCommand('undo');
      assert.equal(document.getText(), text);
    } finally {
      await vscode.commands.executeCommand('workbench.action.files.revert');
      await vscode.workspace.fs.delete(uri);
    }
  }

  it('are there for a label that the model does not know, as it is typed', async () => {
    const api = await activated();
    const run = await train(api, { corpus: 'names', column: 'LABEL', epochs: 1, hidden: 4 });
    assert.equal(run.state, 'done', run.message);
    const editor = await show(names);
    const { uri } = editor.document;
    const isTold = (line: number): boolean => codesAt(uri, line).includes('label-unknown-to-model');
    await replaceLine(editor, 6, 'Rome\tNNP\tB-LAC');
    await replaceLine(editor, 2, 'Rita\tNNP\tB-ANIMAL');
    await until('the problem', () => isTold(2));
    await until('one problem of the other row', () => codesAt(uri, 6).join() === 'label-like-another');
    await workbench.screenshot('label-unknown-to-model');
    await mendAllUnknown();
    await replaceLine(await show(names), 2, 'Rita\tNNP\tB-PER');
    await until('no problem', () => !isTold(2));
    const texts = await until('a hover with the predicted label', async () => {
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        uri,
        new vscode.Position(2, 0),
      );
      const all = hovers
        .flatMap(({ contents }) => contents)
        .map((content) => (typeof content === 'string' ? content : content.value).replaceAll('\\', ''));
      return all.some((text) => text.includes('Gold label: B-PER') || text.includes('≠ gold label')) && all;
    });
    assert.equal(texts.length, 1, 'the field and its label are in one hover');
    assert.match(texts[0], /^\*\*FORM\*\*: Rita\n\nthe word\n/);
  });
});
