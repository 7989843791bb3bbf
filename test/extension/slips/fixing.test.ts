import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../../until';
import { activated, show, train } from '../sample';
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
    await replaceLine(editor, 2, 'Rita\tNNP\tB-PER');
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
