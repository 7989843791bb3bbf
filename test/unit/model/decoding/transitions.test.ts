import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LabelScheme } from '../../../../src/corpus/corpus';
import { parseLabel } from '../../../../src/corpus/labels/notation';
import { mayFollow } from '../../../../src/corpus/labels/validity';
import { allowedScores, isAllowed, transitionsOf } from '../../../../src/model/decoding/transitions';
import type { Neighbours } from '../../../../src/model/decoding/transitions';
import { everySequence, isValid, schemes } from './sequences';

/** The labels that may stand before one; `.` is the sentence's start. */
function predecessors(label: string, labels: string, scheme: LabelScheme): string {
  const names = labels.split(' ');
  const { before, begins } = transitionsOf(names, scheme);
  const j = names.indexOf(label);
  return [...(begins[j] ? ['.'] : []), ...members(before, j).map((i) => names[i])].join(' ');
}

/** The labels of the set of one, ascending. */
function members({ setOf, sets, common }: Neighbours, label: number): number[] {
  const set = sets[setOf[label]];
  return [...common[set.common], ...set.own].sort((a, b) => a - b);
}

function mayEnd(labels: string, scheme: LabelScheme): string {
  const names = labels.split(' ');
  return names.filter((_, j) => transitionsOf(names, scheme).ends[j]).join(' ');
}

describe('transitions', () => {
  it('are those of each scheme', () => {
    const bio = 'O B-a I-a B-b I-b';
    assert.equal(predecessors('I-a', bio, 'IOB2'), 'B-a I-a');
    assert.equal(predecessors('B-a', bio, 'IOB2'), `. ${bio}`);
    assert.equal(predecessors('B-a', bio, 'IOB1'), 'B-a I-a');
    assert.equal(predecessors('I-a', bio, 'IOB1'), `. ${bio}`);
    const ioe = 'O I-a E-a I-b E-b';
    assert.equal(predecessors('O', ioe, 'IOE2'), '. O E-a E-b');
    assert.equal(predecessors('E-a', ioe, 'IOE2'), '. O I-a E-a E-b');
    assert.equal(mayEnd(ioe, 'IOE2'), 'O E-a E-b');
    assert.equal(predecessors('O', ioe, 'IOE1'), '. O I-a I-b');
    assert.equal(mayEnd(ioe, 'IOE1'), 'O I-a I-b');
    const bioes = 'O B-a I-a E-a S-a B-b E-b';
    assert.equal(predecessors('E-a', bioes, 'IOBES'), 'B-a I-a');
    assert.equal(predecessors('B-a', bioes, 'IOBES'), '. O E-a S-a E-b');
    assert.equal(mayEnd(bioes, 'IOBES'), 'O E-a S-a E-b');
    assert.equal(predecessors('M', 'B M E S', 'IOBES'), 'B M');
    assert.equal(predecessors('B', 'B M E S', 'IOBES'), '. E S');
  });

  it('let other labels stand where O may', () => {
    const labels = 'O NOUN B-a I-a';
    assert.equal(predecessors('NOUN', labels, 'IOB2'), `. ${labels}`);
    assert.equal(predecessors('I-a', labels, 'IOB2'), 'B-a I-a');
    assert.equal(predecessors('NOUN', 'O NOUN B-a E-a', 'IOBES'), '. O NOUN E-a');
  });

  it('are free without a scheme, and for labels that it does not limit', () => {
    for (const labels of [['B-a', 'I-a', 'E-b'], ['NOUN'], []])
      assert.equal(transitionsOf(labels, 'none').free, true);
    assert.equal(transitionsOf(['O', 'I-a', 'I-b'], 'IOB1').free, true);
    assert.equal(transitionsOf(['O', 'B-a', 'I-a'], 'IOB2').free, false);
    assert.equal(transitionsOf(['O', 'B-a'], 'IOB2').free, true);
    assert.equal(transitionsOf(['I-a'], 'IOE2').free, false);
  });

  it('use one shared set for the inner labels of a type, and one for all others', () => {
    const labels = [
      'O',
      ...Array.from({ length: 50 }, (_, n) => ['B', 'I', 'E', 'S'].map((prefix) => `${prefix}-${n}`)).flat(),
    ];
    assert.equal(transitionsOf(labels, 'IOBES').before.sets.length, 51);
  });

  it('tell sequences that are allowed from others', () => {
    const names = ['O', 'B-a', 'I-a', 'E-a', 'S-a', 'I', 'odd'];
    for (const scheme of schemes) {
      const transitions = transitionsOf(names, scheme);
      for (const T of [0, 1, 3]) {
        for (const sequence of everySequence(T, names.length)) {
          const labels = sequence.map((label) => names[label]);
          assert.equal(
            isAllowed(transitions, Uint16Array.of(9, ...sequence, 9), 1, T),
            T === 0 || isValid(labels, scheme),
            `${scheme}: ${labels.join(' ')}`,
          );
        }
      }
    }
  });

  it('are the same pair by pair, before a label and behind it', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(
          fc.constantFrom(
            'O',
            'B',
            'I',
            'L',
            'B-a',
            'I-a',
            'E-a',
            'S-a',
            'U-a',
            'B-b',
            'I-b',
            'W',
            'odd',
            'odd2',
          ),
        ),
        fc.constantFrom(...schemes),
        (labels, scheme) => {
          const transitions = transitionsOf(labels, scheme);
          const parts = labels.map((label) => parseLabel(label));
          for (const i of labels.keys()) {
            const next = [...labels.keys()].filter((j) => mayFollow(parts[i], parts[j], scheme));
            assert.deepEqual(members(transitions.behind, i), next);
            const last = [...labels.keys()].filter((j) => mayFollow(parts[j], parts[i], scheme));
            assert.deepEqual(members(transitions.before, i), last);
            for (const j of labels.keys())
              assert.equal(transitions.mayFollow(i, j), mayFollow(parts[i], parts[j], scheme));
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('of 65,535 labels take room for few numbers each, in every scheme', () => {
    const labels = Array.from({ length: 65_535 }, (_, n) => `${'BIES'[n % 4]}-${n >> 2}`);
    for (const scheme of schemes) {
      const { before, behind } = transitionsOf(labels, scheme);
      for (const { sets, common } of [before, behind]) {
        const numbers = [...common, ...sets.map(({ own }) => own)].reduce(
          (sum, list) => sum + list.length,
          0,
        );
        assert.ok(numbers <= 4 * labels.length, `${scheme}: ${numbers}`);
      }
    }
  });

  it('become scores: −∞ where nothing is allowed', () => {
    const transitions = transitionsOf(['O', 'B', 'E'], 'IOBES');
    const never = -Infinity;
    const A = Float32Array.from({ length: 15 }, (_, n) => n);
    assert.deepEqual(
      [...allowedScores(transitions, A)],
      [0, 1, never, never, never, 5, 6, 7, never, 9, 10, never, 12, never, 14],
    );
  });
});
