import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../../until';
import { activated, clearMessages, workspaceFile } from '../sample';
import { workbench } from '../workbenchClient';

/** The Problems of one file of the workspace: code and line, from 1. */
function problems(name: string): string[] {
  const uri = workspaceFile(name).toString();
  const own = vscode.languages
    .getDiagnostics()
    .filter(([other]) => other.toString() === uri)
    .flatMap(([, found]) => found);
  return own.map(
    ({ code, range }) => `${typeof code === 'object' ? code.value : code}:${range.start.line + 1}`,
  );
}

describe('bad input, in VS Code', () => {
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
      await until(`${expected} in ${file}`, () =>
        problems(file).some((problem) => expected.test(problem)),
      ).catch((error: unknown) => {
        console.log(`      ${file}: ${problems(file).join(', ')}`);
        throw error;
      });
    });
  }

  it('reads an unsaved editor’s text instead of the file, and takes Problems back when they are mended', async () => {
    const document = await vscode.workspace.openTextDocument(workspaceFile('bad-id/train.conllu'));
    const editor = await vscode.window.showTextDocument(document);
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    const row = (id: number, word: string, tag: string): string =>
      `${id}\t${word}\t_\t${tag}\t_\t_\t0\troot\t_\t_\n`;
    await editor.edit((edit) => edit.replace(whole, `${row(1, 'cats', 'NOUN')}${row(2, 'sleep', 'VERB')}\n`));
    await until('no problem any more', () => problems('bad-id/train.conllu').length === 0);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await until('the problem again', () => problems('bad-id/train.conllu').length > 0);
  });

  it('reads a Latin-1 file by the workspace’s encoding setting', async () => {
    await until('a problem without the setting', () =>
      problems('latin-1/train.conll').some((problem) => problem.startsWith('invalid-utf8')),
    );
    const configuration = vscode.workspace.getConfiguration('files');
    await configuration.update('encoding', 'iso88591', vscode.ConfigurationTarget.Workspace);
    try {
      await until('no problem with it', () =>
        problems('latin-1/train.conll').every((problem) => !problem.startsWith('invalid-utf8')),
      );
      const api = await activated();
      await until('the corpus', () => api.corpora.some(({ name }) => name === 'latin-1'));
    } finally {
      await configuration.update('encoding', undefined, vscode.ConfigurationTarget.Workspace);
    }
    await until('the problem again', () =>
      problems('latin-1/train.conll').some((problem) => problem.startsWith('invalid-utf8')),
    );
  });

  it('leaves a file over 50 MB out, and says so', async () => {
    const uri = workspaceFile('large/huge.conllu');
    await vscode.workspace.fs.writeFile(
      uri,
      Buffer.alloc(51 * 1024 * 1024, '1\ta\t_\tX\t_\t_\t0\troot\t_\t_\n\n'),
    );
    try {
      await until('the problem', () =>
        problems('large/huge.conllu').some((problem) => problem === 'file-too-large:1'),
      );
    } finally {
      await vscode.workspace.fs.delete(uri);
    }
    await until('no problem', () => problems('large/huge.conllu').length === 0);
  });

  it('trains on a sentence of 5,000 tokens, in windows, with a notice at its line', async () => {
    const rows = Array.from({ length: 5000 }, (_, t) => `word${t % 7}\t${'ABCDEFG'[t % 7]}\n`).join('');
    const uri = workspaceFile('long-sentence/train.conll');
    await vscode.workspace.fs.writeFile(uri, Buffer.from(`${rows}\n${'x\tA\ny\tB\n\n'.repeat(5)}`));
    try {
      await until('the notice', () =>
        problems('long-sentence/train.conll').some((problem) => /^long-sentence:1$/.test(problem)),
      );
      const api = await activated();
      await vscode.commands.executeCommand('rnnTagger.train', {
        corpus: 'long-sentence',
        column: 'LABEL',
        epochs: 1,
        hidden: 4,
      });
      const run = await until('the end', () => api.runs[0].state !== 'running' && api.runs[0]);
      assert.equal(run.state, 'done', run.message);
    } finally {
      await vscode.workspace.fs.delete(uri);
    }
  });

  it('says which label occurs in development data only, and trains all the same', async () => {
    const api = await activated();
    await vscode.commands.executeCommand('rnnTagger.train', {
      corpus: 'dev-only-label',
      column: 'LABEL',
      epochs: 1,
      hidden: 4,
    });
    const run = await until('the end', () => api.runs[0].state !== 'running' && api.runs[0]);
    assert.equal(run.state, 'done', run.message);
    assert.ok(
      problems('dev-only-label/dev.conll').some((problem) => /^label-not-in-training:4$/.test(problem)),
      problems('dev-only-label/dev.conll').join(),
    );
  });

  it('stops a diverging run with what to change', async () => {
    const api = await activated();
    await vscode.commands.executeCommand('rnnTagger.train', {
      corpus: 'dev-only-label',
      column: 'LABEL',
      epochs: 3000,
      hidden: 4,
      learningRate: 1e6,
      clip: 0,
    });
    const run = await until('the end', () => api.runs[0].state !== 'running' && api.runs[0]);
    assert.equal(run.state, 'diverged');
    assert.match(run.message ?? '', /learning rate/i);
  });

  it('asks before it trains on what is left of a file, and trains once one agrees', async () => {
    const api = await activated();
    await clearMessages();
    const train = vscode.commands.executeCommand('rnnTagger.train', {
      corpus: 'malformed-row',
      column: 'UPOS',
      epochs: 2,
      hidden: 4,
    });
    const question = '.notification-toast:has-text("would be trained without them")';
    await workbench.waitFor({ selector: question });
    await workbench.screenshot('train-anyway');
    await workbench.click({ selector: `${question} >> a.monaco-button:has-text("Train Anyway")` });
    await train;
    const run = await until('the end', () => api.runs[0].state !== 'running' && api.runs[0]);
    assert.equal(run.state, 'done', run.message);
  });

  it('refuses a corpus with one label only, with the reason', async () => {
    await assert.rejects(
      Promise.resolve(vscode.commands.executeCommand('rnnTagger.train', { corpus: 'one-label' })),
      /one-label|label/,
    );
  });
});
