import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ForTests } from '../../../src/api/extensionExports';
import { runKey } from '../../../src/workspace/modelCatalogue';
import { until } from '../../until';
import { activated, clearMessages, train } from '../sample';
import { workbench } from '../workbenchClient';
import { row, rows, showAlone } from './tree';

const name = 'Runs and Models';
const frame = 'details.runs';
const table = 'details.runs tbody tr';

describe('runs over each other, in VS Code', () => {
  let api: ForTests;
  let ids: readonly string[];
  const shown = (): Promise<string[]> =>
    workbench.texts({ selector: `${table}:has(.unit:text-is("shown"):visible) .name`, frame });
  /** The runs whose curves are drawn, beside the one that is shown. */
  const over = (): Promise<string[]> =>
    workbench.texts({ selector: '.run-values tbody .name', frame: '.run-values' });
  const rename = async (ask: () => Thenable<unknown>, title: string): Promise<void> => {
    const asked = ask();
    await workbench.waitFor({ selector: '.quick-input-widget:visible input:focus' });
    await workbench.press('ControlOrMeta+A');
    await workbench.type(title);
    await workbench.press('Enter');
    await asked;
  };
  const listed = (): Promise<string[]> => workbench.texts({ selector: `${table} .name`, frame });
  const inRow = (title: string, selector: string) => ({
    selector: `${table}:has(.name:text-is("${title}")) ${selector}`,
    frame,
  });

  before(async () => {
    api = await activated();
    const made: string[] = [];
    for (const seed of [11, 12, 13]) {
      const run = await train(api, { corpus: 'names', column: 'LABEL', device: 'simd', epochs: 4, seed });
      assert.equal(run.state, 'done', run.message);
      made.push(run.id);
      await rename(
        () => vscode.commands.executeCommand('rnnTagger.renameRun', runKey(run.id)),
        `Seed ${seed}`,
      );
    }
    ids = made;
  });
  beforeEach(clearMessages);
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const left = api.runs.filter(({ id }) => ids.includes(id));
    for (const { id } of left) await vscode.commands.executeCommand('rnnTagger.deleteRun', { run: id });
  });

  it('are chosen in the list, and drawn in the loss panel', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await showAlone(name, 'rnnTagger.runs');
    for (const title of ['Seed 13', 'Seed 12', 'Seed 11']) {
      await workbench.click({ selector: row(name, title), modifiers: ['ControlOrMeta'] });
      await workbench.waitFor({ selector: `${row(name, title)}.selected` });
    }
    await workbench.click({ selector: row(name, 'Seed 12'), button: 'right' });
    await workbench.waitFor({ selector: '.monaco-menu .action-label:has-text("Compare Runs…")' });
    await workbench.screenshot('compare-runs-menu');
    await workbench.click({ selector: '.monaco-menu .action-label:has-text("Compare Runs…")' });
    await until('their curves', async () => (await over()).length === 3);
    assert.deepEqual([...(await over())].sort(), ['Seed 11', 'Seed 12', 'Seed 13']);
    await workbench.screenshot('compare-runs');
  });

  it('are picked from all runs by the command alone, by keys', async () => {
    await vscode.commands.executeCommand('rnnTagger.compareRuns', { runs: [ids[0], ids[1]] });
    await until('two runs', async () => (await over()).length === 2);
    const before = await shown();
    const asked = vscode.commands.executeCommand('rnnTagger.compareRuns');
    await workbench.waitFor({ selector: '.quick-input-widget:visible input:focus' });
    await workbench.type('Seed 13');
    await workbench.waitFor({ selector: '.quick-input-list .monaco-list-row:has-text("Seed 13")' });
    await workbench.press('ArrowDown');
    await workbench.press('Space');
    await workbench.press('Enter');
    await asked;
    await until('the one that was picked', async () => (await over()).includes('Seed 13'));
    assert.deepEqual(await shown(), before, 'a single one is drawn over the run that is shown');
  });

  it('are shown, renamed and copied from the panel', async () => {
    await vscode.commands.executeCommand('rnnTagger.compareRuns', { runs: ids });
    await until('three runs', async () => (await over()).length === 3);
    const [main] = await shown();
    const other = main === 'Seed 11' ? 'Seed 12' : 'Seed 11';
    await workbench.click({ selector: '.run-values button:has-text("Copy")', frame: '.run-values' });
    await until('text on the clipboard', async () => {
      const lines = (await vscode.env.clipboard.readText()).split('\n');
      return lines.length === 4 && lines.some((line) => line.startsWith(`${other}\t`));
    });
    await rename(() => workbench.click(inRow(other, 'button:has-text("Rename…")')), 'The other');
    await until('the new name in the panel', async () => (await over()).includes('The other'));
    await until('and in the list', async () => (await rows(name)).some((text) => text.includes('The other')));
    await workbench.click(inRow('The other', 'button:has-text("Show")'));
    await until('it is shown', async () => (await shown()).includes('The other'));
    // Tests are shown no dialogs: a person is asked.
    await vscode.commands.executeCommand('rnnTagger.deleteRun', { run: ids[2] });
    await until('it is gone from the panel', async () => !(await listed()).includes('Seed 13'));
    assert.ok(!(await rows(name)).some((text) => text.includes('Seed 13')));
  });

  it('of more than nine are refused, as is one alone', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('rnnTagger.compareRuns', { runs: [ids[0]] });
    await workbench.waitFor({ selector: '.notification-toast:has-text("Select 2 to 9 runs")' });
    await clearMessages();
    const many = Array.from({ length: 10 }, () => ids[0]);
    await vscode.commands.executeCommand('rnnTagger.compareRuns', { runs: many });
    await workbench.waitFor({ selector: '.notification-toast:has-text("Select 2 to 9 runs")' });
  });
});
