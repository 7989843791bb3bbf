import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { toyColumns } from './toyCorpus';

const script = path.resolve('dist/cli.js');
const folder = mkdtempSync(path.join(os.tmpdir(), 'rnn-tagger-cli-'));

interface Result {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(args: readonly string[], input = ''): Result {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { cwd: folder, input, encoding: 'utf8', timeout: 60_000 });
  return { code: status, stdout, stderr };
}
/** The JSON object on the last line of stdout. */
function lastLine(result: Result): Record<string, unknown> & { dev: Record<string, number>; test: Record<string, number> } {
  assert.equal(result.code, 0, result.stderr);
  return JSON.parse(result.stdout.trimEnd().split('\n').at(-1) ?? '');
}
const quick = ['--hidden', '12', '--epochs', '12', '--learning-rate', '0.1', '--device', 'reference'];

describe('rnn-tagger on the command line', function () {
  this.timeout(120_000);
  before(() => {
    mkdirSync(path.join(folder, 'toy'));
    writeFileSync(path.join(folder, 'toy/train.conll'), toyColumns(200));
    writeFileSync(path.join(folder, 'toy/dev.conll'), toyColumns(30, 1000));
    writeFileSync(path.join(folder, 'toy/test.conll'), toyColumns(30, 2000));
  });
  after(() => rmSync(folder, { recursive: true }));

  it('trains on a folder, scores development and test data, and prints one JSON object last', () => {
    const result = lastLine(run(['train', 'toy', '--model', 'm.safetensors', '--json', ...quick]));
    assert.deepEqual(Object.keys(result), ['device', 'tokens', 'epochs', 'seconds', 'tokensPerSecond', 'dev', 'test']);
    assert.equal(result.device, 'reference');
    assert.equal(result.epochs, 12);
    assert.ok(result.dev.accuracy > 0.5 && result.dev.loss > 0);
    assert.deepEqual(Object.keys(result.test), ['loss', 'accuracy']);
  });

  it('scores the saved model as it did in training', () => {
    const trained = lastLine(run(['train', 'toy', '--model', 'same.safetensors', '--json', ...quick]));
    const scored = lastLine(run(['evaluate', '--model', 'same.safetensors', 'toy', '--json', '--device', 'reference']));
    assert.equal(scored.test.accuracy, trained.test.accuracy);
    assert.ok(Math.abs(scored.test.loss - trained.test.loss) < 1e-4 * trained.test.loss, 'parameters are kept in float32');
  });

  it('gives the same model to the byte for a seed and device, but for its date', () => {
    const parameters = (name: string): Buffer => {
      const bytes = readFileSync(path.join(folder, name));
      return bytes.subarray(8 + Number(bytes.readBigUInt64LE(0)));
    };
    for (const name of ['a', 'b']) assert.equal(run(['train', 'toy', '--model', name, '--seed', '4', ...quick]).code, 0);
    assert.equal(run(['train', 'toy', '--model', 'c', '--seed', '5', ...quick]).code, 0);
    assert.ok(parameters('a').equals(parameters('b')));
    assert.ok(!parameters('a').equals(parameters('c')));
  });

  it('takes development and test sets by option', () => {
    const result = lastLine(run(['train', 'toy/train.conll', '--dev', 'toy/dev.conll', '--test', 'toy/test.conll', '--json', ...quick]));
    assert.ok(result.dev && result.test);
  });

  it('labels tokens as a filter: rows in, rows with one more column out', () => {
    const { code, stdout } = run(['tag', '--model', 'm.safetensors'], 'the\ncat\n\nthe dog\r\nsleeps\tx\n');
    assert.equal(code, 0);
    assert.match(stdout, /^the\tD\ncat\tN\n\nthe dog [DNV]\r\nsleeps\tx\tV\n$/);
  });

  it('writes nothing for nothing', () => {
    assert.deepEqual({ ...run(['tag', '--model', 'm.safetensors']), stderr: '' }, { code: 0, stdout: '', stderr: '' });
  });

  it('goes through many sentences in order', () => {
    const input = toyColumns(3000);
    const { stdout } = run(['tag', '--model', 'm.safetensors'], input);
    const rows = stdout.split('\n');
    assert.deepEqual(rows.map((row) => row.split('\t').slice(0, 2).join('\t')), input.split('\n'));
  });

  it('fails with 1, naming the file and line, and leaves no half-written model', () => {
    for (const [args, message] of [
      [['train', 'nowhere'], /nowhere: There is no such file/],
      [['train', 'toy', '--column', 'UPOS'], /no label column "UPOS"[^]*On offer: LABEL/],
      [['train', 'toy', '--model', 'toy'], /name a file for the model/],
      [['tag', '--model', 'toy/train.conll'], /toy\/train\.conll: /],
      [['evaluate', '--model', 'm.safetensors', 'nowhere.conll'], /nowhere\.conll: There is no such file/],
    ] as const) {
      const { code, stderr, stdout } = run([...args]);
      assert.equal(code, 1, args.join(' '));
      assert.match(stderr, message);
      assert.doesNotMatch(stderr, /\n {4}at /, 'no stack for a fault of the input');
      assert.equal(stdout, '');
    }
    writeFileSync(path.join(folder, 'bad.txt'), Buffer.from([0x61, 0x0a, 0xff, 0x0a]));
    const { code, stderr } = run(['tag', '--model', 'm.safetensors', 'bad.txt']);
    assert.equal(code, 1);
    assert.match(stderr, /bad\.txt:1: Not valid UTF-8/);
    assert.deepEqual(readdirSync(folder).filter((name) => name.endsWith('.tmp')), []);
  });

  it('stops a diverging run with the reason and what to change, and keeps no broken model', () => {
    const { code, stderr } = run(['train', 'toy', '--model', 'd', '--learning-rate', '100000', '--clip', '0', '--epochs', '5', '--hidden', '12', '--device', 'reference']);
    assert.equal(code, 1);
    assert.match(stderr, /learning rate/i);
  });

  it('says how it is used: 2 for bad usage, 0 for help', () => {
    const bad = run(['train']);
    assert.equal(bad.code, 2);
    assert.match(bad.stderr, /Usage:/);
    const help = run(['--help']);
    assert.equal(help.code, 0);
    assert.match(help.stdout, /^Usage:/);
    assert.match(run(['--version']).stdout, /^\d+\.\d+\.\d+\n$/);
  });
});
