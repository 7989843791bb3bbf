import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compareSources } from '../../../src/engine/compareSources';
import type { ComparedSource } from '../../../src/engine/compareSources';
import { readSource } from '../../../src/engine/source';
import type { LabelComparison } from '../../../src/training/labelComparison';

const compare = (left: ComparedSource, right: ComparedSource, column: string): LabelComparison =>
  compareSources({ left, right, column, replaceInvalidBytes: false });

/** A file, as a corpus knows it that another one stands for. */
function source(path: string, content: string, model = content): ComparedSource {
  const { file } = readSource({ file: path, path, content: model, chosen: true }, false);
  return { source: { file: path, path, content, chosen: true }, corpus: file && { layout: file.layout } };
}

/** A table of twenty sentences. */
const csv = (header: string, ...rows: readonly string[]): string =>
  `${header}\n${Array<string>(20)
    .fill(`${rows.join('\n')}\n\n`)
    .join('')}`;

type Span = readonly [type: string, start: number, end: number];

const text = 'Ann Lee lives in New York-City. She likes it. Bob left.\n';

function annotated(spans: readonly Span[], name = 'a.txt'): ComparedSource {
  const annotations = spans.map(
    ([type, start, end], i) => `T${i + 1}\t${type} ${start} ${end}\t${text.slice(start, end)}\n`,
  );
  const file = name.replace(/^(.*)\.(?:txt|(md))$/, (_, stem: string, md) => `${stem}${md ? '.md' : ''}.ann`);
  return {
    source: { file: name, path: name, content: text, companion: { file, content: annotations.join('') } },
  };
}

describe('a comparison of two files', () => {
  it('takes the column of the same name, wherever it stands', () => {
    const left = source('a.csv', csv('token,pos,ner', 'Ann,NOUN,B-PER', 'lives,VERB,O', 'Rome,NOUN,B-LOC'));
    const right = source('b.csv', csv('token,ner,pos', 'Ann,B-PER,NOUN', 'lives,O,VERB', 'Rome,B-LOC,NOUN'));
    const { labels, spans } = compare(left, right, 'ner');
    assert.equal(labels?.accuracy, 1);
    assert.equal(spans?.correct, 40);
  });

  it('takes a column of a file whose names were guessed by its place in the corpus', () => {
    // By itself the second file has parts of speech in both columns.
    const corpus = source('a.conll', 'Ann NNP B-PER\nlives VBZ O\nin IN O\nRome NNP B-LOC\n');
    const plain = 'Ann NNP O\nlives VBZ O\nin IN O\nRome NNP O\n';
    const { tokens, spans } = compare(corpus, source('b.conll', plain, plain), 'LABEL');
    assert.equal(tokens, 4);
    assert.deepEqual([spans?.gold, spans?.predicted], [2, 0]);
  });

  it('says which labels a file has where it has not those that are asked for', () => {
    const rows = ['Ann,NOUN,B-PER', 'lives,VERB,O', 'Rome,NOUN,B-LOC'];
    const left = source('a.csv', csv('token,pos,ner', ...rows));
    const right = source('b.csv', csv('token,pos,names', ...rows));
    assert.throws(
      () => compare(left, right, 'ner'),
      (error: Error & { details?: { file?: string; hint?: string } }) =>
        /no labels ner in it/.test(error.message) &&
        error.details?.file === 'b.csv' &&
        /pos/.test(error.details.hint ?? ''),
    );
  });

  it('counts a span that cuts a token on one side alone', () => {
    const left = annotated([
      ['PER', 0, 7],
      ['LOC', 17, 25],
    ]);
    const right = annotated([
      ['PER', 0, 7],
      ['LOC', 17, 30],
    ]);
    const { spans, leftOnly, rightOnly, differences, labels } = compare(left, right, 'LABEL');
    assert.deepEqual([spans?.gold, spans?.predicted, spans?.correct], [2, 2, 1]);
    assert.deepEqual([leftOnly, rightOnly], [0, 0]);
    assert.deepEqual(
      differences.map(({ line, left: one, right: other }) => [line, one, other]),
      [[0, 'LOC (New York)', 'LOC']],
    );
    assert.ok((labels?.accuracy ?? 1) < 1);
  });

  it('counts a span that goes over the end of a sentence on one side alone', () => {
    const { spans, leftOnly, rightOnly, sentences } = compare(
      annotated([['LOC', 17, 35]]),
      annotated([['PER', 0, 3]]),
      'LABEL',
    );
    assert.deepEqual([spans?.gold, spans?.predicted, leftOnly, rightOnly], [1, 1, 0, 0]);
    assert.equal(sentences, 2);
  });

  it('counts each span of any two annotators of a text', () => {
    const span = fc
      .tuple(fc.constantFrom('PER', 'LOC'), fc.nat(text.length - 2), fc.integer({ min: 1, max: 20 }))
      .map(([type, start, length]): Span => [type, start, Math.min(start + length, text.length - 1)])
      .filter(([, start, end]) => text.slice(start, end).trim() === text.slice(start, end) && end > start);
    // Of one annotator no two overlap.
    const annotator = fc.array(span, { maxLength: 6 }).map((all) => {
      const kept: Span[] = [];
      for (const one of [...all].sort((a, b) => a[1] - b[1]))
        if (one[1] >= (kept.at(-1)?.[2] ?? 0)) kept.push(one);
      return kept;
    });
    fc.assert(
      fc.property(annotator, annotator, (one, other) => {
        const { spans, leftOnly, rightOnly, differing } = compare(annotated(one), annotated(other), 'LABEL');
        const same = one.filter((a) => other.some((b) => String(a) === String(b))).length;
        assert.deepEqual([leftOnly, rightOnly], [0, 0]);
        assert.deepEqual(
          [spans?.gold ?? 0, spans?.predicted ?? 0, spans?.correct ?? 0],
          [one.length, other.length, same],
        );
        assert.equal(differing === 0, same === one.length && same === other.length);
      }),
      { numRuns: 100 },
    );
  });
});
