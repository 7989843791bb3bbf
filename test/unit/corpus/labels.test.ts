import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LabelScheme, PrefixScheme, Span } from '../../../src/corpus/corpus';
import { parseLabel, splitLabel } from '../../../src/corpus/labels/notation';
import { detectScheme } from '../../../src/corpus/labels/scheme';
import { spansOf } from '../../../src/corpus/labels/spans';
import { mayFollow } from '../../../src/corpus/labels/validity';

const words = (labels: string): string[] => labels.split(' ');
const detect = (...sentences: string[]): LabelScheme => detectScheme(sentences.map(words));
const spans = (labels: string, scheme: LabelScheme = 'IOB2'): string[] =>
  spansOf(words(labels), scheme).map(({ start, end, type }) => `${start}-${end} ${type}`);

/** Labels that mark spans, by each scheme's definition: the reverse of reading them. */
function labelsOf(length: number, all: readonly Span[], scheme: PrefixScheme): string[] {
  const labels = Array.from({ length }, () => 'O');
  all.forEach(({ start, end, type }, i) => {
    const touchesBefore = i > 0 && all[i - 1].end === start && all[i - 1].type === type;
    const touchesAfter = i + 1 < all.length && all[i + 1].start === end && all[i + 1].type === type;
    for (let t = start; t < end; t++) {
      const first = t === start;
      const last = t === end - 1;
      const prefix = {
        IOB1: first && touchesBefore ? 'B' : 'I',
        IOB2: first ? 'B' : 'I',
        IOE1: last && touchesAfter ? 'E' : 'I',
        IOE2: last ? 'E' : 'I',
        IOBES: first && last ? 'S' : first ? 'B' : last ? 'E' : 'I',
      }[scheme];
      labels[t] = type ? `${prefix}-${type}` : prefix;
    }
  });
  return labels;
}

const schemes = ['IOB1', 'IOB2', 'IOE1', 'IOE2', 'IOBES'] as const;

/** Spans that do not overlap, some of them touching, in a sentence of a given length. */
const spanned = fc
  .array(
    fc.record({
      gap: fc.integer({ min: 0, max: 2 }),
      length: fc.integer({ min: 1, max: 4 }),
      type: fc.constantFrom('PER', 'LOC', 'B-x', ''),
    }),
    { maxLength: 8 },
  )
  .chain((parts) =>
    fc.integer({ min: 0, max: 2 }).map((rest) => {
      let at = 0;
      const all = parts.map(({ gap, length, type }) => {
        const start = at + gap;
        at = start + length;
        return { start, end: at, type };
      });
      return { length: at + rest, spans: all };
    }),
  );

describe('label schemes', () => {
  it('recognises a scheme by its labels', () => {
    assert.equal(detect('B-PER I-PER O', 'O B-LOC O'), 'IOB2');
    assert.equal(detect('I-PER I-PER O', 'O I-LOC B-LOC O'), 'IOB1');
    assert.equal(detect('I-PER O I-LOC'), 'IOB1');
    assert.equal(detect('I-PER E-PER O', 'E-LOC O'), 'IOE2');
    assert.equal(detect('I-PER I-PER O I-LOC O', 'O E-LOC I-LOC O'), 'IOE1');
    assert.equal(detect('B-PER E-PER S-LOC O'), 'IOBES');
    assert.equal(detect('B-PER L-PER U-LOC O B-X I-X L-X'), 'IOBES');
    assert.equal(detect('B E S B M E S S'), 'IOBES');
    assert.equal(detect('B I I O B', 'B'), 'IOB2');
    assert.equal(detect('B I I B B I'), 'IOB2');
    assert.equal(detect('B-PER E-PER O B-LOC O B-LOC'), 'IOBES');
  });

  it('recognises labels without a scheme', () => {
    assert.equal(detect('NOUN VERB PUNCT'), 'none');
    assert.equal(detect('N V N P'), 'none');
    assert.equal(detect('O O O'), 'none');
    assert.equal(detect('S S S E'), 'none');
    assert.equal(detect(''), 'none');
    assert.equal(detect('B-PER X Y Z'), 'none');
  });

  it('tolerates a few malformed labels', () => {
    assert.equal(detect('B-PER I-PER O O O O O O O O PERSON'), 'IOB2');
    assert.equal(detect(...Array.from({ length: 20 }, () => 'B-PER I-PER O'), 'E-PER O'), 'IOB2');
    assert.equal(detect('B-PER I-PER O', 'B-LOC O', 'I-LOC O'), 'IOB2');
  });

  it('takes labels apart, prefixes of other names included', () => {
    assert.deepEqual(splitLabel('B-PER', 'IOB2'), { prefix: 'B', type: 'PER' });
    assert.deepEqual(splitLabel('I-creative-work', 'IOB2'), { prefix: 'I', type: 'creative-work' });
    assert.deepEqual(
      ['M-a', 'L-a', 'U-a', 'W-a', 'M', 'O'].map((label) => splitLabel(label, 'IOBES').prefix),
      ['I', 'E', 'S', 'S', 'I', 'O'],
    );
    assert.deepEqual(splitLabel('NOUN', 'IOB2'), { prefix: 'O', type: '' });
    assert.deepEqual(splitLabel('B-PER', 'none'), { prefix: 'O', type: '' });
    for (const label of ['', 'B-', 'BPER', 'O-PER', 'NOUN', '-', 'X-PER', 'constructor'])
      assert.equal(parseLabel(label), undefined, label);
  });

  it('knows which label may follow which', () => {
    const may = (pair: string, scheme: LabelScheme): boolean => {
      const [before, label] = words(pair).map((part) => (part === '.' ? undefined : parseLabel(part)));
      return mayFollow(before, label, scheme);
    };
    assert.deepEqual(
      ['. I-a', 'O I-a', 'B-a I-a', 'B-b I-a', 'I-a B-a', 'I-a .'].map((pair) => may(pair, 'IOB2')),
      [false, false, true, false, true, true],
    );
    assert.deepEqual(
      ['. B-a', 'O B-a', 'I-a B-a', 'I-b B-a', 'O I-a'].map((pair) => may(pair, 'IOB1')),
      [false, false, true, false, true],
    );
    assert.deepEqual(
      ['I-a O', 'I-a .', 'I-a E-a', 'E-a O', 'I-a E-b'].map((pair) => may(pair, 'IOE2')),
      [false, false, true, true, false],
    );
    assert.deepEqual(
      ['E-a O', 'E-a I-a', 'E-a .', 'I-a O'].map((pair) => may(pair, 'IOE1')),
      [false, true, false, true],
    );
    assert.deepEqual(
      ['B-a I-a', 'B-a O', 'B-a .', 'S-a B-a', 'O E-a', 'B-a E-b', 'E-a S-b', '. S-a'].map((pair) =>
        may(pair, 'IOBES'),
      ),
      [true, false, false, true, false, false, true, true],
    );
  });
});

