import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { benchCorpus, taggingText } from '../../../bench/corpora';
import { torchEnvironment } from '../../../bench/peers/pytorch';
import { jsonLines, ProgramError, runProgram } from '../../../bench/programs';
import { temporaryFolder } from '../../../tools/vscode/profile.mjs';

const node = (script: string, options?: Parameters<typeof runProgram>[2]) =>
  runProgram(process.execPath, ['-e', script], options);

describe('bench: programs', () => {
  it('gives what a program printed, how long it took, and on Linux its peak memory', async () => {
    const { stdout, stderr, seconds, peakBytes } = await node(
      'const held = Buffer.alloc(150 << 20, 1); console.log("out"); console.error("err"); setTimeout(() => held, 1500)',
    );
    assert.deepEqual([stdout, stderr], ['out\n', 'err\n']);
    assert.ok(seconds >= 1.5);
    if (process.platform === 'linux') assert.ok(peakBytes! > 150 << 20);
  });

  it('reads and writes files', async () => {
    const [input, output] = ['in', 'out'].map((name) => path.join(temporaryFolder('bench'), name));
    await node('console.log("first")', { output: input });
    await node('process.stdin.pipe(process.stdout)', { input, output });
    assert.equal(readFileSync(output, 'utf8'), 'first\n');
  });

  it('says how a program failed, and with what words', async () => {
    await assert.rejects(
      node('console.error("no such thing"); process.exit(3)'),
      (error) =>
        error instanceof ProgramError &&
        /ended with 3: no such thing/.test(error.message) &&
        error.output === 'no such thing',
    );
    await assert.rejects(
      runProgram('/nowhere/at/all', []),
      (error) => error instanceof ProgramError && /ENOENT/.test(error.message),
    );
  });

  it('ends a program that takes too long', async () => {
    await assert.rejects(
      node('setInterval(() => undefined, 1000)', { timeoutMs: 300 }),
      /was ended after 0.3 s/,
    );
  });

  it('finds the lines that are JSON objects', () => {
    assert.deepEqual(jsonLines('loading…\n{"a":1}\n\n{"b":{"c":2}}\n'), [{ a: 1 }, { b: { c: 2 } }]);
  });

  it('removes environment variables that would slow PyTorch down, and no others', () => {
    const environment = {
      PATH: '/bin',
      OPENBLAS_CORETYPE: 'Haswell',
      OPENBLAS_L2_SIZE: '1',
      OPENBLAS_NUM_THREADS: '4',
      OMP_NUM_THREADS: '1',
    };
    assert.deepEqual(torchEnvironment(environment, {}), { PATH: '/bin' });
    assert.deepEqual(torchEnvironment(environment, { blasThreads: 1 }), {
      PATH: '/bin',
      OPENBLAS_NUM_THREADS: '1',
    });
  });
});

describe('bench: corpora', () => {
  it('takes the tokens of development and training set, without ranges, empty nodes and comments', () => {
    const { sentences, tokens, rows, plain } = taggingText(benchCorpus(true));
    const lines = rows.split('\n');
    assert.equal(lines.filter((line) => line !== '').length, tokens);
    assert.equal(rows.split('\n\n').length - 1, sentences);
    assert.equal(plain.split('\n\n').length - 1, sentences);
    // As the sample's README counts them.
    assert.equal(tokens, 17_557 + 3504);
    assert.ok(!lines.some((line) => line.startsWith('# ') || line.includes('\t')));
  });
});
