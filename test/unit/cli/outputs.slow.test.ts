import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { toyColumns } from '../engine/toyCorpus';

const script = path.resolve('dist/cli.js');

describe('what the command line writes', function () {
  this.timeout(1_200_000);
  let folder: string;
  const rnnTagger = (...args: string[]): { code: number | null; stderr: string } => {
    const { status, stderr } = spawnSync(process.execPath, [script, ...args], {
      cwd: folder,
      encoding: 'utf8',
    });
    return { code: status, stderr };
  };
  before(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'rnn-tagger-outputs-'));
    for (const name of ['train.conll', 'dev.conll', 'more.conll'])
      writeFileSync(path.join(folder, name), toyColumns(20));
    symlinkSync('train.conll', path.join(folder, 'link'));
  });
  after(() => rmSync(folder, { recursive: true }));

  it('is no file that is trained on', () => {
    for (const [model, ...paths] of [
      ['train.conll', 'train.conll'],
      ['train.conll', '.'],
      ['link', 'train.conll'],
      ['train.conll', 'link'],
      ['more.conll', 'train.conll', '--dev', 'more.conll'],
      ['more.conll', 'train.conll', '--test', 'more.conll'],
      // Found in the folder, though another file takes its place.
      ['dev.conll', '.', '--dev', 'more.conll'],
    ]) {
      const { code, stderr } = rnnTagger('train', ...paths, '--model', model);
      assert.equal(code, 1, model);
      assert.match(stderr, /read by the same command/);
      for (const name of ['train.conll', 'dev.conll', 'more.conll'])
        assert.equal(readFileSync(path.join(folder, name), 'utf8'), toyColumns(20));
    }
  });
});
