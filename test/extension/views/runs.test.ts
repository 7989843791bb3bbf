import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ForTests } from '../../../src/api/extensionExports';
import { until } from '../../until';
import { activated, train, workspaceFile } from '../sample';
import { workbench } from '../workbenchClient';
import { focusRow, inTheme, row, rows, showAlone } from './tree';

const name = 'Runs and Models';

describe('the view of runs and models', () => {
  let api: ForTests;

  before(async () => {
    api = await activated();
    await showAlone(name, 'rnnTagger.runs');
  });

  const isShown = (text: string): Promise<void> => workbench.waitFor({ selector: row(name, text) });

  const isOpen = (): boolean =>
    vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ label }) => label === 'RNN Tagger: Loss'));

  it('says what to do where there is none', async () => {
    await workbench.waitFor({ selector: '.welcome-view-content:has-text("There is no model yet")' });
    await workbench.waitFor({ selector: '.welcome-view-content a:has-text("Train on Workspace")' });
    await workbench.screenshot('views-runs-empty');
  });

  it('lists a run with its score and what is in use, and opens it in the loss panel by Enter', async () => {
    for (const seed of [1, 2]) {
      const run = await train(api, { corpus: 'names', column: 'LABEL', epochs: 20, seed });
      assert.equal(run.state, 'done', run.message);
    }
    await isShown('in use · no score: only 16 spans');
    await until('two runs', async () => (await rows(name)).length === 2);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await focusRow(name, 'rnnTagger.runs', 1);
    await workbench.press('Enter');
    await until('the panel', isOpen);
    await workbench.waitFor({ frame: 'main canvas', selector: 'main :text("Best span F1")' });
    await inTheme('Default Light Modern', () => workbench.screenshot('views-runs-light'));
    await inTheme('Default Dark Modern', () => workbench.screenshot('views-runs-dark'));
  });

  it('opens a run by Enter whenever it is pressed, also while the view is read anew for a run that goes on', async () => {
    const { id } = api.runs[1];
    const ended = train(api, { corpus: 'names', column: 'LABEL', epochs: 1000, seed: 9 });
    await isShown('in training');
    for (let n = 0; n < 20; n++) {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await until('no editor', () => !isOpen());
      await focusRow(name, 'rnnTagger.runs', 2);
      await workbench.press('Enter');
      await until(`the panel, ${n + 1} times`, isOpen);
    }
    assert.deepEqual(await workbench.texts({ selector: '.notification-toast:has-text("not found")' }), []);
    await vscode.commands.executeCommand('rnnTagger.stop');
    await ended;
    await vscode.commands.executeCommand('rnnTagger.deleteRun', { run: api.runs[0].id });
    await until('two runs', () => api.runs.length === 2 && api.runs[1].id === id);
  });

  it('renames the focused run by F2, and uses the one that is asked for', async () => {
    const [newest, older] = api.runs;
    await focusRow(name, 'rnnTagger.runs', 1);
    await workbench.press('F2');
    await workbench.waitFor({ selector: '.quick-input-widget input' });
    await workbench.press('ControlOrMeta+A');
    await workbench.type('<b>the first</b> $(trash)');
    await workbench.press('Enter');
    await isShown('<b>the first</b> $(trash)');
    assert.equal(api.runs.find(({ id }) => id === older.id)?.title, '<b>the first</b> $(trash)');
    assert.equal(api.runs.find(({ id }) => id === newest.id)?.title, undefined);
    await vscode.commands.executeCommand('rnnTagger.useModel', `run:${older.id}`);
    await until('the older in use', async () =>
      (await rows(name)).some((text) => text.includes('the first') && text.includes('in use')),
    );
    await workbench.screenshot('views-runs-renamed');
  });

  it('compares a selected model with the active file', async () => {
    await vscode.window.showTextDocument(workspaceFile('names/train.conll'));
    await focusRow(name, 'rnnTagger.runs', 0);
    await workbench.press('Shift+ArrowDown');
    await vscode.commands.executeCommand('rnnTagger.compareListedModels');
    await until('the report', () => {
      const document = vscode.window.activeTextEditor?.document;
      return (
        document?.uri.path === '/Label Comparison.md' && /\*\*.*the first.*\*\*/.test(document.getText())
      );
    });
    await workbench.screenshot('views-runs-compared');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('compares two selected models with each other', async () => {
    await vscode.window.showTextDocument(workspaceFile('names/train.conll'));
    await focusRow(name, 'rnnTagger.runs', 0);
    await workbench.press('ControlOrMeta+A');
    await workbench.waitFor({ selector: `${row(name, 'the first')}.selected` });
    await vscode.commands.executeCommand('rnnTagger.compareListedModels');
    // The text of the report before may be there for a moment.
    await until('the report of two models', () => {
      const document = vscode.window.activeTextEditor?.document;
      if (document?.uri.path !== '/Label Comparison.md') return false;
      const [, ...titles] = /\*\*([^*]+)\*\* and \*\*([^*]+)\*\*/.exec(document.getText()) ?? [];
      return titles.includes('names · LABEL') && titles.some((title) => title.includes('the first'));
    });
    await workbench.screenshot('views-runs-two-compared');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await focusRow(name, 'rnnTagger.runs', 0);
    await workbench.press('Escape');
    await workbench.waitFor({ selector: `${row(name, 'the first')}.selected`, state: 'detached' });
  });

  it('deletes the focused run by Delete, once a person has agreed to lose it', async () => {
    const [newest, older] = api.runs;
    const asked: string[] = [];
    // VS Code shows no modal question while extension tests run.
    const answering = async (answer: string | undefined, done: () => boolean): Promise<void> => {
      const { showWarningMessage } = vscode.window;
      const answers = async (message: string): Promise<unknown> => {
        asked.push(message);
        return answer;
      };
      const set = (value: unknown): void => {
        Object.defineProperty(vscode.window, 'showWarningMessage', {
          configurable: true,
          writable: true,
          value,
        });
      };
      set(answers);
      try {
        await focusRow(name, 'rnnTagger.runs', 0);
        await workbench.press('Delete');
        await until('the question', done);
      } finally {
        set(showWarningMessage);
      }
    };
    await answering(undefined, () => asked.length === 1);
    assert.match(asked[0], /Delete names · LABEL with its model and curves/);
    assert.equal(api.runs.length, 2);
    await answering('Delete', () => asked.length === 2 && api.runs.length === 1);
    await until('one run', async () => (await rows(name)).length === 1);
    assert.deepEqual(
      api.runs.map(({ id }) => id),
      [older.id],
    );
    assert.notEqual(newest.id, older.id);
  });
});
