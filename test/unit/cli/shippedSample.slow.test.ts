import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const script = path.resolve('dist/cli.js');
const files = readdirSync('sample', { recursive: true, encoding: 'utf8' })
  .map((name) => path.join('sample', name))
  .filter((file) => statSync(file).isFile());

describe('the sample that is shipped', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'rnn-tagger-sample-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('is small, says what it is and under which licence', () => {
    const sizeBytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
    assert.ok(sizeBytes < 1_000_000, `${sizeBytes} bytes`);
    assert.ok(files.includes(path.join('sample', 'README.md')));
    const corpora = files.filter((file) => file.endsWith('.conllu'));
    assert.equal(corpora.length, 2);
    for (const corpus of corpora) {
      const licence = readFileSync(path.join(path.dirname(corpus), 'LICENSE.txt'), 'utf8');
      assert.match(licence, /creativecommons\.org\/licenses\/by-sa\/4\.0/);
      assert.ok(licence.includes(path.basename(corpus)), `${corpus} in its licence`);
    }
  });

  it('is an excerpt of the workspace of the tests, sentence by sentence, with none in both splits', () => {
    const sentencesOf = (file: string): string[] =>
      readFileSync(file, 'utf8')
        .split('\n\n')
        .filter((sentence) => sentence.trim() !== '');
    const textOf = (sentence: string): string => /^# text = (.*)$/m.exec(sentence)?.[1] ?? sentence;
    const [dev, train] = ['dev', 'train'].map((split) => {
      const name = `UD_English-EWT/en_ewt-excerpt-${split}.conllu`;
      const whole = new Set(sentencesOf(`test/workspaces/sample/${name}`));
      const own = sentencesOf(`sample/${name}`);
      for (const sentence of own) assert.ok(whole.has(sentence), sentence);
      return own;
    });
    assert.deepEqual([train.length, dev.length], [572, 177]);
    const learned = new Set(train.map(textOf));
    const shared = dev.map(textOf).filter((text) => learned.has(text) && text.split(' ').length > 5);
    assert.deepEqual(shared, []);
  });

  it('is read without a word of complaint, and teaches a model that labels words of its letter', () => {
    const run = (...args: string[]) => spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
    const model = path.join(folder, 'model.safetensors');
    const trained = run(
      'train',
      'sample',
      '--column',
      'UPOS',
      '--model',
      model,
      '--seed',
      '1',
      '--device',
      'simd',
    );
    assert.equal(trained.status, 0, trained.stderr);
    assert.doesNotMatch(trained.stderr, /left out|malformed|shared/i);
    const [, accuracy] = /development: .*accuracy ([\d.]+) %/.exec(trained.stderr) ?? [];
    assert.ok(Number(accuracy) > 87, trained.stderr);
    // The letter's first words, one a line, as the command takes them.
    const input = "I\n'm\nwriting\nfrom\nLisbon\n,\nwhere\nit\nhas\nn't\nrained\nsince\nTuesday\n.\n";
    const tagged = spawnSync(process.execPath, [script, 'tag', '--model', model], {
      encoding: 'utf8',
      input,
    });
    assert.equal(tagged.status, 0, tagged.stderr);
    for (const row of [/^Lisbon\tPROPN$/m, /^writing\tVERB$/m, /^it\tPRON$/m])
      assert.match(tagged.stdout, row);
  });
});
