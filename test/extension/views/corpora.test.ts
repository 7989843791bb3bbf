import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ForTests } from '../../../src/api/extensionExports';
import { until } from '../../until';
import { activated } from '../sample';
import { workbench } from '../workbenchClient';
import { focusRowOf, inTheme, row, rows, showAlone } from './tree';

const name = 'Corpora';

describe('the view of corpora', () => {
  let api: ForTests;
  before(async () => {
    api = await activated();
    await showAlone(name, 'rnnTagger.corpora');
  });
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  const isShown = (text: string): Promise<void> => workbench.waitFor({ selector: row(name, text) });
  const focus = (text: string): Promise<void> => focusRowOf(name, 'rnnTagger.corpora', text);

  it('counts tokens, sentences, labels and problems, and opens by keys', async () => {
    await isShown('names');
    await focus('names');
    await workbench.press('ArrowRight');
    await isShown('Labels LABEL');
    await focus('Labels LABEL');
    await workbench.press('ArrowRight');
    await isShown('B-LOC');
    await focus('Training');
    await workbench.press('ArrowRight');
    await isShown('train.conll');
    await focus('treebank');
    await workbench.press('ArrowRight');
    await isShown('problem');
    await inTheme('Default Light Modern', () => workbench.screenshot('views-corpora-light'));
    await inTheme('Default Dark Modern', () => workbench.screenshot('views-corpora-dark'));
  });

  it('opens a file by Enter, and tells how often a label occurs', async () => {
    await focus('B-LOC');
    await workbench.press('Enter');
    await workbench.waitFor({ selector: '.statusbar-item:has-text("B-LOC: ")' });
    await focus('train.conll');
    await workbench.press('Enter');
    await until('the file', () =>
      vscode.window.activeTextEditor?.document.uri.path.endsWith('/names/train.conll'),
    );
  });

  it('shows a problem’s count as it changes', async () => {
    const document = vscode.window.activeTextEditor!.document;
    const { text, range } = document.lineAt(2);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, range, text.split('\t')[0]);
    assert.ok(await vscode.workspace.applyEdit(edit));
    await isShown('train.conll');
    await until('the problem', async () =>
      (await rows(name)).some((own) => own.includes('train.conll') && own.includes('problem')),
    );
    const back = new vscode.WorkspaceEdit();
    back.replace(document.uri, document.lineAt(2).range, text);
    assert.ok(await vscode.workspace.applyEdit(back));
    await until('no problem', async () =>
      (await rows(name)).some((own) => own.includes('train.conll') && !own.includes('problem')),
    );
    await document.save();
  });

  it('checks the corpus of an item, and no other', async () => {
    await focus('treebank');
    await vscode.commands.executeCommand('rnnTagger.checkListedCorpus');
    await until(
      'the report',
      () => vscode.window.activeTextEditor?.document.uri.scheme === 'rnn-tagger-report',
    );
    const report = vscode.window.activeTextEditor!.document.getText();
    assert.match(report, /treebank/);
    assert.doesNotMatch(report, /dev\.conll/);
  });

  it('shows a report once it is the new one, in the place of the one before', async () => {
    const shown = (): string => vscode.window.activeTextEditor?.document.getText() ?? '';
    await vscode.commands.executeCommand('rnnTagger.checkCorpus');
    const all = shown();
    assert.match(all, /dev\.conll/);
    const { id } = api.corpora.find((corpus) => all.includes(corpus.name) && /treebank/.test(corpus.id))!;
    await vscode.commands.executeCommand('rnnTagger.checkCorpus', { corpus: id });
    assert.match(shown(), /treebank/);
    assert.doesNotMatch(shown(), /dev\.conll/);
  });
});
