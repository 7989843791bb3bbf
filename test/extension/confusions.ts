/** What the tests of confusions share: the loss panel's table of them, and where a number of it leads to. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../until';
import { workbench } from './workbenchClient';

const frame = 'main canvas';

export interface ShownConfusion {
  readonly gold: string;
  readonly predicted: string;
  readonly count: number;
}

/** Opens the panel and its section, and gives the first rows of its table. */
export async function shownConfusions(): Promise<ShownConfusion[]> {
  await vscode.commands.executeCommand('rnnTagger.showLossPanel');
  await workbench.waitFor({ frame, selector: 'main .state.done' });
  await workbench.waitFor({ frame, selector: '#confusions' });
  // The page of a panel that was closed may take the click: it is looked at again.
  await until('the list of confusions', async () => {
    if ((await workbench.texts({ frame, selector: '#confusions[open]' })).length === 0)
      await workbench.click({ frame, selector: '#confusions > summary' });
    return (await workbench.texts({ frame, selector: '.confusion-list tbody tr button' })).length > 0;
  });
  const texts = await workbench.texts({ frame, selector: '.confusion-list tbody tr > *' });
  return Array.from({ length: Math.floor(texts.length / 4) }, (_, row) => {
    const [gold, predicted, count] = texts.slice(4 * row, 4 * row + 3);
    return { gold, predicted, count: Number(count.replaceAll(',', '')) };
  });
}

/** Clicks the number of a row, from 0. */
export async function clickConfusion(row: number): Promise<void> {
  await workbench.click({ frame, selector: '.confusion-list tbody button', nth: row });
}

/** Clicks one of the worst sentences, from 0, and gives its words. */
export async function clickWorstSentence(row: number): Promise<string> {
  if ((await workbench.texts({ frame, selector: '#worst-sentences[open]' })).length === 0)
    await workbench.click({ frame, selector: '#worst-sentences > summary' });
  const selector = '#worst-sentences tbody button';
  await workbench.waitFor({ frame, selector });
  const texts = await workbench.texts({ frame, selector });
  await workbench.click({ frame, selector, nth: row });
  return texts[row];
}

/** The row of a CoNLL-U file whose word is selected, once one is. */
export async function selectedRow(): Promise<{ editor: vscode.TextEditor; word: string; upos: string }> {
  return until('a word that is selected', () => {
    const editor = vscode.window.visibleTextEditors.find(
      ({ document, selection }) => document.uri.path.endsWith('dev.conllu') && !selection.isEmpty,
    );
    if (!editor) return undefined;
    const { document, selection } = editor;
    const fields = document.lineAt(selection.start.line).text.split('\t');
    assert.equal(document.getText(selection), fields[1], 'the word is selected, and nothing else');
    return { editor, word: fields[1], upos: fields[3] };
  });
}

/** The loss panel is in front in one of the groups of editors. */
export function panelIsShown(): boolean {
  return vscode.window.tabGroups.all.some(({ activeTab }) => activeTab?.label === 'RNN Tagger: Loss');
}
