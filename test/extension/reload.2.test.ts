import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../until';
import { activated, files, labelled, show } from './sample';
import { workbench } from './workbenchClient';

describe('after the window was opened again', () => {
  it('knows both runs, and that the last was cut off; nothing is asked', async () => {
    const api = await activated();
    assert.deepEqual(
      api.runs.map(({ column, state }) => [column, state]),
      [
        ['XPOS', 'interrupted'],
        ['UPOS', 'done'],
      ],
    );
    assert.deepEqual(await workbench.texts({ selector: '.notification-toast' }), []);
  });

  it('labels with the last model, without training', async () => {
    await activated();
    await show(files.upos);
    const lines = await labelled(files.upos);
    assert.ok(lines.filter(({ labels }) => labels.length > 0).length > 10);
  });

  it('shows the last run’s curves in the panel, and goes on with the run from its checkpoint', async () => {
    const api = await activated();
    await vscode.commands.executeCommand('rnnTagger.showLossPanel');
    await workbench.waitFor({ frame: 'main canvas', selector: 'button:has-text("Resume")' });
    const text = (await workbench.texts({ frame: 'main canvas', selector: 'main' })).join(' ');
    assert.match(text, /UD_English-EWT · XPOS/);
    const { checkpoint } = api.runs[0];
    assert.ok(checkpoint && checkpoint.step > 0);
    await workbench.screenshot('interrupted-run');
    await workbench.click({ frame: 'main canvas', selector: 'button:has-text("Resume")' });
    await until(
      'the run goes on',
      () => api.runs[0].state === 'running' && api.runs[0].step > checkpoint.step,
    );
    await vscode.commands.executeCommand('rnnTagger.stop');
    assert.equal(api.runs[0].state, 'stopped');
    assert.equal(api.runs.length, 2, 'it is the same run');
  });
});
