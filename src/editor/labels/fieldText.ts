import { escapeMarkdown } from '../../common/escapeMarkdown';
import { shownName } from '../../common/shownText';
import type { CorpusLayout, LabelColumn, LabelScheme } from '../../corpus/corpus';
import type { CorpusField } from '../../corpus/fieldAt';
import { partsUnder } from '../../corpus/labels/notation';
import type { Translate } from '../translate';

/** What a hover knows of a file's columns. */
export interface ColumnsInfo {
  readonly layout: CorpusLayout;
  /** The columns that can be learned, the one that is learned where nobody says more first. */
  readonly labels: readonly LabelColumn[];
  /** The column that the model of the document has learned. */
  readonly learned?: string;
}

const shown = (text: string): string => escapeMarkdown(shownName(text, 200));

/** A field's column, its value, and what the column is, as Markdown. */
export function fieldText(field: CorpusField, columns: ColumnsInfo, t: Translate): string {
  const { layout, labels } = columns;
  const name = layout.columns[field.index];
  const about = [meaningOf(field.index, layout, t), roleOf(name, field.index, columns, t)].filter(
    (part) => part !== undefined,
  );
  const lines = [`**${shown(name)}**: ${shown(field.value)}`];
  if (about.length > 0) lines.push('', about.map(escapeMarkdown).join('; '));
  const scheme = labels.find((column) => column.name === name)?.scheme ?? 'none';
  const span = spanText(field.value, scheme, t);
  if (span !== undefined) lines.push('', span);
  return lines.join('\n');
}

/** What stands in a column, where its name says so. */
function meaningOf(
  index: number,
  { kind, columns, form, sentence }: CorpusLayout,
  t: Translate,
): string | undefined {
  if (index === form) return t('the word');
  const name = columns[index];
  if (index === sentence || name === 'SENTENCE') return t('the number of the sentence');
  if (name === 'ID') return t('the number of the word in its sentence');
  if (kind !== 'conllu') return undefined;
  const meanings: Readonly<Record<string, string>> = {
    LEMMA: t('the base form of the word'),
    UPOS: t('the universal part of speech'),
    XPOS: t('the part of speech in the tags of the language'),
    FEATS: t('features, such as case and number'),
    HEAD: t('the number of the word that it depends on, 0 for none'),
    DEPREL: t('the relation to the word that it depends on'),
    DEPS: t('the words that it depends on, with the relations'),
    MISC: t('notes'),
  };
  return Object.hasOwn(meanings, name) ? meanings[name] : undefined;
}

/** What is done with a column in training. */
function roleOf(
  name: string,
  index: number,
  { layout, labels, learned }: ColumnsInfo,
  t: Translate,
): string | undefined {
  if (index === layout.form) return undefined;
  const offered = labels.findIndex((column) => column.name === name);
  if (name === learned) return t('the label column that the model has learned');
  if (offered === 0) return t('a label column, learned where no other is chosen');
  if (offered > 0) return t('a label column that can be learned');
  return labels.length > 0 ? t('not learned') : undefined;
}

/** What a label says of spans. */
function spanText(label: string, scheme: LabelScheme, t: Translate): string | undefined {
  const parts = scheme === 'none' ? undefined : partsUnder(label, scheme);
  if (!parts) return undefined;
  const type = shown(parts.type);
  if (parts.prefix === 'O') return t('In no span');
  if (scheme === 'IO') return t('In a span {0}', type);
  return {
    B: t('Begins a span {0}', type),
    I: t('Goes on with a span {0}', type),
    E: t('Ends a span {0}', type),
    S: t('Is a span {0}', type),
  }[parts.prefix].trim();
}
