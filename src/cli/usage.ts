import { parseArgs } from 'node:util';
import type { ParseArgsConfig } from 'node:util';
import { InputError, messageOf } from '../common/errors';
import { nodeDevices } from '../engine/devices';
import type { DeviceName } from '../kernels/registry';
import { choices } from '../model/settings';
import { resolveSettings } from '../training/settings';
import type { TrainingSettings } from '../training/settings';

/** Wrong arguments: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const usage = `Usage:
  rnn-tagger train PATH… [options]          train on corpus files or folders
  rnn-tagger tag --model FILE [FILE]        label tokens: one a line in, with labels out (stdin, or FILE)
  rnn-tagger evaluate --model FILE PATH     score a model on a corpus

Options of train:
  --column NAME         label column (default: the first on offer; CoNLL-U: UPOS)
  --dev FILE            development set (default: by file name, else a held-out tenth)
  --test FILE           test set, scored once at the end
  --model FILE          where to write the model (safetensors)
  --epochs N            passes over the training set; 0: as many as its size asks for
  --patience N          epochs without a better development score after which it ends; 0: none
  --batch N             sentences to a minibatch; 1: one at a time, 0: the whole set
  --input NAME          features (word, affixes, shape, neighbours), or one-hot words: the plain network
  --input-columns A,B   further columns to read, by name or number: --input-columns POS,CHUNK
  --embedding N         numbers to a feature
  --hidden N            hidden units, of each layer and direction
  --layers N            hidden layers
  --directions NAME     both, or left-to-right
  --activation NAME     tanh, sigmoid or relu
  --loss NAME           softmax (by token), crf (by sentence, with transitions between labels), or auto
  --optimizer NAME      sgd, momentum or adam
  --learning-rate X     step size
  --table-rate X        that of the input features' table, as a multiple
  --schedule NAME       of the learning rate: constant, or linear (falls to 0)
  --clip X              largest gradient norm; 0: no clipping
  --dropout X           share of hidden states that is dropped in training
  --input-dropout X     share of the input that is dropped
  --word-dropout X      how often a token's own word is withheld
  --truncation N        steps after which the backward sweep is cut (truncated BPTT); 0: none
  --averaging on|off    average the weights of the last steps
  --threads N           threads of simd (default: all cores); the result is the same for any number
  --seed N              for initial weights, order and held-out data
  --device NAME         ${nodeDevices.join(', ')}
  --replace-invalid     read invalid UTF-8 with replacement characters

Options of tag and evaluate:
  --model FILE, --device NAME, --threads N, --replace-invalid

Options of evaluate:
  --training PATH       what the model was trained on: recall of words outside of it (word segmentation)

  --json                train, evaluate: the last line of stdout is one JSON object
  --help, --version

Exit codes: 0 done, 1 failed, 2 bad usage; 130 interrupted, with the model of the last checkpoint.
`;

export type Command =
  | { readonly name: 'help' }
  | { readonly name: 'version' }
  | {
      readonly name: 'train';
      readonly paths: readonly string[];
      readonly column?: string;
      readonly dev?: string;
      readonly test?: string;
      readonly model?: string;
      readonly settings: Partial<TrainingSettings>;
      readonly replaceInvalidBytes: boolean;
      readonly json: boolean;
    }
  | ({ readonly name: 'tag'; readonly file?: string } & ModelArguments)
  | ({
      readonly name: 'evaluate';
      readonly path: string;
      readonly training?: string;
      readonly json: boolean;
    } & ModelArguments);

export interface ModelArguments {
  readonly model: string;
  readonly device: DeviceName | 'auto';
  readonly threads: number;
  readonly replaceInvalidBytes: boolean;
}

/** How the text of an option becomes a setting's value. */
type Reading = (option: string, text: string | undefined) => unknown;

const from =
  (least: number): Reading =>
  (option, text) =>
    whole(option, text, least);
const one =
  (names: readonly string[]): Reading =>
  (option, text) =>
    oneOf(option, text, names);
const names: Reading = (option, text) => list(option, text);
const over0: Reading = (option, text) => positive(option, text, false);
const from0: Reading = (option, text) => positive(option, text, true);

/** The settings of a run that have an option, and how it is called and read. */
const settingOptions: Readonly<
  Partial<Record<keyof TrainingSettings, readonly [option: string, read: Reading]>>
> = {
  epochs: ['epochs', from(0)],
  patience: ['patience', from(0)],
  batch: ['batch', from(0)],
  input: ['input', one(choices.input)],
  columns: ['input-columns', names],
  embedding: ['embedding', from(1)],
  hidden: ['hidden', from(1)],
  layers: ['layers', from(1)],
  bidirectional: [
    'directions',
    (option, text) => isFirst(oneOf(option, text, ['both', 'left-to-right']), 'both'),
  ],
  activation: ['activation', one(choices.activation)],
  loss: ['loss', one(choices.loss)],
  optimizer: ['optimizer', one(choices.optimizer)],
  learningRate: ['learning-rate', over0],
  tableRate: ['table-rate', over0],
  schedule: ['schedule', one(choices.schedule)],
  clip: ['clip', from0],
  dropout: ['dropout', from0],
  inputDropout: ['input-dropout', from0],
  wordDropout: ['word-dropout', from0],
  truncation: ['truncation', from(0)],
  averaging: ['averaging', (option, text) => isFirst(oneOf(option, text, ['on', 'off']), 'on')],
  seed: ['seed', from(0)],
};

