import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LabelScheme } from '../../../src/corpus/corpus';
import { readCorpusFile } from '../../../src/corpus/formats/read';
import { detectScheme } from '../../../src/corpus/labels/scheme';
import { spansOf } from '../../../src/corpus/labels/spans';
import { matchScores, scorePredictions } from '../../../src/training/metrics';
import { countChunks, extended, original } from './conlleval';
import type { ChunkRules } from './conlleval';
import { labelledSet } from './labelled';

/** A label, however it is written: its letter, O among them, and its type. */
type Label = readonly [letter: string, type: string];

/** How labels are written. */
interface Notation {
  readonly name: string;
  /** The letters that its scheme has besides O. */
  readonly letters: string;
  readonly scheme: LabelScheme;
  readonly rules: ChunkRules;
  readonly write: (label: Label) => string;
}

const dashed = ([letter, type]: Label): string => (letter === 'O' ? 'O' : `${letter}-${type}`);
const renamed =
  (letters: Readonly<Record<string, string>>) =>
  ([letter, type]: Label): string =>
    dashed([letters[letter] ?? letter, type]);
const withOutside =
  (outside: string) =>
  (label: Label): string =>
    label[0] === 'O' ? outside : dashed(label);

const schemes = [
  ['IOB1', 'BI', original],
  ['IOB2', 'BI', original],
  ['IOE1', 'IE', original],
  ['IOE2', 'IE', original],
  ['IOBES', 'BIES', extended],
] as const;

/** In each scheme. */
const everywhere: Readonly<Record<string, (label: Label) => string>> = {
  'B-X': dashed,
  B_X: (label) => dashed(label).replace('-', '_'),
  'B:X': (label) => dashed(label).replace('-', ':'),
  'b-X': ([letter, type]) => (letter === 'O' ? 'o' : `${letter.toLowerCase()}-${type}`),
  b_x: ([letter, type]) => (letter === 'O' ? 'o' : `${letter}_${type}`.toLowerCase()),
  '0 outside': withOutside('0'),
  '_ outside': withOutside('_'),
};

const notations: readonly Notation[] = [
  ...schemes.flatMap(([scheme, letters, rules]) => [
    ...Object.entries(everywhere).map(([name, write]) => ({ name, letters, scheme, rules, write })),
    ...['-', '_', ':'].map((border) => ({
      name: `X${border}B`,
      letters,
      scheme: `${scheme} suffix` as const,
      rules,
      write: ([letter, type]: Label): string => (letter === 'O' ? 'O' : `${type}${border}${letter}`),
    })),
  ]),
  ...[
    { name: 'BILOU', write: renamed({ E: 'L', S: 'U' }) },
    { name: 'BMES', write: renamed({ I: 'M' }) },
    { name: 'BMEWO', write: renamed({ I: 'M', S: 'W' }) },
  ].map((notation) => ({ ...notation, letters: 'BIES', scheme: 'IOBES' as const, rules: extended })),
];

/** Letters without types. */
const bare: readonly Notation[] = schemes.map(([scheme, letters, rules]) => ({
  name: 'letters alone',
  letters,
  scheme,
  rules,
  write: ([letter]) => letter,
}));

const types = ['PER', 'LOC', 'e-mail'];

/** Any labels of a scheme, valid or not. */
function anyLabels(letters: string, ofTypes = types): fc.Arbitrary<Label[]> {
  const label = fc
    .tuple(fc.constantFrom('O', ...letters), fc.constantFrom(...ofTypes))
    .map(([letter, type]): Label => [letter, letter === 'O' ? '' : type]);
  return fc.array(label, { maxLength: 12 });
}

/** Spans as the number of tokens before each, that of its own, and its type; neighbours may touch. */
const drawnSpans = fc.array(fc.tuple(fc.nat(2), fc.integer({ min: 1, max: 4 }), fc.constantFrom(...types)), {
  minLength: 1,
  maxLength: 5,
});
type DrawnSpans = readonly (readonly [before: number, length: number, type: string])[];

/** Labels that mark these spans by a scheme as it is defined. */
function validLabels(spans: DrawnSpans, scheme: string): Label[] {
  const labels: Label[] = [];
  spans.forEach(([before, length, type], i) => {
    for (let t = 0; t < before; t++) labels.push(['O', '']);
    const follows = i > 0 && before === 0 && spans[i - 1][2] === type;
    const next = spans.at(i + 1);
    const precedes = next !== undefined && next[0] === 0 && next[2] === type;
    for (let t = 0; t < length; t++) {
      const [first, last] = [t === 0, t === length - 1];
      const letter = {
        IOB1: first && follows ? 'B' : 'I',
        IOB2: first ? 'B' : 'I',
        IOE1: last && precedes ? 'E' : 'I',
        IOE2: last ? 'E' : 'I',
        IOBES: first && last ? 'S' : first ? 'B' : last ? 'E' : 'I',
      }[scheme];
      labels.push([letter ?? '', type]);
    }
  });
  labels.push(['O', '']);
  return labels;
}

