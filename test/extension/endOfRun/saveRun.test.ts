import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ForTests } from '../../../src/api/extensionExports';
import { until } from '../../until';
import { activated, train, workspaceFile } from '../sample';
import { workbench } from '../workbenchClient';

const input = '.quick-input-widget input';

describe('the dialog of Save Run', () => {
  let id: string;
  const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('files');

  before(async () => {
    const api: ForTests = await activated();
    // The system's own dialog cannot be driven.
    await settings().update('simpleDialog.enable', true, vscode.ConfigurationTarget.Global);
    ({ id } = await train(api, { corpus: 'pets', column: 'LABEL', epochs: 2, hidden: 8 }));
  });
  after(() => settings().update('simpleDialog.enable', undefined, vscode.ConfigurationTarget.Global));

  const textOf = async (file: vscode.Uri): Promise<string> =>
    new TextDecoder().decode(await vscode.workspace.fs.readFile(file));

  /** Asks where to save, and gives the file's name in the dialog. */
  async function ask(
    file: vscode.Uri,
  ): Promise<{ readonly offered: string; readonly done: Promise<unknown> }> {
    const done = Promise.resolve(vscode.commands.executeCommand('rnnTagger.saveRun', { run: id }));
    const value = (): Promise<string> =>
      workbench.evaluate(
        (own: string) => document.querySelector<HTMLInputElement>(own)?.value ?? '',
        [input],
      );
    const offered = await until('the dialog', async () => {
      const text = await value();
      return text.endsWith('.html') && text;
    });
    await workbench.screenshot('save-run-dialog');
    await workbench.press('ControlOrMeta+A');
    // As a paste does: between keys the dialog completes the path.
    await workbench.evaluate((path: string) => document.execCommand('insertText', false, path), [file.path]);
    await until('the path', async () => (await value()) === file.path);
    return { offered, done };
  }

  it('writes what the name’s ending says, where it says', async () => {
    const beginnings = { csv: 'run,step,epoch,', md: '# ', html: '<!DOCTYPE html>' };
    for (const [ending, start] of Object.entries(beginnings)) {
      const file = workspaceFile(`saved.${ending}`);
      const { offered, done } = await ask(file);
      assert.ok(offered.startsWith(workspaceFile('').path), offered);
      await workbench.press('Enter');
      await done;
      assert.equal((await textOf(file)).slice(0, start.length), start);
      await workbench.waitFor({ selector: `.statusbar-item:has-text("saved to saved.${ending}")` });
      await vscode.workspace.fs.delete(file);
    }
  });

  it('asks before it overwrites a file, and leaves it where the answer is no', async () => {
    const file = workspaceFile('saved.csv');
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode('mine'));
    const overwrite = '.quick-input-title:has-text("already exists")';
    const refused = await ask(file);
    await workbench.press('Enter');
    await workbench.waitFor({ selector: overwrite });
    await workbench.screenshot('save-run-overwrite');
    await workbench.press('Escape');
    await workbench.waitFor({ selector: overwrite, state: 'hidden' });
    assert.equal(await textOf(file), 'mine');
    // The dialog is there again, or was left with it.
    await workbench.press('Escape');
    await refused.done;
    assert.equal(await textOf(file), 'mine');
    const agreed = await ask(file);
    await workbench.press('Enter');
    await workbench.waitFor({ selector: overwrite });
    await workbench.press('Enter');
    await agreed.done;
    assert.match(await textOf(file), /^run,step,epoch,/);
    await vscode.workspace.fs.delete(file);
  });
});
