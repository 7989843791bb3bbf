import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ForTests } from '../../../src/api/extensionExports';
import { until } from '../../until';
import { activated, show, train, workspaceFile } from '../sample';
import { workbench } from '../workbenchClient';
import { focusRow, focusRowOf, indexOf, inTheme, row, rows, showAlone } from './tree';

const name = 'Queue';
const file = 'names/unlabelled.conll';

describe('the view of the queue', () => {
  let api: ForTests;
  let original: string;
  const run = (command: string, ...given: unknown[]): Thenable<unknown> =>
    vscode.commands.executeCommand(`rnnTagger.${command}`, ...given);
  const text = async (): Promise<string> =>
    (await vscode.workspace.openTextDocument(workspaceFile(file))).getText();
  const wordsOf = (own: string): string => own.split(/–|PER|LOC/)[0];
  /** How often a row stands in the file. */
  const count = async (own: string): Promise<number> =>
    (await text()).split('\n').filter((line) => line === own).length;

  before(async () => {
    api = await activated();
    original = await text();
    await showAlone(name, 'rnnTagger.queue');
  });
  after(async () => {
    const { document } = await show(file);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), original);
    assert.ok(await vscode.workspace.applyEdit(edit));
    await document.save();
    for (const { id } of api.runs) await run('deleteRun', { run: id });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('lists sentences in random order where there is no model, and opens them by Enter', async () => {
    for (const { id } of api.runs) await run('deleteRun', { run: id });
    await workbench.waitFor({ selector: row(name, 'unlabelled.conll') });
    assert.ok((await rows(name)).length >= 10);
    await focusRow(name, 'rnnTagger.queue', 0);
    await workbench.press('Enter');
    await until('the file', () => vscode.window.activeTextEditor?.document.uri.path.endsWith(`/${file}`));
    await workbench.screenshot('views-queue-cold');
  });

  it('asks one question for all places with the same words, and answers all of them by one key', async () => {
    const trained = await train(api, { corpus: 'names', column: 'LABEL', epochs: 60, hidden: 16 });
    assert.equal(trained.state, 'done', trained.message);
    const place = await indexOf(name, '→ LOC');
    const asked = (await rows(name))[place];
    const words = wordsOf(asked);
    const before = await count(`${words}\tNNP\tO`);
    const places = Number(/(\d+) places/.exec(asked)?.[1] ?? 1);
    assert.ok(places > 0 && places <= before, asked);
    await inTheme('Default Light Modern', () => workbench.screenshot('views-queue-light'));
    await inTheme('Default Dark Modern', () => workbench.screenshot('views-queue-dark'));
    await focusRow(name, 'rnnTagger.queue', place);
    await workbench.press('ControlOrMeta+Alt+Enter');
    await until('the labels', async () => (await count(`${words}\tNNP\tB-LOC`)) === places);
    assert.equal(await count(`${words}\tNNP\tO`), before - places);
    await workbench.waitFor({ selector: '.pane :text("1 of ")' });
    await workbench.screenshot('views-queue-answered');
    await show(file);
    await vscode.commands.executeCommand('undo');
    assert.equal(await text(), original);
    await indexOf(name, words);
  });

  it('answers in the column that it asked about, also while a model of another one is trained', async () => {
    const words = wordsOf((await rows(name))[await indexOf(name, '→ LOC')]);
    const names = api.corpora.find((corpus) => corpus.name === 'names');
    const other = names?.columns.find((column) => column.name !== 'LABEL');
    assert.ok(other);
    await run('train', { corpus: 'names', column: other.name, epochs: 1_000_000, hidden: 16 });
    const { id } = await until('its first checkpoint', () => {
      const [latest] = api.runs;
      return latest.column === other.name && latest.checkpoint && latest;
    });
    try {
      await run('pause');
      await workbench.waitFor({ selector: '.pane :text("looked through again once the run is over")' });
      await focusRowOf(name, 'rnnTagger.queue', `${words}–`);
      await workbench.press('ControlOrMeta+Alt+Enter');
      await until('the labels', async () => (await count(`${words}\tNNP\tB-LOC`)) > 0);
    } finally {
      await workbench.screenshot('views-queue-run');
      await run('stop');
      await until('its end', () => api.runs.find((own) => own.id === id)?.state !== 'running');
      await run('deleteRun', { run: id });
    }
    await show(file);
    await vscode.commands.executeCommand('undo');
    assert.equal(await text(), original);
    await indexOf(name, words);
  });

  it('stands beside corpora and runs', async () => {
    await show(file);
    await vscode.commands.executeCommand('workbench.action.closeEditorsInOtherGroups');
    for (const view of ['corpora', 'runs', 'queue']) await run(`${view}.focus`);
    await inTheme('Default Dark Modern', () => workbench.screenshot('views'));
    await showAlone(name, 'rnnTagger.queue');
  });

  it('skips to the end by Delete, and keeps for good', async () => {
    const [first] = await rows(name);
    await focusRow(name, 'rnnTagger.queue', 0);
    await workbench.press('Delete');
    await until('the skipped one last', async () => {
      const last = (await rows(name)).at(-1) ?? '';
      return last.includes('skipped') && last.startsWith(first.slice(0, 3));
    });
    const [next] = await rows(name);
    const { length } = await rows(name);
    await focusRow(name, 'rnnTagger.queue', 0);
    await workbench.press('ControlOrMeta+Alt+Backspace');
    await until('one less', async () => {
      const left = await rows(name);
      return left.length === length - 1 && left[0] !== next;
    });
    await run('askKeptAgain');
    await until('the kept one', async () => (await rows(name))[0] === next);
    await focusRow(name, 'rnnTagger.queue', 0);
    await workbench.press('ControlOrMeta+Alt+Backspace');
    await until('one less again', async () => (await rows(name)).length === length - 1);
    assert.equal(await text(), original);
  });

  it('is filtered by words and labels, and says so where nothing is left', async () => {
    const words = wordsOf((await rows(name))[0]);
    await run('filterQueue', { text: words.toUpperCase() });
    await until('these words alone', async () => {
      const all = await rows(name);
      return all.length > 0 && all.every((own) => own.includes(words));
    });
    await run('filterQueue', { text: 'nothing has these words' });
    await workbench.waitFor({
      selector: '.welcome-view-content:has-text("Nothing is left under this filter")',
    });
    await workbench.screenshot('views-queue-filtered');
    await run('clearQueueFilter');
    await workbench.waitFor({ selector: row(name, '→') });
  });

  it('drops a question once its text is edited, and never answers another word', async () => {
    const words = wordsOf((await rows(name))[0]);
    const { document } = await show(file);
    const [first] = words.split(' ');
    const edit = new vscode.WorkspaceEdit();
    edit.replace(
      document.uri,
      new vscode.Range(0, 0, document.lineCount, 0),
      document.getText().replaceAll(`${first}\t`, 'Zagreb\t'),
    );
    assert.ok(await vscode.workspace.applyEdit(edit));
    await until('a question less', async () => !(await rows(name)).some((own) => wordsOf(own) === words));
    assert.ok(!document.getText().includes('B-LOC'));
  });
});
