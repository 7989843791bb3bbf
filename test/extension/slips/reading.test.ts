import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../../until';
import { activated, show } from '../sample';
import { workbench } from '../workbenchClient';

const treebank = 'treebank/train.conllu';
const names = 'names/train.conll';

/** The outline of a file, as VS Code has it from all that give one. */
function symbolsOf(uri: vscode.Uri): Promise<vscode.DocumentSymbol[]> {
  return until(`the outline of ${uri.path}`, async () => {
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[] | undefined>(
      'vscode.executeDocumentSymbolProvider',
      uri,
    );
    return symbols && symbols.length > 0 && symbols;
  });
}

/** The classes of colours of a line's words on screen, by word. */
function coloursOf(name: string, line: number): Promise<Record<string, string>> {
  return workbench.evaluate(
    (file, number) => {
      const editor = [...document.querySelectorAll<HTMLElement>('.monaco-editor[role="code"]')].find(
        ({ dataset }) => dataset.uri?.endsWith(`/${file}`),
      );
      const top = [...(editor?.querySelectorAll('.margin-view-overlays .line-numbers') ?? [])]
        .find(({ textContent }) => Number(textContent) === number)
        ?.getBoundingClientRect().top;
      const row = [...(editor?.querySelectorAll('.view-lines > .view-line') ?? [])].find(
        (other) => top !== undefined && Math.abs(other.getBoundingClientRect().top - top) < 2,
      );
      const pieces = [...(row?.querySelectorAll(':scope > span > span') ?? [])];
      return Object.fromEntries(
        pieces.map(({ textContent, className }) => [
          (textContent ?? '').replace(/\u00a0/g, ' ').trim(),
          /mtk\d+/.exec(className)?.[0] ?? '',
        ]),
      ) as Record<string, string>;
    },
    [name, line],
  );
}

describe('a corpus in the editor', () => {
  before(activated);

  it('has a language of its own by its name', async () => {
    for (const [file, language] of [
      [treebank, 'rnn-tagger-conllu'],
      [names, 'rnn-tagger-columns'],
      ['notes/a.ann', 'rnn-tagger-brat'],
    ])
      assert.equal((await show(file)).document.languageId, language, file);
  });

  it('is coloured: words, labels and comments differ', async () => {
    await show(names);
    const row = await until('a coloured row', async () => {
      const colours = await coloursOf(names, 3);
      return new Set(Object.values(colours)).size >= 4 && colours;
    });
    assert.notEqual(row['PER'], row['B']);
    assert.notEqual(row['PER'], row['Rita']);
    await show(treebank);
    const comment = await until('a coloured comment', async () => {
      const colours = await coloursOf(treebank, 2);
      return Object.keys(colours).length > 0 && colours;
    });
    assert.deepEqual(Object.keys(comment), ['# sent_id = 1']);
    assert.ok(!Object.values(row).includes(comment['# sent_id = 1']));
  });

  it('is outlined by its sentences, with their text, in their documents', async () => {
    const { document } = await show(treebank);
    const symbols = await symbolsOf(document.uri);
    assert.deepEqual(
      symbols.map(({ name, detail, children }) => [name, detail, children.length]),
      [
        ['letters-1', '5 sentences', 5],
        ['letters-2', '5 sentences', 5],
      ],
    );
    const [first] = symbols[0].children;
    assert.equal(first.name, 'Cats sleep here.');
    assert.deepEqual([first.range.start.line, first.range.end.line], [1, 6]);
    assert.equal(document.lineAt(first.selectionRange.start.line).text.slice(0, 6), '1\tCats');
    const other = await symbolsOf((await show(names)).document.uri);
    assert.deepEqual(
      other.map(({ name, children }) => [name, children.length, children[0].name]),
      [
        ['Document 1', 20, 'Rita May sings in Rome .'],
        ['Document 2', 20, 'Ada May sings in Rome .'],
      ],
    );
  });

  it('folds by sentence and by document', async () => {
    const { document } = await show(treebank);
    const ranges = await until('what folds', async () => {
      const folds = await vscode.commands.executeCommand<vscode.FoldingRange[] | undefined>(
        'vscode.executeFoldingRangeProvider',
        document.uri,
      );
      return folds && folds.length > 0 && folds.map(({ start, end }) => `${start}–${end}`);
    });
    assert.equal(ranges.length, 12);
    for (const range of ['0–34', '1–6', '8–13', '36–70']) assert.ok(ranges.includes(range), ranges.join());
  });

  it('says in one hover which column a field is of, its value, and whether it is learned', async () => {
    const hoverAt = async (name: string, line: number, word: string): Promise<string[]> => {
      const { document } = await show(name);
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        document.uri,
        new vscode.Position(line, document.lineAt(line).text.indexOf(word)),
      );
      return hovers
        .flatMap(({ contents }) => contents)
        .map((content) => (typeof content === 'string' ? content : content.value).replaceAll('\\', ''));
    };
    const [upos, ...others] = await hoverAt(treebank, 3, 'NOUN');
    assert.match(upos, /^\*\*UPOS\*\*: NOUN\n\nthe universal part of speech; a label column, learned/);
    assert.deepEqual(others, []);
    assert.match(
      (await hoverAt(names, 3, 'I-PER'))[0],
      /^\*\*LABEL\*\*: I-PER\n[^]*Goes on with a span PER(?:\n|$)/,
    );
    assert.match((await hoverAt(names, 3, 'May'))[0], /^\*\*FORM\*\*: May\n\nthe word(?:\n|$)/);
    assert.deepEqual(await hoverAt(treebank, 1, 'sent_id'), []);
  });

  it('shows all that in the window', async () => {
    await show(treebank);
    await vscode.commands.executeCommand('outline.focus');
    await workbench.waitFor({ selector: '.outline-pane >> text=Cats sleep here.', nth: 0 });
    await show(treebank);
    await workbench.screenshot('corpus-outline');
    await vscode.commands.executeCommand('editor.foldAll');
    await workbench.waitFor({ selector: '.monaco-editor .codicon-folding-collapsed', nth: 0 });
    await workbench.screenshot('corpus-folded');
    await vscode.commands.executeCommand('editor.unfoldAll');
    await show(names);
    await workbench.screenshot('columns-coloured');
    await show('notes/a.ann');
    await workbench.screenshot('brat-coloured');
  });
});
