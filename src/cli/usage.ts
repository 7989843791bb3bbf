import { parseArgs } from 'node:util';
import type { ParseArgsConfig } from 'node:util';
import { InputError, messageOf } from '../common/errors';
import type { StatedLayout } from '../corpus/formats/rows/statedLayout';
import { nodeDevices } from '../engine/devices';
import type { DeviceName } from '../kernels/registry';
import type { TrainingSettings } from '../model/settings/settings';
import { formatOf } from '../report/formats';
import { chartIds } from '../report/runCharts';
import { completeSettings } from '../training/defaults';
import { readSettings, settingOptions, settingsHelp } from './settingOptions';
import { readStated, statedHelp, statedOptions } from './statedOptions';
import { UsageError } from './usageError';

export const usage = `Usage:
  rnn-tagger check PATH… [options]          what is in corpus files or folders: columns, labels, what is odd
  rnn-tagger train PATH… [options]          train on corpus files or folders
  rnn-tagger tag --model FILE [FILE]        label tokens: one a line in, with labels out (stdin, or FILE)
  rnn-tagger evaluate --model FILE PATH     score a model on a corpus
  rnn-tagger report RUN [--output FILE]     a run that train --run has kept, as a page that opens anywhere

Options of check:
  --label-errors        also judge each label by models that have not seen it, and list those that may be wrong
  --column NAME         the column that is judged (default: the first on offer)
  --folds N             how many models, each for a part of the corpus (default 4)
  --seed N, --device NAME, --threads N

Options of train:
  --column NAME         label column (default: the first on offer; CoNLL-U: UPOS)
  --dev FILE            development set (default: by file name, else a held-out tenth)
  --test FILE           test set, scored once at the end
  --model FILE          where to write the model (safetensors)
  --run FOLDER          keep the run's settings and curves in a new folder, for report
${settingsHelp}
  --threads N           threads of simd (default and at most: all cores); the result is the same for any number
  --device NAME         ${nodeDevices.join(', ')}
  --replace-invalid     read invalid UTF-8 with replacement characters
  --allow-left-out      train although more than 2 % of a file's rows cannot be read

Options of check, train, tag and evaluate, where what the text says will not do:
${statedHelp}

Options of tag and evaluate:
  --model FILE, --device NAME, --threads N, --replace-invalid
  --column NAME         label column, where it is called otherwise than the model's

Options of evaluate:
  --training PATH       what the model was trained on: recall of words outside of it (word segmentation)

Options of report:
  --output FILE         where to write it, as .html, .csv, .json, .md or .svg (default: HTML, on stdout)
  --chart NAME          of .svg, the one chart that is drawn: ${chartIds.join(', ')}

  --json                train, evaluate: the last line of stdout is one JSON object; check: all of it is
  --help, --version

Exit codes: 0 done, 1 failed (check: nothing could be read), 2 bad usage; 130 interrupted, with the model of the last checkpoint.
`;

export type Command =
  | { readonly name: 'help' }
  | { readonly name: 'version' }
  | {
      readonly name: 'check';
      readonly paths: readonly string[];
      readonly replaceInvalidBytes: boolean;
      readonly stated?: StatedLayout;
      readonly json: boolean;
      /** Look for labels that may be wrong. */
      readonly labelErrors?: LabelErrorArguments;
    }
  | {
      readonly name: 'train';
      readonly paths: readonly string[];
      readonly column?: string;
      readonly dev?: string;
      readonly test?: string;
      readonly model?: string;
      /** The folder in which the run is kept. */
      readonly run?: string;
      readonly settings: Partial<TrainingSettings>;
      readonly replaceInvalidBytes: boolean;
      readonly allowLeftOut: boolean;
      readonly stated?: StatedLayout;
      readonly json: boolean;
    }
  | {
      readonly name: 'report';
      readonly run: string;
      readonly output?: string;
      /** The one chart that is drawn. */
      readonly chart?: string;
    }
  | ({ readonly name: 'tag'; readonly file?: string } & ModelArguments)
  | ({
      readonly name: 'evaluate';
      readonly path: string;
      readonly training?: string;
      readonly json: boolean;
    } & ModelArguments);

export interface LabelErrorArguments {
  readonly column?: string;
  readonly folds: number;
  readonly device: DeviceName | 'auto';
  readonly threads: number;
  readonly seed: number;
}

export interface ModelArguments {
  readonly model: string;
  readonly device: DeviceName | 'auto';
  readonly threads: number;
  readonly replaceInvalidBytes: boolean;
  readonly column?: string;
  readonly stated?: StatedLayout;
}

const shared = {
  model: { type: 'string' },
  device: { type: 'string' },
  threads: { type: 'string' },
  'replace-invalid': { type: 'boolean' },
  column: { type: 'string' },
  ...statedOptions,
} as const;

/** Options of the search for label errors alone. */
const labelErrorOptions = {
  column: { type: 'string' },
  folds: { type: 'string' },
  device: { type: 'string' },
  threads: { type: 'string' },
  seed: { type: 'string' },
} as const;

