import assert from 'node:assert/strict';
import fc from 'fast-check';
import { InputError } from '../../../src/common/errors';
import { parseTrainArguments } from '../../../src/editor/trainArguments';
import { defaultSettings } from '../../../src/training/defaults';

describe('arguments of the train command', () => {
  it('may be left out', () => {
    assert.deepEqual(parseTrainArguments(undefined), { settings: {} });
    assert.deepEqual(parseTrainArguments(null), { settings: {} });
    assert.deepEqual(parseTrainArguments({}), { corpus: undefined, column: undefined, settings: {} });
  });

  it('name corpus and column, and settings for this run', () => {
    assert.deepEqual(parseTrainArguments({ corpus: 'WNUT17', column: 'NER', epochs: 3, device: 'cpu' }), {
      corpus: 'WNUT17',
      column: 'NER',
      settings: { epochs: 3, device: 'cpu' },
    });
  });

  it('take every setting of a run', () => {
    const settings = {
      ...defaultSettings,
      layers: 2,
      bidirectional: false,
      input: 'one-hot',
      loss: 'crf',
      averaging: false,
      dropout: 0.25,
      tableRate: 0.5,
    } as const;
    assert.deepEqual(parseTrainArguments(settings).settings, settings);
  });

  it('are not given where they are null', () => {
    assert.deepEqual(
      parseTrainArguments({
        corpus: null,
        column: null,
        epochs: null,
        input: null,
        bidirectional: null,
        layers: 2,
      }),
      { corpus: undefined, column: undefined, settings: { layers: 2 } },
    );
  });

  it('say what is wrong in them', () => {
    const wrong: [unknown, RegExp][] = [
      ['UPOS', /takes an object/],
      [[1], /takes an object/],
      [
        { colunm: 'UPOS' },
        /does not know "colunm"\. It takes corpus, column, allowLeftOut, device, .*bidirectional, /,
      ],
      [{ bidirectional: 'both' }, /rnnTagger\.train: bidirectional must be true or false, but is "both"\./],
      [{ optimizer: 'adamw' }, /optimizer must be one of sgd, momentum, adam, but is "adamw"\./],
      [{ dropout: 1 }, /dropout must be a number from 0 to below 1, but is 1\./],
      [{ column: 4 }, /column must be a text, but is 4/],
      [{ epochs: -1 }, /rnnTagger\.train: epochs must be a whole number from 0 to 1000000, but is -1\./],
      [{ device: 'tpu' }, /device must be one of auto/],
      [{ allowLeftOut: 'yes' }, /allowLeftOut must be true or false, but is "yes"/],
    ];
    for (const [argument, message] of wrong)
      assert.throws(
        () => parseTrainArguments(argument),
        (error) => error instanceof InputError && message.test(error.message),
      );
  });

  it('may agree to train although many rows cannot be read', () => {
    assert.equal(parseTrainArguments({ allowLeftOut: true }).allowLeftOut, true);
    assert.equal(parseTrainArguments({ allowLeftOut: null }).allowLeftOut, undefined);
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
