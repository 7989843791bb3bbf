/** A comparison of labels as a text that reads well as it is, and as Markdown. */
import { formatCount, formatPercent } from '../common/figures';
import * as l10n from '../common/l10n';
import {
  firstPlace,
  moreText,
  name,
  ReportWriter,
  secondPlace,
  sentencesText,
  text,
  tokensText,
} from '../corpus/report/reportWriter';
import type { ReportText } from '../corpus/report/reportWriter';
import type { LabelComparison } from './labelComparison';

/** One of the two labellings. */
export interface ComparedSide {
  /** "train.conll", "names · LABEL", "HEAD". */
  readonly title: string;
  /** The file that its lines are of. */
  readonly file: string;
}

const shownPairs = 20;

/** @param nameOf what a file is called in the text, such as its path in the workspace. */
export function renderComparison(
  comparison: LabelComparison,
  sides: readonly [ComparedSide, ComparedSide],
  column: string,
  nameOf: (file: string) => string,
): ReportText {
  const writer = new ReportWriter(nameOf);
  const [left, right] = sides.map(({ title }) => name(title));
  writer.line(l10n.t('# Label comparison'));
  writer.block(l10n.t('{0}: **{1}** and **{2}**.', name(column), left, right));
  writer.line();
  writeAgreement(writer, comparison, left, right);
  writeLabels(writer, comparison, left, right);
  writePairs(writer, comparison, left, right);
  writeDifferences(writer, comparison, sides);
  return writer.finish();
}

function writeAgreement(
  writer: ReportWriter,
  comparison: LabelComparison,
  left: string,
  right: string,
): void {
  const { tokens, sentences, leftOnly, rightOnly, labels, spans } = comparison;
  writer.line(
    l10n.t(
      '- Compared: {0} in {1} with the same words. Only in {2}: {3}; only in {4}: {5}.',
      tokensText(tokens),
      sentencesText(sentences),
      left,
      sentencesText(leftOnly),
      right,
      sentencesText(rightOnly),
    ),
  );
  if (labels) {
    const kappa = labels.kappa?.toFixed(3) ?? l10n.t('undefined, since one label is all there is');
    writer.line(
      l10n.t('- Tokens with the same label: {0}; Cohen’s κ: {1}', formatPercent(labels.accuracy), kappa),
    );
  } else writer.line(l10n.t('- The two mark spans in different ways, so only their spans are compared.'));
  if (spans)
    writer.line(
      l10n.t(
        '- Spans: {0} in {1}, {2} in {3}, {4} the same; F1: {5}',
        formatCount(spans.gold),
        left,
        formatCount(spans.predicted),
        right,
        formatCount(spans.correct),
        formatPercent(spans.f1),
      ),
    );
}

function writeLabels(writer: ReportWriter, { byLabel }: LabelComparison, left: string, right: string): void {
  writer.block(l10n.t('## By label'));
  writer.block(l10n.t('| Label | {0} | {1} | The same | F1 |', inCell(left), inCell(right)));
  writer.line('| --- | ---: | ---: | ---: | ---: |');
  for (const { label, gold, predicted, correct, f1 } of byLabel)
    writer.line(
      `| ${cell(label)} | ${formatCount(gold)} | ${formatCount(predicted)} | ${formatCount(correct)} | ${formatPercent(f1)} |`,
    );
}

const cell = (label: string): string => (label === '' ? l10n.t('(no type)') : inCell(name(label)));

const inCell = (written: string): string => written.replaceAll('|', '\\|');

function writePairs(writer: ReportWriter, { labels }: LabelComparison, left: string, right: string): void {
  const pairs = labels?.confusions.filter(([one, other]) => one !== other) ?? [];
  if (pairs.length === 0) return;
  writer.block(l10n.t('## The most frequent differences of tokens ({0} → {1})', left, right));
  writer.line();
  for (const [one, other, times] of pairs.slice(0, shownPairs))
    writer.line(l10n.t('- {0} → {1}: {2}', cell(one), cell(other), formatCount(times)));
}

function writeDifferences(
  writer: ReportWriter,
  { differences, differing }: LabelComparison,
  [left, right]: readonly [ComparedSide, ComparedSide],
): void {
  writer.block(
    differing === 1
      ? l10n.t('## Where they differ: 1 place')
      : l10n.t('## Where they differ: {0} places', formatCount(differing)),
  );
  writer.line();
  for (const { line, otherLine, words, left: one, right: other } of differences)
    writer.line(
      l10n.t(
        '- {0}, {1} {2}: {3} → {4}',
        firstPlace,
        secondPlace,
        text(words.join(' ')),
        said(one),
        said(other),
      ),
      { file: left.file, line },
      { file: right.file, line: otherLine },
    );
  if (differences.length === 0) writer.line(l10n.t('Nowhere.'));
  if (differing > differences.length) writer.line(moreText(differing - differences.length));
}

const said = (label: string): string => (label === '' ? l10n.t('(none)') : text(label));
