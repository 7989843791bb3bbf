import { InputError } from '../common/errors';
import * as l10n from '../common/l10n';
import { shownName, shownNames } from '../common/shownText';
import { settingNames } from '../model/settings/schema';
import type { TrainingSettings } from '../model/settings/settings';
import { checkTrainingSettings, isGiven } from '../workspace/trainingSettings';

/**
 * What **Train on Workspace** takes as its argument, from a key binding, a task or a test. All of it may be
 * left out, or `null`.
 */
export interface TrainArguments {
  /** A corpus, by id or name. */
  readonly corpus?: string;
  /** A label column, by name. */
  readonly column?: string;
  /** Train although more than 2 % of a file's rows cannot be read. */
  readonly allowLeftOut?: boolean;
  /** What to set for this run only. */
  readonly settings: Partial<TrainingSettings>;
}

/**
 * Reads a command's argument object.
 * @throws InputError that names what is wrong in it.
 */
export function parseTrainArguments(value: unknown): TrainArguments {
  if (value === undefined || value === null) return { settings: {} };
  if (typeof value !== 'object' || Array.isArray(value))
    throw new InputError(
      l10n.t(
        '{0} takes an object, such as {1}, but was given {2}.',
        'rnnTagger.train',
        '{ "column": "UPOS" }',
        shownName(JSON.stringify(value)),
      ),
    );
  const fields = value as Readonly<Record<string, unknown>>;
  const known = ['corpus', 'column', 'allowLeftOut', ...settingNames];
  const unknown = Object.keys(fields).filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new InputError(
      l10n.t('rnnTagger.train does not know "{0}". It takes {1}.', shownNames(unknown), known.join(', ')),
    );
  const allowLeftOut = yesOrNo(fields, 'allowLeftOut');
  return {
    corpus: text(fields, 'corpus'),
    column: text(fields, 'column'),
    ...(allowLeftOut !== undefined && { allowLeftOut }),
    settings: checkTrainingSettings(fields, (name) => `rnnTagger.train: ${name}`),
  };
}

function text(fields: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = fields[name];
  if (!isGiven(value)) return undefined;
  if (typeof value !== 'string')
    throw new InputError(
      l10n.t('rnnTagger.train: {0} must be a text, but is {1}.', name, shownName(JSON.stringify(value))),
    );
  return value;
}

function yesOrNo(fields: Readonly<Record<string, unknown>>, name: string): boolean | undefined {
  const value = fields[name];
  if (!isGiven(value)) return undefined;
  if (typeof value !== 'boolean')
    throw new InputError(
      l10n.t(
        'rnnTagger.train: {0} must be true or false, but is {1}.',
        name,
        shownName(JSON.stringify(value)),
      ),
    );
  return value;
}
