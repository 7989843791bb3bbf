import assert from 'node:assert/strict';
import fc from 'fast-check';
import { InputError } from '../../../src/common/problem';
import { parseTrainArguments } from '../../../src/editor/trainArguments';

describe('arguments of the train command', () => {
  it('may be left out', () => {
    assert.deepEqual(parseTrainArguments(undefined), { settings: {} });
    assert.deepEqual(parseTrainArguments(null), { settings: {} });
    assert.deepEqual(parseTrainArguments({}), { corpus: undefined, column: undefined, settings: {} });
  });

  it('name corpus and column, and settings for this run', () => {
    assert.deepEqual(parseTrainArguments({ corpus: 'WNUT17', column: 'NER', epochs: 3, device: 'cpu' }), { corpus: 'WNUT17', column: 'NER', settings: { epochs: 3, device: 'cpu' } });
  });

  it('say what is wrong in them', () => {
    const wrong: [unknown, RegExp][] = [
      ['UPOS', /takes an object/],
      [[1], /takes an object/],
      [{ colunm: 'UPOS' }, /does not know "colunm"\. It takes corpus, column, .*hidden/],
      [{ column: 4 }, /column must be a text, but is 4/],
      [{ epochs: 0 }, /rnnTagger\.train: epochs must be a whole number from 1 to 1000000, but is 0\./],
      [{ device: 'tpu' }, /device must be one of auto/],
    ];
    for (const [argument, message] of wrong) assert.throws(() => parseTrainArguments(argument), (error) => error instanceof InputError && message.test(error.message));
  });

  it('are read or refused, whatever they are', () => {
    fc.assert(
      fc.property(fc.anything(), (argument) => {
        try {
          parseTrainArguments(argument);
        } catch (error) {
          assert.ok(error instanceof InputError, String(error));
        }
      }),
    );
  });
});
