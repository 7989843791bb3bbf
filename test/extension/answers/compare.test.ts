import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ForTests } from '../../../src/api/extensionExports';
import { until } from '../../until';
import { activated, clearMessages, show, train, workspaceFile } from '../sample';
import { workbench } from '../workbenchClient';

const names = 'names/train.conll';
const notification = (text: string): string => `.notification-list-item:has-text("${text}")`;

describe('a comparison of labels, in VS Code', () => {
  let api: ForTests;
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

  beforeEach(clearMessages);

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

  it('compares a text with its annotations beside it with a model, and with other annotations', async () => {
    const line = (name: string): string => `${name} lives in Rome.\n`;
    const names = ['Rita', 'Tor', 'Anna', 'Omar', 'Lena', 'Ivan', 'Mei', 'Paul'];
    const text = names.map(line).join('').repeat(4);
    const labels = (city: string): string =>
      [...text.matchAll(/(\w+) lives in (Rome)/g)]
        .flatMap(({ index, 1: name }) => {
          const at = index + name.length + 10;
          return [`PER ${index} ${index + name.length}\t${name}`, `${city} ${at} ${at + 4}\tRome`];
        })
        .map((span, i) => `T${i + 1}\t${span}\n`)
        .join('');
    for (const [name, content] of [
      ['brat/news.txt', text],
      ['brat/news.ann', labels('LOC')],
      ['brat/other.txt', text],
      ['brat/other.ann', labels('ORG')],
    ])
      await vscode.workspace.fs.writeFile(workspaceFile(name), new TextEncoder().encode(content));
    try {
      await until('the corpus', () => api.corpora.some(({ name }) => name === 'brat'));
      const run = await train(api, { corpus: 'brat', column: 'LABEL', epochs: 2, hidden: 8 });
      await show('brat/news.txt');
      await compare({ models: [run.id] });
      await reported(/Cohen’s κ/);
      await reported(/\*\*news\.txt\*\*/);
      await workbench.screenshot('compare-brat-model');
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      // From the annotations as well as from the text.
      await show('brat/news.ann');
      await compare({ file: workspaceFile('brat/other.ann').toString() });
      await reported(/Rome: LOC → ORG/);
      await workbench.screenshot('compare-brat-file');
    } finally {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await vscode.workspace.fs.delete(workspaceFile('brat'), { recursive: true });
    }
  });

  it('waits with its last commit until Git has looked for repositories', async () => {
    const git = vscode.extensions.getExtension<GitExtension>('vscode.git');
    const own = await git?.activate();
    if (!own) throw new Error('VS Code has no Git extension');
    const changed = new vscode.EventEmitter<string>();
    const late = {
      state: 'uninitialized',
      onDidChangeState: changed.event,
      getRepository: () => null,
      toGitUri: (uri: vscode.Uri) => uri,
    };
    const { getAPI } = own;
    const isPatched = Reflect.set(own, 'enabled', true) && Reflect.set(own, 'getAPI', () => late);
    assert.ok(isPatched);
    try {
      await show(names);
      const asked = compare({});
      const picks = '.quick-input-widget:visible .quick-input-list';
      await workbench.waitFor({
        selector: `${picks} :has-text("Git is still looking for repositories")`,
        nth: 0,
      });
      await workbench.screenshot('compare-git-looking');
      await workbench.press('Escape');
      await asked;
      const compared = compare({ commit: true });
      await workbench.waitFor({ selector: notification('Comparing labels'), nth: 0 });
      await workbench.waitFor({ selector: `${notification('Comparing labels')} :text("Cancel")`, nth: 0 });
      assert.deepEqual(await workbench.texts({ selector: notification('knows no repository') }), []);
      late.state = 'initialized';
      changed.fire(late.state);
      await compared;
      await workbench.waitFor({ selector: notification('knows no repository'), nth: 0 });
      await workbench.screenshot('compare-no-repository');
    } finally {
      Reflect.set(own, 'getAPI', getAPI);
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
