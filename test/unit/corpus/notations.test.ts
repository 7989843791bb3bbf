import assert from 'node:assert/strict';
import { labelSchemes, splitLabel } from '../../../src/corpus/labels/notation';
import { detectScheme } from '../../../src/corpus/labels/scheme';
import { spansOf } from '../../../src/corpus/labels/spans';
import { mayFollow } from '../../../src/corpus/labels/validity';

/** Two spans: one of two tokens, and behind `O` one of one token; `~` stands for a space in a type. */
const notations: readonly (readonly [scheme: string, labels: string])[] = [
  ['IOB2', 'B-PER I-PER O B-LOC O'],
  ['IOB2', 'b-PER i-PER o b-LOC o'],
  ['IOB2', 'B-PER I-PER 0 B-LOC 0'],
  ['IOB2', 'B-PER I-PER _ B-LOC _'],
  ['IOB2', 'B_PER I_PER O B_LOC O'],
  ['IOB2', 'B:PER I:PER O B:LOC O'],
  ['IOB2 suffix', 'PER-B PER-I O LOC-B O'],
  ['IOB1', 'I-PER I-PER O I-LOC O'],
  ['IOE2', 'I-PER E-PER O E-LOC O'],
  ['IOBES', 'B-PER E-PER O S-LOC O'],
  ['IOBES', 'B-PER L-PER O U-LOC O'],
  ['IOBES', 'B-PER E-PER O W-LOC O'],
  ['IOBES suffix', 'PER-B PER-E O LOC-S O'],
  ['IO', 'PER PER O LOC O'],
  ['IO', 'person person o place o'],
  ['IO', 'person person O e-mail O'],
  ['IOB2', 'B-creative~work I-creative~work O B-place O'],
];

describe('notations of labels', () => {
  for (const [scheme, text] of notations) {
    it(`${text}: ${scheme}`, () => {
      const five = text.split(' ').map((label) => label.replace('~', ' '));
      const found = detectScheme(Array.from({ length: 10 }, () => five));
      assert.equal(found, scheme);
      assert.deepEqual(
        spansOf(five, found).map(({ start, end }) => [start, end]),
        [
          [0, 2],
          [3, 4],
        ],
      );
    });
  }

  it('are not seen in parts of speech', () => {
    assert.equal(detectScheme([['NOUN', 'VERB', 'PUNCT', 'X', '_']]), 'none');
    assert.equal(detectScheme([['N', 'V', 'O', 'D', 'N', 'P', 'N']]), 'none');
    assert.equal(detectScheme([['S-', 'V-', 'Nb', 'S-', 'G-', 'Df']]), 'none');
    assert.equal(detectScheme([['0', '1', '2', '3', '0', '5']]), 'none');
  });

  it('let a run of one type go on, and any type follow any other, where labels are types alone', () => {
    assert.deepEqual(
      spansOf(['PER', 'PER', 'LOC', 'O', 'PER'], 'IO').map(
        ({ start, end, type }) => `${start}-${end} ${type}`,
      ),
      ['0-2 PER', '2-3 LOC', '4-5 PER'],
    );
    const [a, b] = ['PER', 'LOC'].map((label) => splitLabel(label, 'IO'));
    assert.ok(mayFollow(undefined, a, 'IO') && mayFollow(a, b, 'IO') && mayFollow(b, undefined, 'IO'));
  });

  it('are all listed', () => assert.equal(new Set(labelSchemes).size, 12));
});
