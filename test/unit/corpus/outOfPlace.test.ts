import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LabelScheme } from '../../../src/corpus/corpus';
import { partsUnder } from '../../../src/corpus/labels/notation';
import { PlaceChecker } from '../../../src/corpus/labels/outOfPlace';
import type { OutOfPlace } from '../../../src/corpus/labels/outOfPlace';
import { mayFollow } from '../../../src/corpus/labels/validity';

function check(labels: readonly string[], scheme: LabelScheme, more: readonly string[] = []): OutOfPlace[] {
  const values = [...new Set([...labels, ...more])];
  const checker = new PlaceChecker(values, scheme);
  return [...checker.inSentence(labels.map((label) => values.indexOf(label)))];
}

/** `CODE token: LABEL LABEL`, the token counted from 0. */
function found(labels: string, scheme: LabelScheme, more?: readonly string[]): string[] {
  return check(labels.split(' '), scheme, more).map(
    ({ code, token, to }) => `${code} ${token}: ${to.join(' ')}`,
  );
}

describe('A label that is out of place', () => {
  it('in IOB2 goes on with a span that is not there, or is of another type', () => {
    assert.deepEqual(found('O I-PER O I-LOC I-LOC', 'IOB2'), [
      'span-without-begin 1: B-PER',
      'span-without-begin 3: B-LOC',
    ]);
    assert.deepEqual(found('B-PER I-LOC O', 'IOB2'), ['type-changes-in-span 1: B-LOC I-PER']);
    assert.deepEqual(found('B-PER I-PER B-PER O', 'IOB2'), []);
    assert.deepEqual(found('per-i O', 'IOB2 suffix'), ['span-without-begin 0: per-b']);
  });

  it('in IOBES may also leave a span open, and is told where it stands', () => {
    assert.deepEqual(found('B-PER O B-LOC I-LOC O', 'IOBES'), [
      'span-not-ended 0: S-PER',
      'span-not-ended 3: E-LOC',
    ]);
    assert.deepEqual(found('I-PER E-PER O E-LOC I-ORG', 'IOBES'), [
      'span-without-begin 0: B-PER',
      'span-without-begin 3: S-LOC',
      'span-without-begin 4: S-ORG',
      'span-not-ended 4: E-ORG',
    ]);
    assert.deepEqual(found('B-PER I-LOC E-LOC', 'IOBES'), ['type-changes-in-span 1: I-PER']);
    assert.deepEqual(found('B-PER S-LOC', 'IOBES'), ['span-not-ended 0: S-PER']);
    assert.deepEqual(found('B-PER E-PER E-PER', 'IOBES'), ['span-without-begin 2: ']);
  });

  it('is mended in the letters of its column', () => {
    assert.deepEqual(found('B-PER O L-LOC', 'IOBES', ['U-X']), [
      'span-not-ended 0: U-PER',
      'span-without-begin 2: U-LOC',
    ]);
    assert.deepEqual(found('B M B S', 'IOBES', ['E']), ['span-not-ended 1: E', 'span-not-ended 2: S']);
    assert.deepEqual(found('b-PER o', 'IOBES', ['S-X']), ['span-not-ended 0: s-PER']);
  });

  it('in IOE2 and IOE1, and in IOB1, is told likewise', () => {
    assert.deepEqual(found('I-PER O', 'IOE2'), ['span-not-ended 0: E-PER']);
    assert.deepEqual(found('I-PER E-LOC', 'IOE2'), ['type-changes-in-span 1: E-PER']);
    assert.deepEqual(found('O B-PER I-PER B-PER', 'IOB1'), ['label-out-of-place 1: I-PER']);
    assert.deepEqual(found('E-PER O', 'IOE1'), ['label-out-of-place 0: I-PER']);
  });

  const labels = fc.array(
    fc.constantFrom('O', ...['B', 'I', 'E', 'S'].flatMap((letter) => [`${letter}-PER`, `${letter}-LOC`])),
    { minLength: 1, maxLength: 12 },
  );
  const schemes = fc.constantFrom<LabelScheme>('IOB1', 'IOB2', 'IOE1', 'IOE2', 'IOBES');

  it('is told exactly where two neighbours do not fit', () => {
    fc.assert(
      fc.property(labels, schemes, (sentence, scheme) => {
        const parts = sentence.map((label) => partsUnder(label, scheme));
        const misfits = [...parts, undefined].filter((label, t) => !mayFollow(parts[t - 1], label, scheme));
        assert.equal(check(sentence, scheme).length, misfits.length);
      }),
    );
  });

  it('is gone once one after the other is mended', () => {
    fc.assert(
      fc.property(labels, schemes, (sentence, scheme) => {
        const mended = [...sentence];
        for (let turn = 0; turn < 4 * sentence.length; turn++) {
          const next = check(mended, scheme, sentence).find(({ to }) => to.length > 0);
          if (!next) break;
          [mended[next.token]] = next.to;
        }
        assert.ok(
          check(mended, scheme, sentence).every(({ to }) => to.length === 0),
          mended.join(' '),
        );
      }),
    );
  });
});
