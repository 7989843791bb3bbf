import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseCommand, usage } from '../../../src/cli/usage';
import { UsageError } from '../../../src/cli/usageError';
import { settingNames } from '../../../src/model/settings/schema';
import type { SettingName } from '../../../src/model/settings/schema';

describe('the command line', () => {
  it('reads every option of train', () => {
    const command = parseCommand(
      'train a b --column XPOS --dev d --test t --model m --run r --epochs 3 --batch 0 --hidden 32 --learning-rate 0.1 --optimizer sgd --activation relu --clip 0 --threads 2 --seed 7 --device cpu --input-columns POS,3 --json'.split(
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
      run: 'r',
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
      allowLeftOut: false,
      stated: undefined,
      json: true,
    });
  });

  it('reads what report is to write', () => {
    assert.deepEqual(parseCommand(['report', 'r']), {
      name: 'report',
      run: 'r',
      output: undefined,
      chart: undefined,
    });
    assert.deepEqual(parseCommand('report r --output f.svg --chart gradient-norm'.split(' ')), {
      name: 'report',
      run: 'r',
      output: 'f.svg',
      chart: 'gradient-norm',
    });
    for (const wrong of [
      'report',
      'report a b',
      'report r --chart loss',
      'report r --output f.csv --chart loss',
      'report r --output f.svg --chart x',
    ])
      assert.throws(() => parseCommand(wrong.split(' ')), UsageError, wrong);
    assert.throws(() => parseCommand(['report', 'r', '--output', '']), UsageError);
  });

  it('has an option for every setting, and says what it is', () => {
    const special: Partial<Record<SettingName, string>> = {
      bidirectional: 'directions',
      columns: 'input-columns',
    };
    for (const name of settingNames) {
      const option = special[name] ?? name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      assert.match(usage, new RegExp(`^  --${option} .{0,18} [^ ].{5,}$`, 'm'), name);
    }
  });

  it('calls switches by words', () => {
    const settingsOf = (options: string): unknown => {
      const command = parseCommand(['train', 'a', ...options.split(' ')]);
      return command.name === 'train' && command.settings;
    };
    assert.deepEqual(settingsOf('--directions both --averaging off'), {
      bidirectional: true,
      averaging: false,
    });
    assert.deepEqual(settingsOf('--directions left-to-right --averaging on'), {
      bidirectional: false,
      averaging: true,
    });
  });

  for (const [wrong, message] of [
    ['--epochs 1.5', '--epochs must be a whole number from 0 to 1000000, not "1.5".'],
    ['--learning-rate 0', '--learning-rate must be a number over 0, at most 1000000, not "0".'],
    ['--dropout 1', '--dropout must be a number from 0 to below 1, not "1".'],
    ['--optimizer adamw', '--optimizer must be one of sgd, momentum, adam, not "adamw".'],
    ['--directions left', '--directions must be both or left-to-right, not "left".'],
    ['--averaging yes', '--averaging must be on or off, not "yes".'],
    [
      '--input-columns POS,',
      '--input-columns must be a list of at most 64 different names of 1 to 200 characters with commas between them, not "POS,".',
    ],
    ['--threads 0', '--threads takes a whole number from 1, not "0".'],
  ] as const) {
    it(`says what an option takes: ${wrong}`, () => {
      assert.throws(
        () => parseCommand(['train', 'a', ...wrong.split(' ')]),
        (error) => error instanceof UsageError && error.message === message,
      );
    });
  }

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
      column: undefined,
      stated: undefined,
    });
  });

  for (const bad of [
    '',
    'fly',
    'train',
    'check',
    'check a --epochs 3',
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
              'check',
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
