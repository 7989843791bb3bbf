import assert from 'node:assert/strict';
import fc from 'fast-check';
import { moved } from '../../../../src/corpus/answers/tokenTarget';
import type { TextChange } from '../../../../src/corpus/answers/tokenTarget';
import type { Doubt } from '../../../../src/corpus/queue/doubts';
import { movedPlaces } from '../../../../src/corpus/queue/movedPlaces';
import { Queue } from '../../../../src/corpus/queue/queue';
import type { QueueDecisions } from '../../../../src/corpus/queue/queue';

const asked = { corpus: 'news', column: 'NER' };
const nothing: QueueDecisions = { kept: new Set(), skipped: [] };

/** One word at an offset; all such words are three letters long. */
const doubtOf = (words: string, start: number, predicted: string, uncertainty: number, gold = ''): Doubt => ({
  words,
  uncertainty,
  isGuess: false,
  gold: { spans: gold === '' ? [] : [{ start: 0, end: 1, type: gold }] },
  predicted: { spans: [{ start: 0, end: 1, type: predicted }] },
  target: { start, end: start + 3, tokens: 1, index: 0, sentence: words },
});

const doubts = fc.array(
  fc
    .record({
      words: fc.constantFrom('Ada', 'Bob', 'Rio', '__proto__', ''),
      start: fc.nat(40),
      predicted: fc.constantFrom('PER', 'LOC', ' + '),
      gold: fc.constantFrom('', 'PER', 'LOC'),
      uncertainty: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    .map(({ words, start, predicted, gold, uncertainty }) =>
      doubtOf(words, 5 * start, predicted, uncertainty, gold),
    ),
  { maxLength: 12 },
);
const files = fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), doubts), {
  selector: ([file]) => file,
});
const queueOf = (all: readonly (readonly [string, readonly Doubt[]])[]): Queue => {
  const queue = new Queue();
  for (const [file, own] of all) queue.set(file, asked, own);
  return queue;
};
const keys = (queue: Queue, decisions = nothing): string[] => queue.items(decisions).map(({ key }) => key);

