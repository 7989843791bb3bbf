import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../until';
import { activated, corpora, files, labelled, show, train } from './sample';

describe('before the window is closed', () => {
  it('trains one model to its end, and is cut off in the middle of the next', async () => {
    const api = await activated();
    assert.equal(api.runs.length, 0, 'a new profile');
    await show(files.upos);
    const done = await train(api, { corpus: corpora.upos, column: 'UPOS', epochs: 2, hidden: 16 });
    assert.equal(done.state, 'done');
    await labelled(files.upos);
    await vscode.commands.executeCommand('rnnTagger.train', {
      corpus: corpora.upos,
      column: 'XPOS',
      epochs: 300,
      hidden: 16,
    });
    await until('a checkpoint', () => api.runs[0].checkpoint && api.runs[0].step > 50);
    assert.equal(api.runs[0].state, 'running');
  });
});
