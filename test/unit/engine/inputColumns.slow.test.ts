import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ModelInfo, TaggedToken, TagInput } from '../../../src/engine/taggerProtocol';
import { TaggerService } from '../../../src/engine/taggerService';
import { createReferenceDevice } from '../../../src/kernels/reference/device';
import { entityColumns, rowsOf } from './toyCorpus';

const folder = mkdtempSync(path.join(os.tmpdir(), 'rnn-tagger-columns-'));
const test = entityColumns(20, 2000);
const gold = test.flat().map(([, , , entity]) => entity);

function run(args: readonly string[], input = ''): { code: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.resolve('dist/cli.js'), ...args], {
    cwd: folder,
    input,
    encoding: 'utf8',
    timeout: 600_000,
  });
  return { code: status, stdout, stderr };
}

const train = (...args: string[]) =>
  run([
    'train',
    'ner',
    '--column',
    'NER',
    '--hidden',
    '12',
    '--embedding',
    '8',
    '--batch',
    '4',
    '--epochs',
    '6',
    '--learning-rate',
    '0.02',
    '--device',
    'reference',
    ...args,
  ]);
const json = ({ stdout, stderr }: { stdout: string; stderr: string }): { test: { accuracy: number } } =>
  JSON.parse(stdout.trimEnd().split('\n').at(-1) || assert.fail(stderr));
/** The last field of each row. */
const lastFields = (text: string): string[] =>
  text
    .split('\n')
    .filter((row) => row !== '')
    .map((row) => row.slice(row.lastIndexOf(' ') + 1));

describe('A model that reads further columns', function () {
  this.timeout(1_200_000);
  before(() => {
    mkdirSync(path.join(folder, 'ner'));
    const write = (name: string, sentences: string[][][]): void =>
      writeFileSync(path.join(folder, 'ner', name), `-DOCSTART- -X- O O\n\n${rowsOf(sentences, 0, 1, 2, 3)}`);
    write('train.conll', entityColumns(120));
    write('dev.conll', entityColumns(20, 1000));
    write('test.conll', test);
    const { code, stderr } = train('--input-columns', 'pos,3', '--model', 'm.safetensors');
    assert.equal(code, 0, stderr);
  });
  after(() => rmSync(folder, { recursive: true }));

  describe('on the command line', () => {
    it('learns from them what the words alone do not show', () => {
      const result = run(['evaluate', '--model', 'm.safetensors', 'ner', '--json']);
      assert.equal(json(result).test.accuracy, 1);
      assert.doesNotMatch(result.stderr, /The model also reads/);
      assert.ok(json(train('--json')).test.accuracy < 0.8);
    });

    it('reads them from the rows that it tags, whether these have a label or not', () => {
      for (const columns of [
        [0, 1, 2, 3],
        [0, 1, 2],
      ]) {
        for (const file of [[], ['rows.conll']]) {
          const rows = rowsOf(test, ...columns);
          writeFileSync(path.join(folder, 'rows.conll'), rows);
          const { code, stdout, stderr } = run(
            ['tag', '--model', 'm.safetensors', ...file],
            file.length === 0 ? rows : '',
          );
          assert.deepEqual([code, stderr], [0, '']);
          assert.deepEqual(lastFields(stdout), gold);
        }
      }
    });

    it('tags rows that lack them, with one warning', () => {
      const tagged = run(['tag', '--model', 'm.safetensors'], rowsOf(entityColumns(1500), 0));
      assert.equal(tagged.code, 0);
      assert.equal(
        tagged.stderr,
        'The model also reads the columns POS, CHUNK, which this input does not have: labels will be worse.\n',
      );
      assert.equal(
        tagged.stdout.split('\n').filter((row) => /^\w+\t(O|[BI]-PER)$/.test(row)).length,
        entityColumns(1500).flat().length,
      );
      const plus = test
        .map(
          (rows) =>
            `${rows.map(([word, pos, , entity], i) => `${i + 1}\t${word}\t${pos}\t${entity}\n`).join('')}\n`,
        )
        .join('');
      writeFileSync(path.join(folder, 'plus.conllup'), `# global.columns = ID FORM POS NER\n${plus}`);
      const scored = run(['evaluate', '--model', 'm.safetensors', 'plus.conllup', '--json']);
      assert.match(
        scored.stderr,
        /^The model also reads the column CHUNK, which this input does not have: labels will be worse\.$/m,
      );
      assert.ok(json(scored).test.accuracy > 0.9);
    });

    it('is not trained on columns that the corpus lacks: the error lists those that it has', () => {
      const { code, stderr } = train('--input-columns', 'LEMMA');
      assert.equal(code, 1);
      assert.match(
        stderr,
        /There is no column LEMMA to read\.\nColumns that can be read beside the word: POS, CHUNK\./,
      );
    });
  });

  describe('in the tagger', () => {
    const service = new TaggerService(() => Promise.resolve(createReferenceDevice()));
    const layout = {
      kind: 'columns',
      columns: ['FORM', 'POS', 'CHUNK', 'NER'],
      form: 0,
      separator: ' ',
    } as const;
    const rows: TagInput = { kind: 'rows', text: rowsOf(test, 0, 1, 2, 3), firstLine: 3, layout };
    const text: TagInput = {
      kind: 'text',
      text: 'the dog sees',
      firstLine: 0,
      firstColumn: 0,
      markdown: false,
    };
    before(async () => {
      const info = (await service.handle({
        type: 'load',
        key: 'm',
        bytes: new Uint8Array(readFileSync(path.join(folder, 'm.safetensors'))),
      })) as ModelInfo;
      assert.deepEqual(info.settings.columns, ['pos', '3']);
    });
    const tag = async (input: TagInput) =>
      (await service.handle({ type: 'tag', key: 'm', input })) as TaggedToken[];
    const label = async (input: TagInput) =>
      (await service.handle({ type: 'label', key: 'm', input, file: 'f' })) as { text: string };

    it('reads them from rows', async () => {
      const tokens = await tag(rows);
      assert.deepEqual(
        tokens.map((token) => token.label),
        gold,
      );
      assert.ok(tokens.every((token) => token.probability > 0.5));
      assert.equal((await label(rows)).text, rows.text);
    });

    it('tags rows that lack them, and plain text', async () => {
      const short: TagInput = {
        ...rows,
        text: rowsOf(test, 0, 3),
        layout: { ...layout, columns: ['FORM', 'LABEL'] },
      };
      assert.equal((await tag(short)).length, gold.length);
      assert.deepEqual(
        (await tag(text)).map(({ startColumn }) => startColumn),
        [0, 4, 8],
      );
      assert.match((await label(text)).text, /^the\t\S+\ndog\t\S+\nsees\t\S+\n\n$/);
    });
  });
});
