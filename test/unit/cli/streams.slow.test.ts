import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { writeModel } from '../../../src/model/modelFile';
import { randomCheckpoint } from '../model/models';

const script = path.resolve('dist/cli.js');

interface Result {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

describe('the command line with streams of every kind', function () {
  this.timeout(1_200_000);
  let folder: string;
  const tag = 'tag --model m --device reference';

  /** Runs a line of bash, in which `rnn-tagger` is the command line. */
  function bash(line: string): Result {
    const { status, stdout, stderr } = spawnSync(
      'bash',
      ['-c', `rnn-tagger() { "${process.execPath}" "${script}" "$@"; }\nset -o pipefail\n${line}`],
      { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 },
    );
    return { code: status, stdout, stderr };
  }
  function fails(line: string, message: RegExp): void {
    const { code, stdout, stderr } = bash(line);
    assert.match(stderr, message, line);
    assert.doesNotMatch(stderr, /\n {4}at /, 'no stack for a fault of the input');
    assert.equal(stdout, '', line);
    assert.equal(code, 1, line);
  }

  before(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'rnn-tagger-streams-'));
    const model = randomCheckpoint();
    writeFileSync(path.join(folder, 'm'), writeModel(model));
    writeFileSync(path.join(folder, 'words'), 'a\nb\n\nc\n');
    writeFileSync(
      path.join(folder, 'corpus.conll'),
      `a\t${model.labels[0]}\nb\t${model.labels[1]}\n\n`.repeat(20),
    );
    mkdirSync(path.join(folder, 'sub'));
  });
  after(() => rmSync(folder, { recursive: true }));

  it('says that a device takes nothing more, whatever was to be written', function () {
    // Where there is no such device there is nothing to show.
    if (!existsSync('/dev/full')) return;
    for (const what of [
      `${tag} words`,
      `${tag} < words`,
      'evaluate --model m --device reference --json corpus.conll',
      'train corpus.conll --epochs 1 --hidden 2 --device reference --json',
      '--help',
      '--version',
    ])
      fails(
        `rnn-tagger ${what} > /dev/full`,
        /\(stdout\): The output could not be written\. The disk is full/,
      );
  });

  it('says that a file may not grow, also where a part of the text still fits', () => {
    writeFileSync(path.join(folder, 'many'), 'word\n\n'.repeat(20_000));
    fails(
      `trap "" XFSZ; ulimit -f 3; rnn-tagger ${tag} many > out`,
      /\(stdout\): The output could not be written\. The file would be larger/,
    );
  });

  it('says that a folder is none to read from', () => {
    for (const line of [`rnn-tagger ${tag} < sub`, `rnn-tagger ${tag} sub`, `rnn-tagger ${tag} < .`])
      fails(line, /: This is a folder, not a file/);
    fails('rnn-tagger tag --model sub words', /sub: This is a folder, not a file/);
    fails(`rnn-tagger ${tag} nowhere`, /nowhere: There is no such file/);
    fails(`rnn-tagger ${tag} words/x`, /words\/x: A part of this path is not a folder/);
    fails(`rnn-tagger ${tag} 0> unread`, /\(stdin\): /);
  });

  it('reads pipes, files, devices and process substitutions alike', () => {
    const { stdout } = bash(`rnn-tagger ${tag} words`);
    assert.equal(stdout.split('\n').length, 5);
    for (const line of [
      `rnn-tagger ${tag} < words`,
      `cat words | rnn-tagger ${tag}`,
      `cat words | rnn-tagger ${tag} | cat`,
      `rnn-tagger ${tag} <(cat words)`,
      `rnn-tagger ${tag} /dev/stdin < words`,
      `rnn-tagger ${tag} words > written; cat written`,
    ])
      assert.deepEqual(bash(line), { code: 0, stdout, stderr: '' }, line);
    assert.deepEqual(bash(`rnn-tagger ${tag} < /dev/null`), { code: 0, stdout: '', stderr: '' });
    assert.equal(bash(`rnn-tagger ${tag} words > /dev/null`).code, 0);
  });

  it('ends without a word where nobody reads on', () => {
    const { code, stdout, stderr } = bash(
      `yes "word" | head -c 8000000 | sed "0~9s/.*//" > long; rnn-tagger ${tag} long | head -1`,
    );
    assert.equal(stdout.split('\n').length, 2);
    assert.equal(stderr, '');
    assert.equal(code, 0);
  });

  it('does not write into what it reads', () => {
    for (const line of [
      `rnn-tagger ${tag} words >> words`,
      `rnn-tagger ${tag} < words >> words`,
      'rnn-tagger evaluate --model m --json corpus.conll >> corpus.conll',
      'rnn-tagger train corpus.conll --json --epochs 1 >> corpus.conll',
    ]) {
      const before = ['words', 'corpus.conll'].map((name) => readFileSync(path.join(folder, name), 'utf8'));
      fails(line, /The output would go to this file, which the same command reads/);
      const after = ['words', 'corpus.conll'].map((name) => readFileSync(path.join(folder, name), 'utf8'));
      assert.deepEqual(after, before);
    }
  });

  it('labels rows that end with lone carriage returns, and keeps their ends', () => {
    const labelOf = (text: string): string[] =>
      text.split(/[\r\n]+/).flatMap((row) => (row === '' ? [] : [row.split('\t').at(-1)!]));
    const feeds = bash(`printf 'a\\nb\\n\\nc\\n' | rnn-tagger ${tag}`).stdout;
    const carriages = bash(`printf 'a\\rb\\r\\rc\\r' | rnn-tagger ${tag}`).stdout;
    assert.equal(carriages, feeds.replaceAll('\n', '\r'));
    assert.equal(labelOf(carriages).length, 3);
  });

  it('refuses a model whose labels break a row, before anything is written', () => {
    for (const label of ['A\tB', 'A\nB', 'A\rB', '']) {
      const model = randomCheckpoint();
      const labels = [label, ...model.labels.slice(1)];
      writeFileSync(path.join(folder, 'odd'), writeModel({ ...model, labels }));
      fails(
        'rnn-tagger tag --model odd --device reference words',
        /odd: The model’s label “.*” (?:holds|is)/,
      );
    }
    const model = randomCheckpoint();
    const labels = model.labels.map((label) => `${label} x`);
    writeFileSync(path.join(folder, 'spaced'), writeModel({ ...model, labels }));
    assert.match(bash('rnn-tagger tag --model spaced words').stdout, /^a\t\S+ x\nb\t\S+ x\n\nc\t\S+ x\n$/);
    fails(
      `printf 'a d\\n\\nb c\\n' | rnn-tagger tag --model spaced`,
      /\(stdin\):1: The model’s label “\S+ x” holds a space/,
    );
  });

  it('answers while the input goes on, and fails at the line that is not UTF-8', async () => {
    const child = spawn(process.execPath, [script, ...tag.split(' ')], { cwd: folder });
    let stdout = '';
    let stderr = '';
    child.stderr.on('data', (bytes: Buffer) => (stderr += bytes.toString()));
    const answered = new Promise<void>((resolve) => {
      child.stdout.on('data', (bytes: Buffer) => {
        stdout += bytes.toString();
        resolve();
      });
    });
    child.stdin.write('word\n\n'.repeat(512));
    await answered;
    assert.equal(stdout.split('\n')[0].split('\t')[0], 'word');
    // A character in two pieces, then a byte that is none.
    const bytes = Buffer.from('é\r\r\nx');
    child.stdin.write(bytes.subarray(0, 1));
    child.stdin.write(bytes.subarray(1));
    child.stdin.end(Buffer.from([0xff]));
    const code = await new Promise((resolve) => child.on('close', resolve));
    assert.equal(code, 1);
    assert.match(stderr, /\(stdin\):1027: Not valid UTF-8/);
  });
});
