/** What there is to train on, and which of it was asked for. */
import { InputError } from '../common/errors';
import { formatCount } from '../common/figures';
import { shownName, shownNames } from '../common/shownText';
import type { LabelColumn, Corpus } from '../corpus/corpus';
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
    description: t('{0} labels, {1} tokens', formatCount(column.labels.length), formatCount(corpus.tokens)),
    detail: withoutIcons(labels.join(' · ')),
  };
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
  const fitting =
    asked.corpus === undefined
      ? corpora
      : corpora.filter((corpus) => corpus.id === asked.corpus || corpus.name === asked.corpus);
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
