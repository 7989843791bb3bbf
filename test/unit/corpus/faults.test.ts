import assert from 'node:assert/strict';
import { decodeUtf8 } from '../../../src/corpus/decode';
import { detectLayout } from '../../../src/corpus/formats/detect';
import { readCorpusFile } from '../../../src/corpus/formats/read';
import { summarise } from '../../../src/corpus/grouping';
import { offeredColumns } from '../../../src/corpus/labels/columns';
import { buildTrainingCorpus } from '../../../src/corpus/trainingCorpus';
import { problemsOf, readWorkspaceFile, sentencesOf, workspaceFile } from './sources';

describe('faulty files', () => {
  it('a malformed row is left out, the rest of its sentence stays', () => {
    const file = readWorkspaceFile('faults/malformed-row/train.conllu');
    assert.deepEqual(problemsOf(file), ['4 too-few-columns']);
    assert.deepEqual(sentencesOf(file, 'FORM'), [
      ['Dogs', '.'],
      ['Cats', 'sleep', '.'],
    ]);
  });

  it('a row with a bad ID is left out, and the rows behind it keep their line numbers', () => {
    const file = readWorkspaceFile('faults/bad-id/train.conllu');
    assert.deepEqual(problemsOf(file), ['4 bad-id']);
    assert.deepEqual(sentencesOf(file, 'FORM')[0], ['Dogs', 'loudly', '.']);
  });

  it('ragged rows are reported', () => {
    const file = readWorkspaceFile('faults/ragged/train.conll');
    assert.deepEqual(problemsOf(file), ['4 too-few-columns', '9 too-many-columns']);
    assert.deepEqual(file.layout.columns, ['FORM', 'POS', 'CHUNK', 'NER']);
  });

  it('an unknown label is reported at its line, and for a misplaced I how it is read', () => {
    const file = readWorkspaceFile('faults/unknown-label/train.conll');
    assert.deepEqual(problemsOf(file), ['8 unknown-label', '16 span-without-begin']);
    assert.match(file.problems[0].message, /“PERSON”/);
    assert.equal(file.problems[1].severity, 'information');
  });

  it('a label is quoted in short, and with what could not be seen written out', () => {
    const odd = `\u202E${'x'.repeat(10_000)}`;
    const text = `a\tB-PER\nb\tI-PER\nc\tO\n\n`.repeat(20) + `d\t${odd}\n`;
    const layout = detectLayout('f.iob2', text)!;
    const [{ code, message }] = readCorpusFile('f', 'f.iob2', text, layout).problems;
    assert.equal(code, 'unknown-label');
    assert.ok(message.includes(`“‹U+202E›${'x'.repeat(58)}…”`), message.slice(0, 200));
    assert.ok(message.length < 300);
  });

  it('invalid UTF-8 is an error at its line', () => {
    const { problems } = decodeUtf8('f', workspaceFile('faults/invalid-utf8/train.conll'));
    assert.deepEqual(
      problems.map(({ line, startColumn, code, severity }) => [line + 1, startColumn, code, severity]),
      [[9, 3, 'invalid-utf8', 'error']],
    );
  });

  it('Latin-1 is an error at each such line, and none once it is decoded as Latin-1', () => {
    const bytes = workspaceFile('faults/latin-1/train.conll');
    assert.deepEqual(
      decodeUtf8('f', bytes).problems.map(({ line }) => line + 1),
      [1, 4, 7, 10],
    );
    const file = readCorpusFile('f', 'train.conll', new TextDecoder('latin1').decode(bytes));
    assert.deepEqual(sentencesOf(file, 'FORM')[0], ['Renée', 'wohnt', 'in', 'Köln', '.']);
    assert.deepEqual(file.problems, []);
  });

  it('an empty file is a warning', () => {
    assert.ok(detectLayout('empty/train.conll', ''));
    assert.deepEqual(problemsOf(readWorkspaceFile('faults/empty/train.conll')), ['1 empty-file']);
  });

  it('a column with one label is a warning, and cannot be trained on', () => {
    const file = readWorkspaceFile('faults/one-label/train.conll');
    assert.deepEqual(problemsOf(file), ['1 one-label']);
    assert.deepEqual(offeredColumns(file.layout, [summarise(file, 'train.conll').columns]), []);
    assert.throws(() => buildTrainingCorpus([{ file, path: 'train.conll' }], 'LABEL', 1), {
      name: 'InputError',
    });
  });

  it('a label in development data only is a warning, and numbered −1', () => {
    const sources = ['train', 'dev'].map((name) => ({
      file: readWorkspaceFile(`faults/dev-only-label/${name}.conll`),
      path: `${name}.conll`,
    }));
    const corpus = buildTrainingCorpus(sources, 'LABEL', 1);
    assert.deepEqual(
      corpus.problems.map(({ line, code }) => `${line + 1} ${code}`),
      ['4 label-not-in-training'],
    );
    assert.deepEqual(
      [...corpus.splits.development.labels],
      [1, 0, 0, -1, 0].map((label) => (label < 0 ? -1 : corpus.labels.indexOf(['O', 'B-PER'][label]))),
    );
  });
});
