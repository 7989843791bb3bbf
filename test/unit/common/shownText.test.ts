import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describeDetails } from '../../../src/cli/detailReport';
import { describeError } from '../../../src/cli/report';
import { InputError } from '../../../src/common/errors';
import { shownLine, shownName, shownNames, withUnseenWritten } from '../../../src/common/shownText';

describe('a name in a message', () => {
  it('is as it was written', () => {
    for (const name of ['Case=Nom|Number=Sing', 'نام', 'می\u200cشود', '👩‍👩‍👧', '中文', 'e\u0301', ' a b '])
      assert.equal(shownName(name), name);
  });

  it('has what could not be seen, or would turn the direction of the rest, written out', () => {
    assert.equal(withUnseenWritten('a\u202Eb'), 'a‹U+202E›b');
    for (const point of [
      ...[0, 9, 10, 13, 0x1b, 0x7f, 0x85, 0x9b, 0xad, 0x61c, 0x200b, 0x200e, 0x200f, 0x2028, 0x2029],
      ...[0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069, 0xfeff, 0xd800, 0xe0041],
    ]) {
      const hex = point.toString(16).toUpperCase().padStart(4, '0');
      assert.equal(withUnseenWritten(`a${String.fromCodePoint(point)}b`), `a‹U+${hex}›b`);
    }
  });

  it('is one short line, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.integer({ min: 1, max: 80 }),
        (name, longest) => {
          const shown = shownName(name, longest);
          assert.doesNotMatch(shown, /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}]/u);
          const characters = [...name];
          assert.equal(
            shown,
            characters.length > longest
              ? `${withUnseenWritten(characters.slice(0, longest - 1).join(''))}…`
              : withUnseenWritten(name),
          );
        },
      ),
    );
    assert.equal(shownName('x'.repeat(100_000_000)).length, 60);
  });

  it('is one of at most twenty in a list', () => {
    assert.equal(shownNames(['a', 'b\n']), 'a, b‹U+000A›');
    const many = shownNames(Array.from({ length: 1_000 }, (_, i) => `${i}`));
    assert.ok(many.endsWith('18, 19, …'), many);
  });
});

describe('a path or a message on a line', () => {
  it('is one line, of bounded length, whatever it holds', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.integer({ min: 2, max: 100 }),
        (text, longest) => {
          const shown = shownLine(text, longest);
          assert.doesNotMatch(shown, /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}]/u);
          assert.ok(shown.length <= 8 * longest + 1);
        },
      ),
    );
  });

  it('stays as it is where there is nothing to hide, and shows both ends of what is long', () => {
    for (const text of ['', 'train.conllu', '/tmp/ä 猫/😀', 'B-PER']) assert.equal(shownLine(text), text);
    assert.equal(shownLine('a\nb\u202Ec'), 'a‹U+000A›b‹U+202E›c');
    assert.equal(shownLine('0123456789', 4), '01…89');
    assert.equal(shownLine('0😀2345678😀', 4), '0…😀');
    assert.equal(shownLine('x'.repeat(100_000_000)).length, 201);
  });

  it('keeps an error of the command line on its lines', () => {
    const error = new InputError('No label \n“x”.', { file: 'a\nb', line: 1, hint: 'y\nz' });
    assert.equal(describeError(error), 'a‹U+000A›b:2: No label ‹U+000A›“x”.\ny‹U+000A›z');
    const long = new InputError('m'.repeat(1e6), { file: 'f'.repeat(1e6), hint: 'h'.repeat(1e6) });
    assert.ok(describeError(long).length < 3000);
  });

  it('keeps the labels of the command line’s tables in theirs', () => {
    const label = `\u202E\n\x1b[31m${'x'.repeat(1e6)}`;
    const scores = { precision: 1, recall: 1, f1: 1, gold: 1, predicted: 1, correct: 1 };
    const shown = describeDetails({
      labels: [{ label, ...scores }],
      confusions: [[label, `${label}y`, 2]],
    });
    assert.equal(shown.split('\n').length, 7, shown);
    assert.match(shown, /‹U\+202E›‹U\+000A›‹U\+001B›/);
    assert.doesNotMatch(shown, /[\u202E\x1b]/);
    assert.ok(shown.length < 1500);
  });
});