const together = (gold: readonly Label[], predicted: readonly Label[], write: (label: Label) => string) =>
  gold.map((label, t) => [write(label), write(predicted.at(t) ?? ['O', ''])] as const);

function scoreOf(sentences: readonly (readonly (readonly [string, string])[])[], scheme: LabelScheme) {
  const { dataset, predictions, reading } = labelledSet(sentences, scheme);
  return scorePredictions(dataset, predictions, reading).spans;
}

describe('span scores in each notation', () => {
  for (const { name, letters, scheme, rules, write } of [...notations, ...bare]) {
    it(`are conlleval’s for ${scheme} written as ${name}, on any labels`, () => {
      const drawn = anyLabels(letters, name === 'letters alone' ? [''] : types);
      fc.assert(
        fc.property(fc.array(fc.tuple(drawn, drawn), { maxLength: 4 }), (pairs) => {
          const sentences = pairs.map(([gold, predicted]) => together(gold, predicted, write));
          const plain = pairs.map(([gold, predicted]) => together(gold, predicted, dashed));
          assert.deepEqual(scoreOf(sentences, scheme), matchScores(countChunks(plain, rules)));
        }),
        { numRuns: 300 },
      );
    });
  }

  for (const { name, scheme, rules, write } of notations) {
    it(`are so too where ${scheme} written as ${name} is told by the labels`, () =>
      fc.assert(
        fc.property(drawnSpans, drawnSpans, (one, other) => {
          const [gold, predicted] = [one, other].map((spans) =>
            validLabels(spans, scheme.replace(' suffix', '')),
          );
          const others = validLabels([[1, 2, 'PER']], scheme.replace(' suffix', ''));
          const found = detectScheme([gold.map(write), others.map(write)]);
          assert.deepEqual(
            scoreOf([together(gold, predicted, write)], found),
            matchScores(countChunks([together(gold, predicted, dashed)], rules)),
            `taken for ${found}`,
          );
        }),
        { numRuns: 300 },
      ));
  }

  it('are conlleval’s on runs of one type for labels that are types alone', () => {
    const drawn = anyLabels('I');
    fc.assert(
      fc.property(fc.array(fc.tuple(drawn, drawn), { maxLength: 4 }), (pairs) => {
        const sentences = pairs.map(([gold, predicted]) =>
          together(gold, predicted, ([letter, type]) => (letter === 'O' ? 'O' : type)),
        );
        const plain = pairs.map(([gold, predicted]) => together(gold, predicted, dashed));
        assert.deepEqual(scoreOf(sentences, 'IO'), matchScores(countChunks(plain, original)));
      }),
    );
  });

  it('are so where an empty field is outside', () => {
    fc.assert(
      fc.property(fc.array(drawnSpans, { minLength: 3, maxLength: 6 }), (all) => {
        const sentences = all.map(
          (spans) => [...validLabels(spans, 'IOB2'), ...Array(12).fill(['O', ''])] as Label[],
        );
        const text = sentences
          .map((labels) => labels.map((label, t) => `word${t}\t${withOutside('')(label)}\n`).join(''))
          .join('\n');
        const file = readCorpusFile('f.iob2', 'f.iob2', text);
        assert.equal(file.tokens, sentences.flat().length);
        const { values, ids } = file.columns[1];
        const read = Array.from(ids, (id) => values[id]);
        assert.deepEqual(read, sentences.flat().map(dashed));
      }),
      { numRuns: 50 },
    );
  });

  for (const [scheme] of schemes) {
    it(`of valid ${scheme} are those of the strict reading, in which only spans as the scheme defines them count`, () =>
      fc.assert(
        fc.property(drawnSpans, (spans) => {
          let at = 0;
          const defined = spans.map(([before, length, type]) => {
            const start = at + before;
            at = start + length;
            return { start, end: at, type };
          });
          assert.deepEqual(spansOf(validLabels(spans, scheme).map(dashed), scheme), defined);
        }),
      ));
  }

  it('differ from the strict reading on malformed labels: spans are repaired, not dropped', () => {
    const spans = (labels: string, scheme: LabelScheme): string[] =>
      spansOf(labels.split(' '), scheme).map(({ start, end, type }) => `${type} ${start}-${end}`);
    assert.deepEqual(spans('O I-X I-X O', 'IOB2'), ['X 1-3']);
    assert.deepEqual(spans('B-X I-Y O', 'IOB2'), ['X 0-1', 'Y 1-2']);
    assert.deepEqual(spans('I-X I-X O', 'IOE2'), ['X 0-2']);
    assert.deepEqual(spans('B-X I-X O', 'IOBES'), ['X 0-2']);
    assert.deepEqual(spans('B-X S-X E-X', 'IOBES'), ['X 0-1', 'X 1-2', 'X 2-3']);
  });
});
