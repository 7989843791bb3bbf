import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseCommand } from '../../../src/cli/usage';
import { UsageError } from '../../../src/cli/usageError';

describe('the command line', () => {
  it('reads every option of train', () => {
    const command = parseCommand(
      'train a b --column XPOS --dev d --test t --model m --epochs 3 --batch 0 --hidden 32 --learning-rate 0.1 --optimizer sgd --activation relu --clip 0 --threads 2 --seed 7 --device cpu --input-columns POS,3 --json'.split(
        ' ',
      ),
    );
    assert.deepEqual(command, {
      name: 'train',
      paths: ['a', 'b'],
      column: 'XPOS',
      dev: 'd',
      test: 't',
      model: 'm',
      settings: {
        columns: ['POS', '3'],
        epochs: 3,
        batch: 0,
        hidden: 32,
        learningRate: 0.1,
        optimizer: 'sgd',
        activation: 'relu',
        clip: 0,
        seed: 7,
        device: 'cpu',
        threads: 2,
      },
      replaceInvalidBytes: false,
      json: true,
    });
  });

  it('leaves out what was not given, so that the defaults hold', () => {
    const command = parseCommand(['train', 'a']);
    assert.deepEqual(command.name === 'train' && command.settings, {});
  });

  it('reads the options of evaluate', () => {
    const command = parseCommand(
      'evaluate --model m --training t --threads 1 --device cpu --json d'.split(' '),
    );
    assert.deepEqual(command, {
      name: 'evaluate',
      path: 'd',
      training: 't',
      json: true,
      model: 'm',
      device: 'cpu',
      threads: 1,
      replaceInvalidBytes: false,
    });
  });

  for (const bad of [
    '',
    'fly',
    'train',
    'train a --epochs 1.5',
    'train a --hidden -3',
    'train a --learning-rate 0',
    'train a --learning-rate NaN',
    'train a --clip',
    'train a --device gpu',
    'train a --optimizer adamw',
    'train a --activation gelu',
    'train a --colour red',
    'train a --input-columns',
    'train a --input-columns POS,',
    'train a --input-columns POS,POS',
    'train a --input-columns POS --input one-hot',
    'tag',
    'tag --model m a b',
    'evaluate --model m',
    'evaluate a',
  ]) {
    it(`refuses ${JSON.stringify(bad)} as bad usage`, () => {
      assert.throws(() => parseCommand(bad === '' ? [] : bad.split(' ')), UsageError);
    });
  }

  it('gives a command or a usage error for any arguments', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.constantFrom(
              'train',
              'tag',
              'evaluate',
              '--model',
              '--epochs',
              '--json',
              '--',
              '-5',
              '--seed=x',
            ),
            fc.string(),
          ),
        ),
        (argv) => {
          try {
            assert.ok(parseCommand(argv).name);
          } catch (error) {
            assert.ok(error instanceof UsageError, String(error));
          }
        },
      ),
    );
  });
});