const known = {
  check: {
    'replace-invalid': { type: 'boolean' },
    ...statedOptions,
    json: { type: 'boolean' },
    'label-errors': { type: 'boolean' },
    ...labelErrorOptions,
  },
  train: {
    ...shared,
    'allow-left-out': { type: 'boolean' },
    dev: { type: 'string' },
    test: { type: 'string' },
    run: { type: 'string' },
    ...settingOptions,
    json: { type: 'boolean' },
  },
  report: { output: { type: 'string' }, chart: { type: 'string' } },
  tag: shared,
  evaluate: { ...shared, training: { type: 'string' }, json: { type: 'boolean' } },
} as const satisfies Record<string, ParseArgsConfig['options']>;

/** @throws {UsageError} with what is wrong. */
export function parseCommand(argv: readonly string[]): Command {
  const [name, ...rest] = argv;
  if (name === undefined)
    throw new UsageError('A command is missing: check, train, tag, evaluate or report.');
  const options = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv;
  if (options.includes('--help') || options.includes('-h') || name === 'help') return { name: 'help' };
  if (name === '--version' || name === 'version') return { name: 'version' };
  switch (name) {
    case 'check':
      return checkArguments(rest);
    case 'train': {
      const { values, positionals } = parse(rest, known.train);
      if (positionals.length === 0) throw new UsageError('train needs at least one file or folder.');
      if (values.dev !== undefined && values.dev === values.test)
        throw new UsageError('--dev and --test name the same file.');
      if (values.model === '') throw new UsageError('--model needs the name of a file.');
      if (values.run === '') throw new UsageError('--run needs the name of a folder.');
      return {
        name,
        paths: positionals,
        column: values.column,
        dev: values.dev,
        test: values.test,
        model: values.model,
        run: values.run,
        settings: checked({
          ...readSettings(values),
          device: oneOf('--device', values.device, nodeDevices),
          threads: whole('--threads', values.threads, 1),
        }),
        replaceInvalidBytes: values['replace-invalid'] ?? false,
        allowLeftOut: values['allow-left-out'] ?? false,
        stated: readStated(values),
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
    case 'report':
      return reportArguments(rest);
    default:
      throw new UsageError(
        `There is no command ${JSON.stringify(name)}: check, train, tag, evaluate or report.`,
      );
  }
}

function checkArguments(args: string[]): Command {
  const { values, positionals } = parse(args, known.check);
  if (positionals.length === 0) throw new UsageError('check needs at least one file or folder.');
  return {
    name: 'check',
    paths: positionals,
    replaceInvalidBytes: values['replace-invalid'] ?? false,
    stated: readStated(values),
    json: values.json ?? false,
    labelErrors: labelErrorArguments(values),
  };
}

function reportArguments(args: string[]): Command {
  const { values, positionals } = parse(args, known.report);
  const { output } = values;
  if (positionals.length !== 1) throw new UsageError('report needs the folder of one run.');
  if (output === '') throw new UsageError('--output needs the name of a file.');
  const chart = oneOf('--chart', values.chart, chartIds);
  if (chart !== undefined && (output === undefined || formatOf(output) !== 'svg'))
    throw new UsageError('--chart goes with --output and a name that ends in .svg.');
  return { name: 'report', run: positionals[0], output, chart };
}

/** Models that judge a corpus, each a part of it. */
const defaultFolds = 4;

function labelErrorArguments(
  values: { readonly 'label-errors'?: boolean } & {
    readonly [Name in keyof typeof labelErrorOptions]?: string;
  },
): LabelErrorArguments | undefined {
  if (values['label-errors'] !== true) {
    const alone = Object.keys(labelErrorOptions).find((name) => Object.hasOwn(values, name));
    if (alone !== undefined) throw new UsageError(`check takes --${alone} with --label-errors only.`);
    return undefined;
  }
  return {
    column: values.column,
    folds: whole('--folds', values.folds, 2) ?? defaultFolds,
    device: oneOf('--device', values.device, nodeDevices) ?? 'auto',
    threads: whole('--threads', values.threads, 1) ?? 0,
    seed: whole('--seed', values.seed, 0) ?? 1,
  };
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
  values: Parameters<typeof readStated>[0] & {
    model?: string;
    device?: string;
    threads?: string;
    column?: string;
    'replace-invalid'?: boolean;
  },
): ModelArguments {
  if (values.model === undefined) throw new UsageError(`${command} needs --model FILE.`);
  return {
    model: values.model,
    device: oneOf('--device', values.device, nodeDevices) ?? 'auto',
    threads: whole('--threads', values.threads, 1) ?? 0,
    replaceInvalidBytes: values['replace-invalid'] ?? false,
    column: values.column,
    stated: readStated(values),
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
    completeSettings(settings);
  } catch (error) {
    throw error instanceof InputError ? new UsageError(error.message) : error;
  }
  return settings;
}
