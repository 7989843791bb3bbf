import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { clickConfusion, selectedRow, shownConfusions } from './confusions';
import { activated } from './sample';
import { workbench } from './workbenchClient';

describe('the confusions of a run of an earlier window', () => {
  it('are shown, and lead to their tokens', async () => {
    const api = await activated();
    assert.equal(api.runs[0]?.state, 'done');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const shown = await shownConfusions();
    await clickConfusion(1);
    assert.equal((await selectedRow()).upos, shown[1].gold);
    await workbench.waitFor({ selector: '.peekview-widget .monaco-list-row' });
  });
});
