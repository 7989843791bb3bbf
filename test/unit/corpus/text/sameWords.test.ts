import assert from 'node:assert/strict';
import fc from 'fast-check';
import { followedRanges } from '../../../../src/corpus/text/sameWords';
import { byWords } from '../../../../src/corpus/text/textChanges';
import { applyEdits } from '../../../../src/corpus/textEdits';
import type { TextEdit } from '../../../../src/corpus/textEdits';

/** Where marked parts, `[so]`, of a text are behind edits of the text without the marks, marked again. */
function behind(marked: string, editsOf: (before: string) => readonly TextEdit[]): string {
  const before = marked.replace(/[[\]]/g, '');
  const ranges: { start: number; end: number }[] = [];
  let start = 0;
  for (const { 0: sign, index } of marked.matchAll(/[[\]]/g))
    if (sign === '[') start = index - 2 * ranges.length;
    else ranges.push({ start, end: index - 2 * ranges.length - 1 });
  const edits = editsOf(before);
  const after = applyEdits(before, edits);
  const now = followedRanges(before, after, edits, byWords(before, edits), ranges);
  const marks = now
    .flatMap((range) => (range ? [range] : []))
    .flatMap(({ start: from, end }) => [
      { start: from, end: from, text: '[' },
      { start: end, end, text: ']' },
    ]);
  return applyEdits(
    after,
    marks.sort((a, b) => a.start - b.start),
  );
}

/** The whole text gives way to another, as where its line ends change or a program formats it. */
const whole =
  (after: string) =>
  (before: string): TextEdit[] => [{ start: 0, end: before.length, text: after }];

describe('words that are replaced with the text around them', () => {
  it('keep their ranges where they still stand in it, also where a diff gives up', () => {
    const words = Array.from({ length: 1500 }, (_, i) => `w${i % 7}`);
    const before = `in [Rome] and ${words.join(' ')} of [Oslo]`;
    const after = `of Oslo, ${words.reverse().join(' x ')} in Rome`;
    assert.equal(behind(before, whole(after)), after.replace('Oslo', '[Oslo]').replace('Rome', '[Rome]'));
  });

  it('move with the lines that they stand in', () => {
    assert.equal(
      behind('Anna sees [Rome].\nThen she sleeps.\n', () => [
        { start: 0, end: 16, text: '' },
        { start: 33, end: 33, text: 'Anna sees Rome.\n' },
      ]),
      'Then she sleeps.\nAnna sees [Rome].\n',
    );
    assert.equal(
      behind('a [Rome] b c d', () => [
        { start: 2, end: 7, text: '' },
        { start: 11, end: 11, text: 'Rome ' },
      ]),
      'a b c [Rome] d',
    );
  });

  it('are not taken for others like them that stood there before', () => {
    const before = 'The town [Rome] was there.\nAnd Rome was here.\n';
    assert.equal(behind(before, whole('And Rome was here.\n')), 'And Rome was here.\n');
    assert.equal(
      behind('a [New York] b, and New York c', whole('a York b, and New York c')),
      'a [York] b, and New York c',
    );
    assert.equal(
      behind('see [Rome] now', () => [{ start: 4, end: 9, text: '' }]),
      'see now',
    );
  });

  it('are told apart by what is around them, and are whole words', () => {
    assert.equal(
      behind('one Rome is [Rome] a', whole('two Romeo of Rome a Rome b')),
      'two Romeo of [Rome] a Rome b',
    );
    assert.equal(behind('x [Rome] y', whole('Romeo z')), 'Romeo z');
  });

  it('are all found where a text keeps them in their order, whatever its line ends and spaces become', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ word: fc.constantFrom('Rome', 'Oslo', 'it', '北', '🙂a'), is: fc.boolean() }), {
          minLength: 1,
          maxLength: 30,
        }),
        fc.constantFrom('\n', ' ', '\r\n'),
        fc.constantFrom('\n', '  ', '\r\n', ' \n'),
        fc.integer({ min: 1, max: 40 }),
        (drawn, from, to, times) => {
          const all = Array.from({ length: times }, () => drawn).flat();
          const join = (end: string): string =>
            all.map(({ word, is }) => (is ? `[${word}]` : word)).join(end);
          assert.equal(behind(join(from), whole(join(to).replace(/[[\]]/g, ''))), join(to));
        },
      ),
    );
  });

  it('are looked for in no long time, however many there are', () => {
    const text = (sign: string): string =>
      Array.from({ length: 30_000 }, (_, i) => `${sign}${i} [Rome]`).join('\n');
    const after = text('b').replace(/[[\]]/g, '').replace(/Rome/g, 'Rome!');
    assert.ok(behind(text('a'), whole(after)).includes('[Rome]'));
  });
});
