import type { TaggedToken } from '../../engine/protocol';
import type { Translate } from '../translate';

/**
 * Text that Markdown shows as it is, on one line and inside a table's cell: every ASCII punctuation character is escaped (CommonMark 0.31,
 * section 2.4), which leaves no link, image, HTML, entity or table border of its own.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[!-/:-@[-`{-~]/g, '\\$&')
    .replace(/^ +| +$/g, (spaces) => '&nbsp;'.repeat(spaces.length));
}

/** A share of 1 in percent, with one decimal. */
export function percent(probability: number): string {
  if (probability > 0 && probability < 0.001) return '< 0.1 %';
  if (probability < 1 && probability > 0.999) return '> 99.9 %';
  return `${(100 * probability).toFixed(1)} %`;
}

/** The hover of a token as Markdown: its label and probability, the gold label where there is one, the most probable labels. */
export function hoverText(token: TaggedToken, model: { readonly corpusName: string; readonly column: string }, t: Translate): string {
  const { label, probability, gold, best } = token;
  const lines = [`**${escapeMarkdown(label)}** ${escapeMarkdown(percent(probability))}`, ''];
  if (gold !== undefined) lines.push(gold === label ? t('Gold label: {0}', escapeMarkdown(gold)) : t('≠ gold label {0}', `**${escapeMarkdown(gold)}**`), '');
  lines.push(`| ${t('Label')} | ${t('Probability')} |`, '| :-- | --: |');
  for (const entry of best) lines.push(`| ${escapeMarkdown(entry.label)} | ${escapeMarkdown(percent(entry.probability))} |`);
  lines.push('', t('Model: {0}, {1}', escapeMarkdown(model.corpusName), escapeMarkdown(model.column)));
  return lines.join('\n');
}
