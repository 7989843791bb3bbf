import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ForTests } from '../../../src/api/extensionExports';
import { until } from '../../until';
import { activated, clearMessages, train } from '../sample';
import { workbench } from '../workbenchClient';
import { rows, showAlone } from './tree';

const name = 'Runs and Models';

describe('several runs of one kind, in VS Code', () => {
  let api: ForTests;
  let first: string;
  const toast = (text: string) => `.notification-toast:has-text("${text}")`;
  /** A message that goes gives the focus to the editor, out of a question that is open by then. */
  const press = async (text: string, button: string): Promise<void> => {
    await workbench.click({ selector: `${toast(text)} >> a.monaco-button:has-text("${button}")` });
    await workbench.waitFor({ selector: toast(text), state: 'detached' });
  };
  const ofSweep = () => api.runs.filter(({ sweep }) => sweep !== undefined);

  before(async () => {
    api = await activated();
    const run = await train(api, { corpus: 'names', column: 'LABEL', device: 'simd', epochs: 20 });
    assert.equal(run.state, 'done', run.message);
    first = run.id;
    await showAlone(name, 'rnnTagger.runs');
  });

  beforeEach(() => clearMessages());

  it('are trained again with other seeds, one after the other, and the model in use stays in use', async () => {
    const asked = vscode.commands.executeCommand('rnnTagger.trainOtherSeeds', { run: first });
    await workbench.waitFor({ selector: '.quick-input-widget:visible input:focus' });
    await workbench.type('2');
    await workbench.screenshot('other-seeds');
    await workbench.press('Enter');
    await asked;
    await workbench.waitFor({ selector: toast('2 runs are trained') });
    await workbench.screenshot('other-seeds-end');
    assert.deepEqual(
      ofSweep().map(({ state, settings, sweep }) => [state, settings.seed, sweep?.run, sweep?.of]),
      [
        ['done', 3, 2, 2],
        ['done', 2, 1, 2],
      ],
    );
    const used = async (): Promise<number> => (await rows(name)).findIndex((text) => text.includes('in use'));
    assert.equal(api.runs[await used()].id, first);
    await press('2 runs are trained', 'Use the Best');
    await until('another is in use', async () => [0, 1].includes(await used()));
    await workbench.screenshot('other-seeds-list');
  });

  it('are a sweep over values that a person types; stopped, it goes on with the runs that are left', async () => {
    const asked = vscode.commands.executeCommand('rnnTagger.trainSweep', { run: first });
    await workbench.waitFor({ selector: '.quick-input-widget:visible input:focus' });
    await workbench.type('hidden units');
    await workbench.waitFor({ selector: '.quick-input-list .monaco-list-row:has-text("hidden")' });
    await workbench.press('ArrowDown');
    await workbench.press('Space');
    await workbench.press('Enter');
    await workbench.waitFor({ selector: '.quick-input-widget:has-text("Values of hidden") input:focus' });
    await workbench.press('ControlOrMeta+A');
    await workbench.type('0, 9');
    await workbench.waitFor({ selector: '.quick-input-message:has-text("“0” will not do")' });
    await workbench.press('ControlOrMeta+A');
    await workbench.type('600, 9');
    await workbench.press('Enter');
    await workbench.waitFor({
      selector: '.quick-input-widget:has-text("2 runs are trained, one after the other") input:focus',
    });
    await workbench.screenshot('sweep-question');
    await workbench.press('Enter');
    await asked;
    await until('the first one trains', () => api.runs[0].settings.hidden === 600 && api.runs[0].step > 0);
    await vscode.commands.executeCommand('rnnTagger.stop');
    await workbench.waitFor({ selector: toast('the sweep was stopped') });
    await press('the sweep was stopped', 'Go On with the Sweep');
    await workbench.waitFor({ selector: toast('1 run is trained') });
    const [last, stopped] = ofSweep();
    assert.deepEqual([last.settings.hidden, last.state], [9, 'done']);
    assert.deepEqual([stopped.settings.hidden, stopped.state], [600, 'stopped']);
  });
});
