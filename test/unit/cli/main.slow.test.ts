import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { toyColumns } from '../engine/toyCorpus';

const script = path.resolve('dist/cli.js');
const folder = mkdtempSync(path.join(os.tmpdir(), 'rnn-tagger-cli-'));

interface Result {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(args: readonly string[], input = ''): Result {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    cwd: folder,
    input,
    encoding: 'utf8',
    timeout: 600_000,
  });
  return { code: status, stdout, stderr };
}
/** The JSON object on the last line of stdout. */
function lastLine(
  result: Result,
): Record<string, unknown> & { dev: Record<string, number>; test: Record<string, number> } {
  assert.equal(result.code, 0, result.stderr);
  return JSON.parse(result.stdout.trimEnd().split('\n').at(-1) ?? '');
}
const quick = [
  '--hidden',
  '12',
  '--embedding',
  '8',
  '--batch',
  '4',
  '--epochs',
  '8',
  '--learning-rate',
  '0.01',
  '--device',
  'reference',
];

describe('rnn-tagger on the command line', function () {
  this.timeout(1_200_000);
  before(() => {
    mkdirSync(path.join(folder, 'toy'));
    writeFileSync(path.join(folder, 'toy/train.conll'), toyColumns(200));
    writeFileSync(path.join(folder, 'toy/dev.conll'), toyColumns(30, 1000));
    writeFileSync(path.join(folder, 'toy/test.conll'), toyColumns(30, 2000));
  });
  after(() => rmSync(folder, { recursive: true }));

  it('reports what is in a corpus, as text and as JSON, and ends with 1 where nothing can be read', () => {
    const text = run(['check', 'toy']);
    assert.equal(text.code, 0, text.stderr);
    assert.match(text.stdout, /^# Corpus report\n/);
    assert.match(text.stdout, /### Labels of /);
    const json = run(['check', 'toy', '--json']);
    assert.equal((JSON.parse(json.stdout) as { corpora: unknown[] }).corpora.length, 1);
    writeFileSync(path.join(folder, 'letter.txt'), 'Dear reader,\n\nthis is prose.\n');
    const prose = run(['check', 'letter.txt']);
    assert.equal(prose.code, 1);
    assert.match(prose.stdout, /letter\.txt:1: Not read as a corpus/);
  });

  it('trains on a folder, scores development and test data, and prints one JSON object last', () => {
    const result = lastLine(run(['train', 'toy', '--model', 'm.safetensors', '--json', ...quick]));
    assert.deepEqual(Object.keys(result), [
      'device',
      'tokens',
      'epochs',
      'seconds',
      'tokensPerSecond',
      'dev',
      'test',
    ]);
    assert.equal(result.device, 'reference');
    assert.equal(result.epochs, 8);
    assert.ok(result.dev.accuracy > 0.5 && result.dev.loss > 0);
    assert.deepEqual(Object.keys(result.dev), ['loss', 'accuracy', 'calibrationError', 'temperature']);
    assert.deepEqual(Object.keys(result.test), Object.keys(result.dev));
  });

  it('scores the saved model as it did in training', () => {
    const trained = lastLine(run(['train', 'toy', '--model', 'same.safetensors', '--json', ...quick]));
    const scored = lastLine(
      run(['evaluate', '--model', 'same.safetensors', 'toy', '--json', '--device', 'reference']),
    );
    assert.equal(scored.test.accuracy, trained.test.accuracy);
    assert.ok(
      Math.abs(scored.test.loss - trained.test.loss) < 1e-4 * trained.test.loss,
      'parameters are kept in float32',
    );
  });

  it('takes no more threads than there are cores, and says so in one line', () => {
    const cores = os.availableParallelism();
    const told = new RegExp(
      `^${cores} threads? (is|are) used and not [0-9,]+: as many as this machine has cores\\.$`,
    );
    const lines = ({ code, stderr }: Result): number => {
      assert.equal(code, 0, stderr);
      return stderr.split('\n').filter((line) => told.test(line)).length;
    };
    const simd = ['--device', 'simd', '--threads'];
    const trained = run([
      'train',
      'toy',
      '--model',
      't.safetensors',
      ...quick,
      '--epochs',
      '1',
      ...simd,
      '1024',
    ]);
    assert.equal(lines(trained), 1);
    const tag = ['tag', '--model', 't.safetensors', ...simd];
    assert.equal(lines(run([...tag, '100000'], 'a\n')), 1);
    assert.equal(lines(run([...tag, String(cores)], 'a\n')), 0);
    assert.equal(lines(run(['evaluate', '--model', 't.safetensors', 'toy', ...simd, '4000000000'])), 1);
  });

  it('evaluates label by label: as tables, and whole in the JSON object', () => {
    const { stderr, ...result } = run([
      'evaluate',
      '--model',
      'same.safetensors',
      'toy',
      '--json',
      '--device',
      'reference',
    ]);
    const { labels, confusions, tokens, test } = lastLine({ stderr, ...result }) as unknown as {
      labels: { label: string; gold: number; correct: number }[];
      confusions: [string, string, number][];
      tokens: number;
      test: { accuracy: number };
    };
    assert.deepEqual(labels.map(({ label }) => label).sort(), ['D', 'N', 'V']);
    assert.equal(
      labels.reduce((sum, { gold }) => sum + gold, 0),
      tokens,
    );
    assert.equal(labels.reduce((sum, { correct }) => sum + correct, 0) / tokens, test.accuracy);
    assert.equal(
      confusions.reduce((sum, [, , count]) => sum + count, 0),
      tokens,
    );
    assert.match(stderr, /^label +precision +recall +F1 +gold +predicted +correct$/m);
    for (const { label, gold } of labels)
      assert.match(stderr, new RegExp(`^${label} .* ${gold} +\\d+ +\\d+$`, 'm'));
    assert.equal(
      /^gold +predicted +tokens$/m.test(stderr),
      confusions.some(([gold, predicted]) => gold !== predicted),
    );
  });

  it('tells recall of words outside of training, where it knows the training data', () => {
    const segmented = (sentences: readonly string[]): string =>
      sentences
        .map((sentence) =>
          sentence
            .split(' ')
            .map((word) =>
              [...word]
                .map(
                  (character, i) =>
                    `${character}\t${word.length === 1 ? 'S' : i === 0 ? 'B' : i === word.length - 1 ? 'E' : 'M'}\n`,
                )
                .join(''),
            )
            .join(''),
        )
        .join('\n');
    mkdirSync(path.join(folder, 'cut'));
    writeFileSync(
      path.join(folder, 'cut/train.bmes'),
      segmented(['今天 天气 好', '我 爱 好 天气', '今天 我 好']),
    );
    writeFileSync(path.join(folder, 'cut/dev.bmes'), segmented(['今天 天 气 好', '我 爱 天']));
    const train = run(['train', 'cut', '--model', 'cut.safetensors', '--json', ...quick]);
    const { dev } = lastLine(train);
    assert.deepEqual(Object.keys(dev), [
      'loss',
      'accuracy',
      'precision',
      'recall',
      'f1',
      'calibrationError',
      'temperature',
      'oovRecall',
      'ivRecall',
    ]);
    assert.match(train.stderr, /^development: .*F1 .*OOV recall [\d.]+ %, IV recall [\d.]+ %$/m);
    const evaluate = [
      'evaluate',
      '--model',
      'cut.safetensors',
      'cut/dev.bmes',
      '--json',
      '--device',
      'reference',
    ];
    // In training, calibration is measured on one half of the development data.
    const shares = ({ accuracy, precision, recall, f1, oovRecall, ivRecall }: Record<string, number>) => ({
      accuracy,
      precision,
      recall,
      f1,
      oovRecall,
      ivRecall,
    });
    assert.deepEqual(shares(lastLine(run([...evaluate, '--training', 'cut'])).test), shares(dev));
    assert.deepEqual(Object.keys(lastLine(run(evaluate)).test), [
      'loss',
      'accuracy',
      'precision',
      'recall',
      'f1',
      'calibrationError',
      'temperature',
    ]);
    const other = run(['evaluate', '--model', 'same.safetensors', 'toy', '--training', 'toy']);
    assert.equal(other.code, 0);
    assert.match(other.stderr, /--training makes no difference here/);
  });

  it('gives the same model to the byte for a seed and device, but for its date', () => {
    const parameters = (name: string): Buffer => {
      const bytes = readFileSync(path.join(folder, name));
      return bytes.subarray(8 + Number(bytes.readBigUInt64LE(0)));
    };
    for (const name of ['a', 'b'])
      assert.equal(run(['train', 'toy', '--model', name, '--seed', '4', ...quick]).code, 0);
    assert.equal(run(['train', 'toy', '--model', 'c', '--seed', '5', ...quick]).code, 0);
    assert.ok(parameters('a').equals(parameters('b')));
    assert.ok(!parameters('a').equals(parameters('c')));
  });

  it('takes development and test sets by option', () => {
    const result = lastLine(
      run([
        'train',
        'toy/train.conll',
        '--dev',
        'toy/dev.conll',
        '--test',
        'toy/test.conll',
        '--json',
        ...quick,
      ]),
    );
    assert.ok(result.dev && result.test);
  });

  it('labels tokens as a filter: rows in, rows with one more column out', () => {
    const { code, stdout } = run(['tag', '--model', 'm.safetensors'], 'the\ncat\n\nthe dog\r\nsleeps\tx\n');
    assert.equal(code, 0);
    assert.match(stdout, /^the\tD\ncat\tN\n\nthe dog [DNV]\r\nsleeps\tx\tV\n$/);
  });

  it('labels CoNLL-U and columns token by token, and leaves comments and other rows alone', () => {
    const rows = (...words: string[]): string =>
      words.map((word, i) => `${i + 1}\t${word}\t_\t_\t_\t_\t_\t_\t_\t_\n`).join('');
    const conllu = run(
      ['tag', '--model', 'm.safetensors'],
      `\n\n# text = the cat\n${rows('the', 'cat')}x\tbad\t_\n\n${rows('dog')}\n`,
    );
    assert.equal(conllu.code, 0);
    const labelled = conllu.stdout.split('\n').filter((row) => row.split('\t').length === 11);
    assert.deepEqual(
      labelled.map((row) =>
        row
          .split('\t')
          .filter((_, i) => i === 1 || i === 10)
          .join(' '),
      ),
      ['the D', 'cat N', 'dog N'],
    );
    assert.ok(
      conllu.stdout.startsWith('\n\n# text = the cat\n1\tthe') && conllu.stdout.includes('\nx\tbad\t_\n'),
    );
    assert.match(conllu.stderr, /\(stdin\):6:/);
  });

  it('writes nothing for nothing', () => {
    assert.deepEqual(
      { ...run(['tag', '--model', 'm.safetensors']), stderr: '' },
      { code: 0, stdout: '', stderr: '' },
    );
  });

  it('goes through many sentences in order', () => {
    const input = toyColumns(3000);
    const { stdout } = run(['tag', '--model', 'm.safetensors'], input);
    const rows = stdout.split('\n');
    assert.deepEqual(
      rows.map((row) => row.split('\t').slice(0, 2).join('\t')),
      input.split('\n'),
    );
  });

  it('keeps the model of a run whose worker died, and of one whose output nobody reads', () => {
    const broken = path.join(folder, 'broken');
    mkdirSync(broken);
    for (const name of readdirSync('dist'))
      writeFileSync(path.join(broken, name), readFileSync(path.join('dist', name)));
    const diesAfterItsSecondCheckpoint = `
      const { parentPort } = require('node:worker_threads');
      const post = parentPort.postMessage.bind(parentPort);
      let checkpoints = 0;
      parentPort.postMessage = (message, transfer) => {
        post(message, transfer);
        if (message.type === 'checkpoint' && ++checkpoints === 2)
          setTimeout(() => { throw new Error('boom'); });
      };
    `;
    writeFileSync(
      path.join(broken, 'trainer.js'),
      diesAfterItsSecondCheckpoint + readFileSync('dist/trainer.js', 'utf8'),
    );
    const args = [
      'train',
      'toy',
      '--model',
      'saved.safetensors',
      '--hidden',
      '8',
      '--epochs',
      '1000000',
      '--device',
      'reference',
    ];
    const { status, stderr } = spawnSync(process.execPath, [path.join(broken, 'cli.js'), ...args], {
      cwd: folder,
      encoding: 'utf8',
      timeout: 600_000,
    });
    assert.equal(status, 1);
    assert.match(stderr, /boom/);
    assert.equal(run(['evaluate', '--model', 'saved.safetensors', 'toy']).code, 0);
    const piped = spawnSync(
      'bash',
      [
        '-c',
        `"${process.execPath}" "${script}" train toy --model piped.safetensors ${quick.join(' ')} 2>&1 | head -1`,
      ],
      { cwd: folder, timeout: 600_000 },
    );
    assert.equal(piped.status, 0);
    assert.equal(run(['evaluate', '--model', 'piped.safetensors', 'toy']).code, 0);
  });

  it('writes through a link, and nowhere but to a regular file', () => {
    symlinkSync('target.safetensors', path.join(folder, 'link.safetensors'));
    writeFileSync(path.join(folder, 'target.safetensors'), '');
    assert.equal(run(['train', 'toy', '--model', 'link.safetensors', ...quick]).code, 0);
    assert.ok(lstatSync(path.join(folder, 'link.safetensors')).isSymbolicLink());
    assert.equal(run(['evaluate', '--model', 'target.safetensors', 'toy']).code, 0);
    for (const [model, message] of [
      ['/dev/null', /no regular file/],
      ['toy/train.conll/x', /not a folder/],
    ] as const) {
      const { code, stderr } = run(['train', 'toy', '--model', model, ...quick]);
      assert.equal(code, 1);
      assert.match(stderr, message);
    }
  });

  it('scores the split that a folder is named for, as training splits it', () => {
    for (const split of ['train', 'dev']) {
      mkdirSync(path.join(folder, 'split', split), { recursive: true });
      writeFileSync(
        path.join(folder, 'split', split, 'x.conll'),
        toyColumns(split === 'train' ? 100 : 10, 3000),
      );
    }
    const { stderr } = run(['train', 'split', '--model', 'split.safetensors', ...quick]);
    const development = /([\d,]+) development/.exec(stderr)?.[1];
    assert.equal(
      lastLine(run(['evaluate', '--model', 'split.safetensors', 'split', '--json'])).tokens?.toLocaleString(),
      development,
    );
    mkdirSync(path.join(folder, 'test'));
    writeFileSync(path.join(folder, 'test/a.conll'), toyColumns(30));
    writeFileSync(path.join(folder, 'test/b.conll'), toyColumns(30, 50));
    assert.equal(
      run(['train', 'test', ...quick]).code,
      0,
      'a folder called test is no test set by that alone',
    );
  });

  it('does not take held-out data for a development set that was named', () => {
    writeFileSync(path.join(folder, 'words.txt'), 'just\nwords\n');
    const { code, stderr } = run(['train', 'toy/train.conll', '--dev', 'words.txt', ...quick]);
    assert.equal(code, 1);
    assert.match(stderr, /words\.txt: This file could not be read/);
    assert.equal(run(['train', 'toy', '--dev', 'toy/dev.conll', '--test', 'toy/dev.conll']).code, 2);
  });

  it('refuses with 2 where a file can be read in several ways, with an option to copy for each', () => {
    mkdirSync(path.join(folder, 'open'));
    const inGreek = (word: string): string =>
      word.replace(/[a-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0x350));
    const rows = toyColumns(30).replace(/^(\S+)\t/gm, (_, word: string) => `${word}\t${inGreek(word)}\t`);
    writeFileSync(path.join(folder, 'open/words.conll'), rows);
    const refused = run(['train', 'open/words.conll', '--model', 'open.st', ...quick]);
    assert.equal(refused.code, 2, refused.stderr);
    const [message, first, example] = refused.stderr.split('\n');
    assert.equal(
      message,
      'rnn-tagger: open/words.conll: It is not clear which of its columns holds the words. Say it with one of:',
    );
    assert.equal(first, '  --columns "form _ LABEL"');
    assert.match(example, /^ {6}\S+\/\S+ /);
    assert.match(refused.stderr, /^ {2}--columns "_ form LABEL"$/m);
    assert.doesNotMatch(refused.stderr, /Usage|--hidden/);
    assert.equal(readdirSync(folder).includes('open.st'), false);
    assert.equal(run(['train', 'open/words.conll', '--columns', '_ form LABEL', ...quick]).code, 0);
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
    assert.match(stderr, /bad\.txt:2: Not valid UTF-8/);
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.endsWith('.tmp')),
      [],
    );
  });

  it('stops a diverging run with the reason and what to change, and keeps no broken model', () => {
    const { code, stderr } = run([
      'train',
      'toy',
      '--model',
      'd',
      '--learning-rate',
      '100000',
      '--clip',
      '0',
      '--epochs',
      '5',
      '--hidden',
      '12',
      '--device',
      'reference',
    ]);
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
