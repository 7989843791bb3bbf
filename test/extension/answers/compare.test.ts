import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { RnnTaggerApi } from '../../../src/extension';
import { until } from '../../until';
import { activated, show, train, workspaceFile } from '../sample';
import { workbench } from '../workbenchClient';

const names = 'names/train.conll';
const notification = (text: string): string => `.notification-list-item:has-text("${text}")`;

describe('a comparison of labels, in VS Code', () => {
  let api: RnnTaggerApi;
  const compare = (given: object): Thenable<unknown> =>
    vscode.commands.executeCommand('rnnTagger.compareLabels', given);
  /** VS Code renews the text of a report that is open a moment later. */
  const reported = (wanted: RegExp): Promise<true> =>
    until(`${wanted} in the report`, () => {
      const document = vscode.window.activeTextEditor?.document;
      return document?.uri.path === '/Label Comparison.md' && wanted.test(document.getText());
    });

  before(async () => {
    api = await activated();
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('tells where a model says something else than the file, and shows both side by side', async () => {
    const run = await train(api, { corpus: 'names', column: 'LABEL', epochs: 40, hidden: 16 });
    const editor = await show(names);
    const { text, range } = editor.document.lineAt(2);
    const changed = text.replace('B-PER', 'B-LOC');
    assert.ok(await editor.edit((edit) => edit.replace(range, changed)));
    try {
      await compare({ models: [run.id] });
      await reported(/- train\.conll:3, .*: .* → PER/);
      await reported(/Cohen’s κ: 0\.9\d\d/);
      await workbench.screenshot('compare-report');
      await vscode.commands.executeCommand('workbench.action.previousEditor');
      await workbench.waitFor({
        selector: '.monaco-diff-editor .line-insert, .monaco-diff-editor .char-insert',
        nth: 0,
      });
      await workbench.screenshot('compare-diff');
    } finally {
      // VS Code may have saved it by itself.
      const back = await show(names);
      assert.ok(await back.edit((edit) => edit.replace(back.document.lineAt(2).range, text)));
      await back.document.save();
    }
  });

  it('compares two files, and says why there is nothing to compare', async () => {
    const uri = workspaceFile('names/other.conll');
    const unlike = workspaceFile('names/unlike.conll');
    const { document } = await show(names);
    const rows = document.getText().split('\n').slice(0, 16);
    const other = rows.map((row) => (row.startsWith('Rome') ? row.replace('B-LOC', 'O') : row)).join('\n');
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(other));
    try {
      await compare({ file: uri.toString() });
      await reported(/train\.conll:7, names\/other\.conll:7 Rome: LOC → \(none\)/);
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      const words = 'So\tRB\tO\nit\tPRP\tB-PER\nis\tVBZ\tO\n';
      await vscode.workspace.fs.writeFile(unlike, new TextEncoder().encode(words));
      await show(names);
      await compare({ file: unlike.toString() });
      await workbench.waitFor({ selector: notification('no sentence in common'), nth: 0 });
    } finally {
      for (const made of [uri, unlike]) await vscode.workspace.fs.delete(made);
    }
  });

  it('compares a file with its last commit', async function () {
    const git = await vscode.extensions.getExtension<GitExtension>('vscode.git')?.activate();
    const folder = workspaceFile('names');
    const repository = git?.enabled ? await git.getAPI(1).init(folder, { defaultBranch: 'main' }) : undefined;
    // VS Code finds no git on this machine.
    if (!repository) return this.skip();
    try {
      await repository.setConfig('user.name', 'Test');
      await repository.setConfig('user.email', 'test@example.org');
      const editor = await show(names);
      await compare({ commit: true });
      await workbench.waitFor({ selector: notification('The last commit does not have the file'), nth: 0 });
      await repository.add([editor.document.uri.fsPath]);
      await repository.commit('Names');
      const { text, range } = editor.document.lineAt(2);
      const again = await show(names);
      assert.ok(await again.edit((edit) => edit.replace(range, text.replace('B-PER', 'B-LOC'))));
      await compare({ commit: true });
      await reported(/\*\*last commit\*\* and \*\*train\.conll\*\*/);
      await reported(/last commit:3, train\.conll:3 .*: PER → LOC/);
      await workbench.screenshot('compare-commit');
      const back = await show(names);
      assert.ok(await back.edit((edit) => edit.replace(back.document.lineAt(2).range, text)));
      await back.document.save();
    } finally {
      await vscode.workspace.fs.delete(vscode.Uri.joinPath(folder, '.git'), { recursive: true });
    }
  });
});

interface GitRepository {
  setConfig(key: string, value: string): Promise<string>;
  add(paths: readonly string[]): Promise<void>;
  commit(message: string): Promise<void>;
}

interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): {
    init(root: vscode.Uri, options: { readonly defaultBranch: string }): Promise<GitRepository | null>;
  };
}
