import { escapeMarkdown } from '../../common/escapeMarkdown';
import { formatPercent } from '../../common/figures';
import { shownName } from '../../common/shownText';
import type { TaggedToken } from '../../engine/taggerProtocol';
import type { TrainingSettings } from '../../model/settings/settings';
import type { Translate } from '../translate';

/** A name as a hover shows it. Labels of many features are long. */
function shown(name: string): string {
  return escapeMarkdown(shownName(name, 200));
}

/** What a hover shows of the model. */
export interface HoverModel {
  readonly corpusName: string;
  readonly column: string;
  readonly settings: Pick<TrainingSettings, 'columns'>;
}

/** "Span PER, 2 tokens: 83.1 %". */
function spanText({ type, tokens, probability }: NonNullable<TaggedToken['span']>, t: Translate): string {
  const count = tokens === 1 ? t('1 token') : t('{0} tokens', tokens);
  const share = escapeMarkdown(formatPercent(probability));
  return type === '' ? t('Span, {0}: {1}', count, share) : t('Span {0}, {1}: {2}', shown(type), count, share);
}

/**
 * The hover of a token as Markdown: its label and probability, the gold label where there is one, the most
 * probable labels.
 */
export function hoverText(token: TaggedToken, model: HoverModel, t: Translate): string {
  const { label, probability, span, gold, best } = token;
  const hasProbability = best.length > 0;
  const lines = [
    `**${shown(label)}**${hasProbability ? ` ${escapeMarkdown(formatPercent(probability))}` : ''}`,
    '',
  ];
  if (span && hasProbability) lines.push(spanText(span, t), '');
  if (gold !== undefined)
    lines.push(
      gold === label ? t('Gold label: {0}', shown(gold)) : t('≠ gold label {0}', `**${shown(gold)}**`),
      '',
    );
  if (!hasProbability)
    return [
      ...lines,
      t('Suggested by the language model {0}, which gives no probability.', shown(model.corpusName)),
    ].join('\n');
  lines.push(`| ${t('Label')} | ${t('Probability')} |`, '| :-- | --: |');
  for (const entry of best)
    lines.push(`| ${shown(entry.label)} | ${escapeMarkdown(formatPercent(entry.probability))} |`);
  // A hover that names one label and lists another first needs a word.
  if (best.length > 0 && best[0].label !== label)
    lines.push(
      '',
      t(
        'Labels are chosen for the whole sentence, and so that spans are found: the most probable one of a token by itself may be another.',
      ),
    );
  lines.push('', t('Model: {0}, {1}', shown(model.corpusName), shown(model.column)));
  const { columns } = model.settings;
  // Only rows have a place for labels, and further columns.
  if (columns.length > 0 && token.labelColumn === undefined)
    lines.push(
      '',
      t('The model also reads {0}, which plain text does not have.', columns.map(shown).join(', ')),
    );
  return lines.join('\n');
}
