import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { writeModel } from '../../../src/model/modelFile';
import { randomCheckpoint } from '../model/models';

const script = path.resolve('dist/cli.js');

const model = randomCheckpoint();
const [one, other] = model.labels;
const rows = `Anna\t${one}\nsees\t${other}\nOslo\t${one}\n.\t${other}\n\n`.repeat(60);
const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');

/** What is in files that nobody means to train on, and what each command says of them: nothing, or why not. */
const files: Readonly<Record<string, { readonly text: () => string | Buffer; readonly refused?: RegExp }>> = {
  'a row of 100,000 columns': { text: () => `${rows}w${'\tX'.repeat(99_999)}\n` },
  '100,000 columns': { text: () => `w${'\tX'.repeat(99_999)}\n`.repeat(20), refused: /Not read as a corpus/ },
  '50,000 labels': {
    text: () =>
      Array.from({ length: 50_000 }, (_, i) => `w${i}\tL${i}\n${i % 10 === 9 ? '\n' : ''}`).join(''),
    refused: /no label column to learn/,
  },
  'a line of 10 MB': { text: () => `${rows}${'x'.repeat(10_000_000)}\n` },
  'a line of 5,000,000 words': { text: () => `${rows}${'x '.repeat(5_000_000)}\n` },
  'a label of 10 MB': { text: () => `${rows}x\t${'y'.repeat(10_000_000)}\n` },
  'a million empty lines': { text: () => '\n'.repeat(1_000_000), refused: /The file is empty/ },
  'a million empty lines between rows': { text: () => rows + '\n'.repeat(1_000_000) + rows },
  NULs: { text: () => `${rows}a\0b\t${one}\n\0\t${other}\n` },
  'nothing but NULs': { text: () => '\0'.repeat(100_000), refused: /no sentences/ },
  'a lone surrogate': {
    text: () => Buffer.concat([Buffer.from(rows), Buffer.from([0x61, 0xed, 0xa0, 0x80, 9, 0x4f, 10])]),
    refused: /valid UTF-8.*(?:encoding|--replace-invalid)/s,
  },
  'UTF-16 with a mark': {
    text: () => utf16(`\ufeff${rows}`),
    refused: /written in UTF-16 \(utf-16le\).*UTF-8, or say its (?:--)?encoding/s,
  },
  'UTF-16 without a mark': { text: () => utf16(rows), refused: /written in UTF-16 \(utf-16le\)/ },
  'UTF-16, big-endian': { text: () => utf16(rows).swap16(), refused: /written in UTF-16 \(utf-16be\)/ },
};

describe('the command line with files that are odd', function () {
  this.timeout(1_200_000);
  let folder: string;

  function run(command: string, file: string): { code: number | null; output: string } {
    const options = {
      check: [],
      tag: ['--model', 'm', '--device', 'reference'],
      evaluate: ['--model', 'm', '--device', 'reference'],
      train: ['--model', 'new', '--epochs', '1', '--hidden', '2', '--embedding', '2', '--device', 'simd'],
    }[command]!;
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [script, command, file, ...options, ...(command === 'check' ? [] : ['--threads', '1'])],
      { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 },
    );
    assert.doesNotMatch(stderr, /\n {4}at /, `no stack: ${command} ${file}`);
    return { code: status, output: stderr + (command === 'check' ? stdout : '') };
  }

  before(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'rnn-tagger-odd-'));
    writeFileSync(path.join(folder, 'm'), writeModel(model));
  });
  after(() => rmSync(folder, { recursive: true }));

  for (const [name, { text, refused }] of Object.entries(files)) {
    it(`reads ${name}, or says why not, without failing`, () => {
      const file = 'odd.conll';
      writeFileSync(path.join(folder, file), text());
      for (const command of ['check', 'evaluate', 'train']) {
        const { code, output } = run(command, file);
        // Another label column may still be scored.
        if (refused && !(name === '50,000 labels' && command !== 'train')) {
          assert.equal(code, 1, `${command}: ${output.slice(0, 500)}`);
          if (command !== 'check') assert.match(output, refused, command);
        } else assert.equal(code, 0, `${command}: ${output.slice(0, 500)}`);
      }
      const { code, output } = run('tag', file);
      const isText = !/surrogate|UTF-16/.test(name);
      assert.equal(code, isText ? 0 : 1, output.slice(0, 500));
      if (!isText) assert.match(output, refused!);
    });
  }

  it('reads files with names of any script, with spaces, in folders of such names', () => {
    const below = 'a folder ü';
    mkdirSync(path.join(folder, below));
    for (const file of ['with spaces 猫é😀.conll', path.join(below, 'train 1.conll')]) {
      writeFileSync(path.join(folder, file), rows);
      for (const command of ['check', 'evaluate', 'train', 'tag'])
        assert.equal(run(command, file).code, 0, file);
    }
    assert.match(run('check', below).output, /a folder ü\/train 1\.conll/);
  });

  it('reads folders with links that lead round, or nowhere, and says so of a path that is one', () => {
    const round = path.join(folder, 'round');
    mkdirSync(path.join(round, 'below'), { recursive: true });
    writeFileSync(path.join(round, 'train.conll'), rows);
    symlinkSync('..', path.join(round, 'below', 'up'));
    symlinkSync('self.conll', path.join(round, 'self.conll'));
    symlinkSync('nowhere', path.join(round, 'lost.conll'));
    for (const command of ['check', 'evaluate', 'train']) {
      assert.equal(run(command, 'round').code, 0, command);
      assert.match(run(command, 'round/self.conll').output, /self\.conll: The links on this path lead round/);
      assert.match(run(command, 'round/lost.conll').output, /lost\.conll: There is no such file/);
    }
  });
});