describe('the queue', () => {
  it('knows of which of its places the model is surest: all but guesses and what is kept', () => {
    const queue = queueOf([
      ['b', [doubtOf('Rio', 0, 'LOC', 0.2), { ...doubtOf('Ada', 20, 'PER', 0), isGuess: true }]],
      ['a', [doubtOf('Bob', 0, 'PER', 0.01), doubtOf('Ada', 8, 'LOC', 0.2), doubtOf('Rio', 30, 'PER', 0.9)]],
    ]);
    const places = (kept?: ReadonlySet<string>): string[] =>
      queue.surest(kept).map(({ file, doubt }) => `${file} ${doubt.words}`);
    assert.deepEqual(places(), ['a Bob', 'a Ada', 'b Rio', 'a Rio']);
    assert.deepEqual(places(new Set([queue.surest()[1].key])), ['a Bob', 'b Rio', 'a Rio']);
  });

  it('has one item for all places with the same words and labels, whichever file they are in', () => {
    const queue = queueOf([
      ['a', [doubtOf('Rio', 0, 'LOC', 0.4), doubtOf('Rio', 20, 'PER', 0.1)]],
      ['b', [doubtOf('Rio', 8, 'LOC', 0.6), doubtOf('Rio', 30, 'LOC', 0.2, 'PER')]],
    ]);
    const [first, ...rest] = queue.items(nothing);
    assert.deepEqual(
      first.places.map(({ file, doubt }) => [file, doubt.target.start]),
      [
        ['a', 0],
        ['b', 8],
      ],
    );
    assert.deepEqual([first.words, first.gold, first.predicted, first.uncertainty], ['Rio', '', 'LOC', 0.5]);
    assert.equal(rest.length, 2);
  });

  it('asks first where the model is least sure, and sooner where an answer holds at many places', () => {
    const often = Array.from({ length: 20 }, (_, i) => doubtOf('Bob', 100 + 5 * i, 'PER', 0.3));
    const queue = queueOf([['a', [doubtOf('Ada', 0, 'PER', 0.2), doubtOf('Rio', 8, 'LOC', 0.9), ...often]]]);
    assert.deepEqual(
      queue.items(nothing).map(({ words }) => words),
      ['Bob', 'Rio', 'Ada'],
    );
  });

  it('has each place once, and the same order whatever the files came in', () => {
    fc.assert(
      fc.property(files, fc.nat(), (all, turn) => {
        const queue = queueOf(all);
        const places = queue.items(nothing).flatMap((item) => item.places);
        assert.equal(places.length, all.flatMap(([, own]) => own).length);
        assert.equal(new Set(places).size, places.length);
        const turned = [...all.slice(turn % (all.length + 1)), ...all.slice(0, turn % (all.length + 1))];
        assert.deepEqual(keys(queueOf(turned.reverse())), keys(queue));
        const worths = queue.items(nothing).map(({ worth }) => worth);
        assert.deepEqual(
          worths,
          [...worths].sort((a, b) => b - a),
        );
      }),
    );
  });

  it('has what was skipped last, in the order in which it was skipped, and nothing that was kept', () => {
    fc.assert(
      fc.property(files, fc.infiniteStream(fc.integer({ min: 0, max: 2 })), (all, choices) => {
        const queue = queueOf(all);
        const before = keys(queue);
        const choice = new Map(before.map((key) => [key, choices.next().value]));
        const skipped = before.filter((key) => choice.get(key) === 1).reverse();
        const kept = new Set(before.filter((key) => choice.get(key) === 2));
        const items = queue.items({ skipped: ['gone', ...skipped], kept });
        assert.deepEqual(
          items.map(({ key }) => key),
          [...before.filter((key) => choice.get(key) === 0), ...skipped],
        );
        assert.deepEqual(
          items.filter(({ isSkipped }) => isSkipped).map(({ key }) => key),
          skipped,
        );
      }),
    );
  });

  it('shows under a filter what has the label and the words, in the same order', () => {
    fc.assert(
      fc.property(files, fc.constantFrom('PER', 'LOC', ' + '), (all, label) => {
        const queue = queueOf(all);
        const shown = queue.items(nothing, { label, text: 'AD' });
        const wanted = queue
          .items(nothing)
          .filter(
            ({ words, places }) =>
              words === 'Ada' &&
              [places[0].doubt.gold, places[0].doubt.predicted].some(({ spans }) =>
                spans.some(({ type }) => type === label),
              ),
          );
        assert.deepEqual(shown, wanted);
      }),
    );
  });

  it('has of a file that the filter names the places there alone, so that no other file is answered', () => {
    fc.assert(
      fc.property(files, (all) => {
        const queue = queueOf(all);
        const said = (items: ReturnType<Queue['items']>): unknown[] =>
          items.map(({ key, places, worth }) => [key, places.map(({ doubt }) => doubt), worth]);
        const alone = queueOf(all.filter(([file]) => file === 'a'));
        assert.deepEqual(said(queue.items(nothing, { file: 'a' })), said(alone.items(nothing)));
      }),
    );
  });

  it('asks of each corpus and column by itself', () => {
    const queue = new Queue();
    queue.set('a', { corpus: 'news', column: 'NER' }, [doubtOf('Rio', 0, 'LOC', 0.5)]);
    queue.set('b', { corpus: 'novels', column: 'NER' }, [doubtOf('Rio', 0, 'LOC', 0.5)]);
    queue.set('c', { corpus: 'news', column: 'CHUNK' }, [doubtOf('Rio', 0, 'LOC', 0.5)]);
    assert.equal(queue.items(nothing).length, 3);
    const [first] = queue.items(nothing);
    assert.equal(queue.items({ kept: new Set([first.key]), skipped: [] }).length, 2);
  });

  it('takes out what was answered, wherever the answer’s own edit has moved it before', () => {
    const queue = queueOf([['a', [doubtOf('Ada', 10, 'PER', 0.5), doubtOf('Ada', 30, 'PER', 0.5)]]]);
    const [{ places }] = queue.items(nothing);
    // As in rows: the labels stand behind the words.
    queue.follow('a', [
      { offset: 34, removed: 1, inserted: 5 },
      { offset: 14, removed: 1, inserted: 5 },
    ]);
    assert.deepEqual(
      queue.current(places).map(({ doubt }) => doubt.target.start),
      [10, 34],
    );
    queue.remove(places.slice(1));
    assert.deepEqual(
      queue.items(nothing).map((item) => item.places.map(({ doubt }) => doubt.target.start)),
      [[10]],
    );
    queue.remove(places);
    assert.equal(queue.size, 0);
    assert.deepEqual(queue.current(places), []);
  });

  it('forgets a file, and what was answered in it, and nothing else', () => {
    fc.assert(
      fc.property(files, (all) => {
        const queue = queueOf(all);
        const [first] = queue.items(nothing);
        if (first) {
          const before = queue.size;
          queue.remove(first.places);
          assert.equal(queue.size, before - first.places.length);
          assert.ok(!keys(queue).includes(first.key));
        }
        queue.forget('a');
        const left = queue.items(nothing).flatMap(({ places }) => places);
        assert.ok(left.every(({ file }) => file !== 'a'));
        assert.equal(left.length, queue.size);
      }),
    );
  });

  it('follows edits: a place is where its words are, or gone', () => {
    const edit = fc.record({
      offset: fc.nat(220),
      removed: fc.nat(9),
      inserted: fc.string({ maxLength: 9 }),
    });
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(40)), fc.array(edit, { maxLength: 8 }), (starts, edits) => {
        // Each word has a text of its own, so that none can be taken for another.
        const at = [...starts].sort((a, b) => a - b);
        const word = (start: number): string => String.fromCharCode(0x4e00 + start).repeat(3);
        let text = ' '.repeat(220);
        for (const start of at) text = text.slice(0, 5 * start) + word(start) + text.slice(5 * start + 3);
        const queue = queueOf([['a', at.map((start) => doubtOf(word(start), 5 * start, 'PER', 0.5))]]);
        for (const { offset, removed, inserted } of edits) {
          const start = Math.min(offset, text.length);
          const end = Math.min(text.length, start + removed);
          text = text.slice(0, start) + inserted + text.slice(end);
          queue.follow('a', [{ offset: start, removed: end - start, inserted: inserted.length }]);
        }
        const left = queue.items(nothing).flatMap(({ places }) => places);
        for (const { doubt } of left) {
          const place = text.indexOf(doubt.words);
          // What was changed inside of it is told when the sentence is compared.
          if (place >= 0) assert.deepEqual([doubt.target.start, doubt.target.end], [place, place + 3]);
        }
        if (edits.length === 0) assert.equal(left.length, at.length);
      }),
    );
  });
});