function isFirst(name: string | undefined, first: string): boolean | undefined {
  return name === undefined ? undefined : name === first;
}

function options(settings: typeof settingOptions): Record<string, { type: 'string' }> {
  return Object.fromEntries(Object.values(settings).map(([option]) => [option, { type: 'string' }]));
}

function givenSettings(
  values: Readonly<Record<string, string | boolean | undefined>>,
): Partial<TrainingSettings> {
  const entries = Object.entries(settingOptions).map(([name, [option, read]]) => [
    name,
    read(`--${option}`, values[option] as string | undefined),
  ]);
  return Object.fromEntries(entries) as Partial<TrainingSettings>;
}

const shared = {
  model: { type: 'string' },
  device: { type: 'string' },
  threads: { type: 'string' },
  'replace-invalid': { type: 'boolean' },
} as const;

const known = {
  train: {
    ...shared,
    column: { type: 'string' },
    dev: { type: 'string' },
    test: { type: 'string' },
    ...options(settingOptions),
    json: { type: 'boolean' },
  },
  tag: shared,
  evaluate: { ...shared, training: { type: 'string' }, json: { type: 'boolean' } },
} as const satisfies Record<string, ParseArgsConfig['options']>;

/** @throws {UsageError} with what is wrong. */
export function parseCommand(argv: readonly string[]): Command {
  const [name, ...rest] = argv;
  if (name === undefined) throw new UsageError('A command is missing: train, tag or evaluate.');
  const options = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv;
  if (options.includes('--help') || options.includes('-h') || name === 'help') return { name: 'help' };
  if (name === '--version' || name === 'version') return { name: 'version' };
  switch (name) {
    case 'train': {
      const { values, positionals } = parse(rest, known.train);
      if (positionals.length === 0) throw new UsageError('train needs at least one file or folder.');
      if (values.dev !== undefined && values.dev === values.test)
        throw new UsageError('--dev and --test name the same file.');
      if (values.model === '') throw new UsageError('--model needs the name of a file.');
      return {
        name,
        paths: positionals,
        column: values.column,
        dev: values.dev,
        test: values.test,
        model: values.model,
        settings: checked({
          ...givenSettings(values),
          device: oneOf('--device', values.device, nodeDevices),
          threads: whole('--threads', values.threads, 1),
        }),
        replaceInvalidBytes: values['replace-invalid'] ?? false,
        json: values.json ?? false,
      };
    }
    case 'tag': {
      const { values, positionals } = parse(rest, known.tag);
      if (positionals.length > 1) throw new UsageError('tag takes one file, or none to read from stdin.');
      return { name, file: positionals[0], ...modelArguments(name, values) };
    }
    case 'evaluate': {
      const { values, positionals } = parse(rest, known.evaluate);
      if (positionals.length !== 1) throw new UsageError('evaluate needs one file or folder.');
      return {
        name,
        path: positionals[0],
        training: values.training,
        json: values.json ?? false,
        ...modelArguments(name, values),
      };
    }
    default:
      throw new UsageError(`There is no command ${JSON.stringify(name)}: train, tag or evaluate.`);
  }
}

function parse<Options extends NonNullable<ParseArgsConfig['options']>>(args: string[], options: Options) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(messageOf(error));
  }
}

function modelArguments(
  command: string,
  values: { model?: string; device?: string; threads?: string; 'replace-invalid'?: boolean },
): ModelArguments {
  if (values.model === undefined) throw new UsageError(`${command} needs --model FILE.`);
  return {
    model: values.model,
    device: oneOf('--device', values.device, nodeDevices) ?? 'auto',
    threads: whole('--threads', values.threads, 1) ?? 0,
    replaceInvalidBytes: values['replace-invalid'] ?? false,
  };
}

function whole(option: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least || value > 2 ** 32 - 1) {
    throw new UsageError(`${option} takes a whole number from ${least}, not ${JSON.stringify(text)}.`);
  }
  return value;
}

function positive(option: string, text: string | undefined, zero: boolean): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0 || (value === 0 && !zero)) {
    throw new UsageError(
      `${option} takes a number ${zero ? 'from 0' : 'above 0'}, not ${JSON.stringify(text)}.`,
    );
  }
  return value;
}

/** Names with commas between them. */
function list(option: string, text: string | undefined): string[] | undefined {
  const named = text?.split(',').map((name) => name.trim());
  if (named?.includes(''))
    throw new UsageError(
      `${option} takes names of columns with commas between them, not ${JSON.stringify(text)}.`,
    );
  return named;
}

function oneOf<Name extends string>(
  option: string,
  text: string | undefined,
  names: readonly Name[],
): Name | undefined {
  if (text === undefined) return undefined;
  const found = names.find((name) => name === text);
  if (found === undefined)
    throw new UsageError(`${option} takes ${names.join(', ')}, not ${JSON.stringify(text)}.`);
  return found;
}

/** The settings that were given, once it is sure that a run can use them. */
function checked(given: Partial<TrainingSettings>): Partial<TrainingSettings> {
  const settings = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  try {
    resolveSettings(settings);
  } catch (error) {
    throw error instanceof InputError ? new UsageError(error.message) : error;
  }
  return settings;
}
