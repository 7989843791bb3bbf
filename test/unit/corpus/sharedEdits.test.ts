import assert from 'node:assert/strict';
import fc from 'fast-check';
import { SharedEdits } from '../../../src/corpus/sharedEdits';
import { withChange } from '../../../src/corpus/text/textChanges';
import { applyEdits } from '../../../src/corpus/textEdits';
import type { TextEdit } from '../../../src/corpus/textEdits';

const text = 'Anna sees New York, and Rome in the rain. '.repeat(20);

describe('edits of a text at many moments', () => {
  it('are those of each moment, whatever is typed and deleted', () => {
    const change = fc.record({
      at: fc.nat(text.length),
      length: fc.nat(6),
      text: fc.constantFrom('', '', 'x', ' y', 'Rome ', '🙂'),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 200 }), (changes) => {
        let edits: readonly TextEdit[] = [];
        let now = text;
        let shared = SharedEdits.none;
        const moments: { shared: SharedEdits; edits: readonly TextEdit[]; now: string }[] = [];
        for (const { at, length, text: inserted } of changes) {
          const start = Math.min(at, now.length);
          const made = { start, end: Math.min(now.length, start + length), text: inserted };
          edits = withChange(text, edits, made);
          now = applyEdits(now, [made]);
          shared = shared.next(edits);
          moments.push({ shared, edits, now });
        }
        for (const moment of moments) {
          assert.deepEqual(moment.shared.all, moment.edits);
          assert.equal(applyEdits(text, moment.shared.all), moment.now);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('are kept once where they are the same, so that room does not grow with edits times moments', () => {
    let edits: TextEdit[] = [];
    let shared = SharedEdits.none;
    // One after the other, each anywhere between those that are there.
    for (let i = 0; i < 5000; i++) {
      const at = (i * 733) % (edits.length + 1);
      edits = [...edits.slice(0, at), { start: i, end: i, text: 'x' }, ...edits.slice(at)];
      shared = shared.next(edits);
    }
    assert.ok(shared.kept.length < 5000 / 16, `${shared.kept.length} blocks`);
    const kept = new Set(shared.kept);
    let places = shared.kept.length;
    for (let moment = 0; moment < 1000; moment++) {
      const at = (moment * 733) % edits.length;
      const own = { ...edits[at], text: `${edits[at].text}y` };
      edits = moment % 2 === 0 ? edits.with(at, own) : [...edits.slice(0, at), own, ...edits.slice(at)];
      shared = shared.next(edits);
      for (const block of shared.kept) kept.add(block);
      places += shared.kept.length;
    }
    assert.deepEqual(shared.all, edits);
    for (const block of kept) places += block.length;
    assert.ok(places < 1000 * 250, `${places} places for edits, of ${1000 * 5250} in arrays of their own`);
  });
});