describe('spans', () => {
  it('are read as conlleval reads them', () => {
    assert.deepEqual(spans('B-PER I-PER O B-LOC'), ['0-2 PER', '3-4 LOC']);
    assert.deepEqual(spans('B-PER B-PER I-PER'), ['0-1 PER', '1-3 PER']);
    assert.deepEqual(spans('O O'), []);
    assert.deepEqual(spans('B I O B', 'IOB2'), ['0-2 ', '3-4 ']);
    assert.deepEqual(spans('I-PER I-PER B-PER I-LOC', 'IOB1'), ['0-2 PER', '2-3 PER', '3-4 LOC']);
    assert.deepEqual(spans('I-PER E-PER I-PER E-LOC', 'IOE1'), ['0-2 PER', '2-3 PER', '3-4 LOC']);
    assert.deepEqual(spans('E-PER E-PER', 'IOE2'), ['0-1 PER', '1-2 PER']);
    assert.deepEqual(spans('S-PER B-PER I-PER E-PER S-PER', 'IOBES'), ['0-1 PER', '1-4 PER', '4-5 PER']);
    assert.deepEqual(spans('B M E S', 'IOBES'), ['0-3 ', '3-4 ']);
    assert.deepEqual(spans('B-PER I-PER', 'none'), []);
  });

  it('are repaired, not dropped, where labels are malformed', () => {
    assert.deepEqual(spans('O I-PER I-PER'), ['1-3 PER']);
    assert.deepEqual(spans('B-PER I-LOC'), ['0-1 PER', '1-2 LOC']);
    assert.deepEqual(spans('B-PER O I-PER'), ['0-1 PER', '2-3 PER']);
    assert.deepEqual(spans('B-PER I-PER B-LOC', 'IOBES'), ['0-2 PER', '2-3 LOC']);
    assert.deepEqual(spans('E-PER O I-LOC S-LOC I-LOC', 'IOBES'), [
      '0-1 PER',
      '2-3 LOC',
      '3-4 LOC',
      '4-5 LOC',
    ]);
    assert.deepEqual(spans('B-PER PERSON I-PER'), ['0-1 PER', '2-3 PER']);
  });

  for (const scheme of schemes) {
    it(`survive being written in ${scheme} and read again`, () => {
      fc.assert(
        fc.property(spanned, ({ length, spans: expected }) => {
          assert.deepEqual(spansOf(labelsOf(length, expected, scheme), scheme), expected);
        }),
      );
    });

    it(`are valid as written in ${scheme}`, () => {
      fc.assert(
        fc.property(spanned, ({ length, spans: expected }) => {
          const labels = labelsOf(length, expected, scheme).map((label) => parseLabel(label));
          for (let t = 0; t <= length; t++) assert.ok(mayFollow(labels[t - 1], labels[t], scheme));
        }),
      );
    });
  }

  it('cover each token at most once, whatever the labels', () => {
    const label = fc.oneof(
      fc.constantFrom('O', 'B', 'I', 'B-a', 'I-a', 'E-a', 'S-a', 'I-b', 'E-b', 'x'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(label, { maxLength: 20 }), fc.constantFrom(...schemes), (labels, scheme) => {
        let at = 0;
        for (const { start, end } of spansOf(labels, scheme)) {
          assert.ok(start >= at && end > start && end <= labels.length);
          at = end;
        }
        const covered = spansOf(labels, scheme).reduce((sum, { start, end }) => sum + end - start, 0);
        assert.equal(covered, labels.filter((one) => splitLabel(one, scheme).prefix !== 'O').length);
      }),
    );
  });
});