describe('places under an edit of many changes', () => {
  const placesOf = (starts: readonly number[]) =>
    [...starts].sort((a, b) => a - b).map((start) => ({ doubt: doubtOf('Ada', 5 * start, 'PER', 0.5) }));
  const targetsOf = (places: ReturnType<typeof placesOf>) => places.map(({ doubt }) => doubt.target);
  const change = fc.record({ offset: fc.nat(230), removed: fc.nat(9), inserted: fc.nat(9) });
  const inTurn = (places: ReturnType<typeof placesOf>, changes: readonly TextChange[]) =>
    changes.reduce(
      (own, next) =>
        own.flatMap(({ doubt }) => {
          const target = moved(doubt.target, next);
          return target ? [{ doubt: { ...doubt, target } }] : [];
        }),
      places,
    );

  it('are where they are when the changes come one by one, in whatever order they are told', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(40)), fc.array(change, { maxLength: 9 }), (starts, changes) => {
        const places = placesOf(starts);
        assert.deepEqual(targetsOf([...movedPlaces(places, changes)]), targetsOf(inTurn(places, changes)));
        // As editors tell them: from the end to the start, none in another.
        const falling: TextChange[] = [];
        for (const next of [...changes].sort((a, b) => b.offset - a.offset))
          if (falling.every(({ offset }) => next.offset + next.removed <= offset)) falling.push(next);
        assert.deepEqual(targetsOf([...movedPlaces(places, falling)]), targetsOf(inTurn(places, falling)));
      }),
    );
  });

  it('are followed in one pass, as many as there may be of both', () => {
    const count = 100_000;
    const places = placesOf(Array.from({ length: count }, (_, i) => i));
    // A label of one letter behind each word gets another one of three, from the end to the start.
    const changes = Array.from({ length: count }, (_, i) => ({
      offset: 5 * (count - 1 - i) + 3,
      removed: 1,
      inserted: 3,
    }));
    const left = movedPlaces(places, changes);
    assert.equal(left.length, count);
    assert.deepEqual([left[1].doubt.target.start, left[count - 1].doubt.target.start], [7, 7 * (count - 1)]);
  });
});
