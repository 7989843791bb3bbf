import assert from 'node:assert/strict';
import { columnAt } from '../../../src/corpus/corpusFile';
import { readCorpusFile } from '../../../src/corpus/formats/read';
import { sentencesOf } from '../../../src/corpus/sharedSentences';
import { resolveColumns } from '../../../src/corpus/trainingCorpus';
import { rankSuspects } from '../../../src/training/rankSuspects';

/** Ranks suspect labels of a text, given as rows `word label suggested` with equal margins. */
function order(scheme: 'IOB2' | 'none', ...sentences: readonly string[]): string[] {
  const rows = sentences.map((sentence) => sentence.split(', ').map((row) => row.split(' ')));
  const text = rows.map((all) => all.map(([word, label]) => `${word}\t${label}\n`).join('')).join('\n');
  const layout = { kind: 'columns', columns: ['FORM', 'LABEL'], form: 0, separator: '\t' };
  const file = readCorpusFile('a.conll', 'c/a.conll', text, layout);
  const columns = resolveColumns([file], 'LABEL');
  const form = columnAt(file, 0);
  const suspects = rows
    .flat()
    .flatMap(([, label, suggested], token) =>
      suggested === undefined ? [] : [{ file, token, label, suggested, margin: 10 }],
    );
  const ranked = rankSuspects(suspects, sentencesOf(file), columns, scheme);
  assert.equal(ranked.length, suspects.length);
  return ranked.map(({ token }) => form.values[form.ids[token]]);
}

describe('the order of labels that may be wrong', () => {
  it('has those first whose word has the suggested label elsewhere, in any case', () => {
    assert.deepEqual(
      order('none', 'rain NOUN VERB, Walk NOUN VERB', 'walk VERB', 'rain NOUN', 'walk VERB').slice(0, 1),
      ['Walk'],
    );
  });

  it('has those last whose two labels models often confuse', () => {
    const [first] = order(
      'none',
      'a ADJ NOUN, b ADJ NOUN, c ADJ NOUN, d ADJ VERB',
      'e ADJ, f ADJ, g NOUN, h VERB',
    );
    assert.equal(first, 'd');
  });

  it('has parts of spans last, unless all of the span is of another type', () => {
    const ranked = order(
      'IOB2',
      'New B-LOC, York I-LOC I-ORG, of O, Emil B-PER B-ORG, Berg I-PER I-ORG',
      'of O, or O, Rita B-PER, is B-ORG, in B-LOC',
    );
    assert.deepEqual([ranked[2], new Set(ranked.slice(0, 2))], ['York', new Set(['Emil', 'Berg'])]);
  });

  it('says nothing against labels of words that are cut into characters', () => {
    assert.deepEqual(order('IOB2', 'a B I, b I B', 'a B, b I').sort(), ['a', 'b']);
  });
});
