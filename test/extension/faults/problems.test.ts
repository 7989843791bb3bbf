import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activated, until, workspaceFile } from '../sample';

/** The Problems of one file of the workspace: code and line, from 1. */
function problems(name: string): string[] {
  const uri = workspaceFile(name).toString();
  const own = vscode.languages.getDiagnostics().filter(([other]) => other.toString() === uri).flatMap(([, found]) => found);
  return own.map(({ code, range }) => `${typeof code === 'object' ? code.value : code}:${range.start.line + 1}`);
}

describe('bad input, in VS Code', function () {
  this.timeout(120_000);
  before(activated);

  for (const [file, expected] of [
    ['malformed-row/train.conllu', /^too-few-columns:\d+$/],
    ['bad-id/train.conllu', /^bad-id:\d+$/],
    ['unknown-label/train.conll', /^unknown-label:\d+$/],
    ['invalid-utf8/train.conll', /^invalid-utf8:\d+$/],
    ['empty/train.conll', /^empty-file:1$/],
    ['one-label/train.conll', /^one-label:\d+$/],
  ] as const) {
    it(`says in Problems, at its line, what is wrong in ${file}`, async () => {
      await until(`${expected} in ${file}`, () => problems(file).some((problem) => expected.test(problem)) || undefined, 15_000).catch((error: unknown) => {
        console.log(`      ${file}: ${problems(file).join(', ')}`);
        throw error;
      });
    });
  }

  it('reads an unsaved editor’s text instead of the file, and takes Problems back when they are mended', async () => {
    const document = await vscode.workspace.openTextDocument(workspaceFile('bad-id/train.conllu'));
    const editor = await vscode.window.showTextDocument(document);
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    const row = (id: number, word: string, tag: string): string => `${id}\t${word}\t_\t${tag}\t_\t_\t0\troot\t_\t_\n`;
    await editor.edit((edit) => edit.replace(whole, `${row(1, 'cats', 'NOUN')}${row(2, 'sleep', 'VERB')}\n`));
    await until('no problem any more', () => problems('bad-id/train.conllu').length === 0);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await until('the problem again', () => problems('bad-id/train.conllu').length > 0);
  });

  it('trains on what is left where that makes sense', async () => {
    const api = await activated();
    await vscode.commands.executeCommand('rnnTagger.train', { corpus: 'malformed-row', column: 'UPOS', epochs: 2, hidden: 4 });
    const run = await until('the end', () => api.runs[0].state !== 'running' && api.runs[0], 60_000);
    assert.equal(run.state, 'done', run.message);
  });

  it('refuses a corpus with one label only, with the reason', async () => {
    await assert.rejects(Promise.resolve(vscode.commands.executeCommand('rnnTagger.train', { corpus: 'one-label' })), /one-label|label/);
  });
});
