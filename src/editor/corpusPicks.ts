/** What there is to train on, and which of it was asked for. */
import { InputError } from '../common/errors';
import { formatCount } from '../common/figures';
import { shownLine, shownName, shownNames } from '../common/shownText';
import type { LabelColumn, Corpus } from '../corpus/corpus';
import { isUnlikely } from '../corpus/labels/columns';
import { splitLabel } from '../corpus/labels/notation';
import { filesLeftOut } from '../corpus/leftOut';
import { withoutIcons } from './translate';
import type { Translate } from './translate';

/** A corpus with one of its label columns. */
export interface Choice {
  readonly corpus: Corpus;
  readonly column: LabelColumn;
}

export function choicesOf(corpora: readonly Corpus[]): Choice[] {
  return corpora.flatMap((corpus) => corpus.columns.map((column) => ({ corpus, column })));
}

export interface PickText {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
}

const labelsShown = 8;

/**
 * A choice as a quick pick shows it: "UD_English-EWT · UPOS", 17 labels, 204,577 tokens, and the most
 * frequent labels.
 */
export function pickText({ corpus, column }: Choice, t: Translate): PickText {
  const labels = column.labels
    .slice(0, labelsShown)
    .map(({ label, count }) => `${shownName(label)} ${formatCount(count)}`);
  if (column.labels.length > labelsShown) labels.push('…');
  return {
    label: withoutIcons(`${shownName(corpus.name)} · ${shownName(column.name)}`),
    description: describeColumn(corpus, column, t),
    detail: withoutIcons(labels.join(' · ')),
  };
}

function describeColumn(corpus: Corpus, { labels, scheme, name }: LabelColumn, t: Translate): string {
  const tokens = formatCount(corpus.tokens);
  if (isUnlikely(corpus.layout, { labels, scheme, name }))
    return t('{0} different values, {1} tokens', formatCount(labels.length), tokens);
  if (scheme === 'none') return t('{0} labels, {1} tokens', formatCount(labels.length), tokens);
  const parts = labels.map(({ label }) => splitLabel(label, scheme));
  const types = new Set(parts.filter(({ prefix }) => prefix !== 'O').map(({ type }) => type)).size;
  return types === 1
    ? t('labels: {0}, 1 type, {1} tokens', scheme, tokens)
    : t('labels: {0}, {1} types, {2} tokens', scheme, formatCount(types), tokens);
}

/** Whether a choice is learned only where somebody says so: its column has very many values. */
export function isUnlikelyChoice({ corpus, column }: Choice): boolean {
  return isUnlikely(corpus.layout, column);
}

/**
 * The choice that needs no question: the only one, where the column is likely to hold labels or was named; or
 * the only likely one.
 */
export function soleChoice(choices: readonly Choice[], named: boolean): Choice | undefined {
  const fitting = named ? choices : choices.filter((choice) => !isUnlikelyChoice(choice));
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** What is asked before a corpus is trained on of which much cannot be read; undefined where nothing is. */
export function leftOutQuestion(
  corpus: Corpus,
  nameOf: (file: string) => string,
  t: Translate,
): string | undefined {
  const [worst, ...others] = filesLeftOut(corpus);
  if (!worst) return undefined;
  const { tokens, leftOut, file } = worst;
  const first = t(
    '{0} of {1} rows of {2} cannot be read: a model would be trained without them.',
    formatCount(leftOut),
    formatCount(tokens + leftOut),
    shownLine(nameOf(file)),
  );
  if (others.length === 0) return first;
  return t(
    '{0} {1}',
    first,
    t('Of {0} more files more than 2 % cannot be read.', formatCount(others.length)),
  );
}

/** The corpora that an id or a name means; without one, all. */
export function corporaMeant(corpora: readonly Corpus[], asked: string | undefined): readonly Corpus[] {
  if (asked === undefined) return corpora;
  return corpora.filter(({ id, name }) => id === asked || name === asked);
}

/**
 * The choices that a command's argument leaves.
 * @param asked `corpus` is an id or a name; `column` a column's name.
 * @throws InputError that says what there is instead, where nothing fits.
 */
export function narrow(
  corpora: readonly Corpus[],
  asked: { readonly corpus?: string; readonly column?: string },
  t: Translate,
): Choice[] {
  const fitting = corporaMeant(corpora, asked.corpus);
  if (fitting.length === 0)
    throw new InputError(
      t(
        'There is no corpus "{0}" here. There is: {1}.',
        shownName(asked.corpus ?? ''),
        list(corpora.map(({ name }) => name)),
      ),
    );
  const choices = choicesOf(fitting);
  if (asked.column === undefined) return choices;
  const chosen = choices.filter(({ column }) => column.name === asked.column);
  if (chosen.length > 0) return chosen;
  const names = new Set(choices.map(({ column }) => column.name));
  throw new InputError(
    t('There is no label column "{0}". There is: {1}.', shownName(asked.column), list([...names])),
  );
}

function list(names: readonly string[]): string {
  return names.length > 0 ? shownNames(names) : '–';
}
