import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { bratDocument } from '../corpus/bratDocument';

const script = path.resolve('dist/cli.js');

describe('A text with annotations of brat, on the command line', function () {
  this.timeout(1_200_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'rnn-tagger-brat-'));
    mkdirSync(path.join(folder, 'corpus'));
    for (let i = 0; i < 12; i++) {
      const { text, annotations } = bratDocument(i);
      writeFileSync(path.join(folder, `corpus/d${i}.txt`), text);
      writeFileSync(path.join(folder, `corpus/d${i}.ann`), annotations);
    }
    writeFileSync(path.join(folder, 'corpus/README.txt'), 'Documents with names.\n');
    const { text, annotations } = bratDocument(99);
    writeFileSync(path.join(folder, 'new.txt'), text);
    writeFileSync(path.join(folder, 'gold.txt'), `\ufeff${text}`);
    writeFileSync(path.join(folder, 'gold.ann'), annotations.replace('PLACE', 'THING'));
    const options = ['--epochs', '30', '--hidden', '16', '--device', 'reference', '--seed', '1'];
    const trained = run(['train', 'corpus', '--model', 'm', ...options]);
    assert.equal(trained.code, 0, trained.stderr);
  });
  after(() => rmSync(folder, { recursive: true }));

  function run(
    args: readonly string[],
    input = '',
  ): { readonly code: number | null; readonly stdout: string; readonly stderr: string } {
    const options = { cwd: folder, input, encoding: 'utf8', timeout: 600_000 } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], options);
    return { code: status, stdout, stderr };
  }
  const tag = (args: readonly string[], input?: string): string => {
    const result = run(['tag', '--model', 'm', ...args], input);
    assert.equal(result.code, 0, result.stderr);
    return result.stdout;
  };

  it('is tagged as annotations, from a file as through a pipe, where the model is of such a corpus', () => {
    const { text, annotations } = bratDocument(99);
    const spans = (of: string): string[] => [...of.matchAll(/^T\d+\t(.*)$/gm)].map(([, span]) => span);
    assert.deepEqual(spans(tag(['new.txt'])), spans(annotations));
    assert.equal(tag([], text), tag(['new.txt']));
    assert.equal(tag([], 'Anna\nsees\n'), 'Anna\tB-PERSON\nsees\tO\n');
  });

  it('keeps its other annotations, and the ids of spans, whichever of the two files is named', () => {
    const { annotations } = bratDocument(99);
    assert.equal(tag(['gold.txt']), annotations);
    assert.equal(tag(['gold.ann']), annotations);
    assert.notEqual(readFileSync(path.join(folder, 'gold.ann'), 'utf8'), annotations);
  });

  it('is scored and checked by either name', () => {
    for (const name of ['gold.txt', 'gold.ann', 'corpus']) {
      const { code, stdout, stderr } = run(['evaluate', '--model', 'm', name, '--json']);
      assert.equal(code, 0, stderr);
      const { test } = JSON.parse(stdout) as { test: { f1: number } };
      assert.ok(name === 'corpus' ? test.f1 === 1 : test.f1 > 0.4 && test.f1 < 1, stdout);
    }
    const checked = run(['check', 'gold.ann']);
    assert.match(checked.stdout, /### Labels of LABEL: IOB2, 3 types/);
  });

  it('is not overwritten by its own labels', () => {
    const shell = spawnSync(
      'sh',
      ['-c', `"${process.execPath}" "${script}" tag --model m gold.txt >> gold.ann`],
      {
        cwd: folder,
        encoding: 'utf8',
      },
    );
    assert.equal(shell.status, 1);
    assert.match(shell.stderr, /gold\.ann: The output would go to this file/);
  });
});
