import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ForTests } from '../../../src/api/extensionExports';
import { bratDocument } from '../../unit/corpus/bratDocument';
import { until } from '../../until';
import { activated, labelled, train, workspaceFile } from '../sample';
import { workbench } from '../workbenchClient';

const { fs } = vscode.workspace;

describe('texts with annotations of brat, in VS Code', () => {
  let api: ForTests;
  const write = (name: string, text: string): Thenable<void> =>
    fs.writeFile(workspaceFile(`brat/${name}`), new TextEncoder().encode(text));
  const corpus = (): ForTests['corpora'][number] | undefined =>
    api.corpora.find(({ layout }) => layout.kind === 'brat');
  const problemsOf = (name: string): (string | number | object | undefined)[][] =>
    vscode.languages
      .getDiagnostics(workspaceFile(`brat/${name}`))
      .map(({ code, range }) => [code as string, range.start.line]);

  before(async () => {
    api = await activated();
    await fs.createDirectory(workspaceFile('brat'));
    for (let i = 0; i < 8; i++) {
      const { text, annotations } = bratDocument(i);
      await write(`d${i}.txt`, text);
      await write(`d${i}.ann`, annotations);
    }
    await write('README.txt', 'Names and places.\n');
  });
  after(async () => {
    await fs.delete(workspaceFile('brat'), { recursive: true });
    await until('no corpus', () => corpus() === undefined);
  });

  it('are found by their annotations, without a problem, and trained on', async () => {
    await until('the corpus', () => corpus()?.files.length === 8);
    assert.deepEqual(
      vscode.languages
        .getDiagnostics()
        .filter(([uri, problems]) => uri.path.includes('/brat/') && problems.length > 0),
      [],
    );
    const run = await train(api, { corpus: corpus()?.id, column: 'LABEL', epochs: 30 });
    assert.equal(run.state, 'done', run.message);
  });

  it('show labels, the text as other text does, the annotations beside their types', async () => {
    for (const name of ['brat/d1.txt', 'brat/d1.ann']) {
      const document = await vscode.workspace.openTextDocument(workspaceFile(name));
      await vscode.window.showTextDocument(document, { preview: false, viewColumn: vscode.ViewColumn.One });
      const lines = await labelled(name);
      const shown = lines.flatMap(({ labels }) => labels.map(String));
      assert.ok(shown.length >= 4, JSON.stringify(lines));
    }
    await workbench.screenshot('brat');
  });

  it('are read again when one of the two changes, and problems are told at lines of the annotations', async () => {
    const { text, annotations } = bratDocument(3);
    await write('d3.ann', `${annotations}T90\tPERSON x\n`);
    await until('the problem', () => problemsOf('d3.ann').length === 1);
    assert.deepEqual(problemsOf('d3.ann'), [['bad-span', annotations.split('\n').length - 1]]);
    assert.deepEqual(problemsOf('d3.txt'), []);
    await write('d3.ann', annotations);
    await until('no problem', () => problemsOf('d3.ann').length === 0);
    await write('d3.txt', text.replace('sees', 'saw'));
    await until('what differs', () => problemsOf('d3.ann').some(([code]) => code === 'text-differs'));
    await write('d3.txt', text);
    await until('no problem again', () => problemsOf('d3.ann').length === 0);
  });

  it('are gone with their annotations; annotations without their text are told', async () => {
    await fs.delete(workspaceFile('brat/d5.ann'));
    await until('one less', () => corpus()?.files.length === 7);
    await fs.delete(workspaceFile('brat/d6.txt'));
    await until('the problem', () => problemsOf('d6.ann').some(([code]) => code === 'no-text'));
    await until('two less', () => corpus()?.files.length === 6);
    await write('d6.txt', bratDocument(6).text);
    await until('the pair again', () => corpus()?.files.length === 7 && problemsOf('d6.ann').length === 0);
  });

  it('give annotations to Label File, from either of the two', async () => {
    for (const name of ['brat/d2.ann', 'brat/d2.txt']) {
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(workspaceFile(name)));
      await vscode.commands.executeCommand('rnnTagger.labelFile');
      const document = await until('the labels', () => {
        const shown = vscode.window.activeTextEditor?.document;
        return shown?.isUntitled && shown;
      });
      assert.match(document.getText(), /^R0\tSees Arg1:T1 Arg2:T2$/m);
      assert.match(document.getText(), /^T1\tPERSON \d+ \d+\t/m);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
  });
});
