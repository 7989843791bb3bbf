import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describeError } from '../../../src/cli/report';
import { InputError } from '../../../src/common/errors';
import { oneLine } from '../../../src/common/shown';

describe('user text in messages', () => {
  it('is one line, of bounded length, whatever it holds', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.integer({ min: 2, max: 100 }),
        (text, longest) => {
          const shown = oneLine(text, longest);
          assert.doesNotMatch(shown, /[\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u);
          assert.ok(shown.length <= 6 * longest + 1);
        },
      ),
    );
  });

  it('stays as it is where there is nothing to hide', () => {
    for (const text of ['', 'train.conllu', '/tmp/ä 猫/😀', 'B-PER']) assert.equal(oneLine(text), text);
  });

  it('shows what would begin a line or turn its direction, and both ends of what is long', () => {
    assert.equal(oneLine('a\nb\r\tc\u202Ed\u2028\x1B[31m'), 'a\\nb\\r\\tc\\u202Ed\\u2028\\u001B[31m');
    assert.equal(oneLine('0123456789', 4), '01…89');
  });

  it('keeps an error of the command line on its lines', () => {
    const error = new InputError('No label \n“x”.', { file: 'a\nb', line: 1, hint: 'y\nz' });
    assert.equal(describeError(error), 'a\\nb:2: No label \\n“x”.\ny\\nz');
    const long = new InputError('m'.repeat(1e6), { file: 'f'.repeat(1e6), hint: 'h'.repeat(1e6) });
    assert.ok(describeError(long).length < 3000);
  });
});
