/** A comparison of labels as a text that reads well as it is, and as Markdown. */
import { formatCount, formatPercent } from '../common/figures';
import { count, name, ReportWriter, text } from '../corpus/report/reportWriter';
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
  writer.line('# Label comparison');
  writer.block(`${name(column)}: **${left}** and **${right}**.`);
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
    `- Compared: ${count(tokens, 'token')} in ${count(sentences, 'sentence')} with the same words. Only in ${left}: ${count(leftOnly, 'sentence')}; only in ${right}: ${count(rightOnly, 'sentence')}.`,
  );
  if (labels) {
    const kappa =
      labels.kappa === undefined ? 'undefined, since one label is all there is' : labels.kappa.toFixed(3);
    writer.line(`- Tokens with the same label: ${formatPercent(labels.accuracy)}; Cohen’s κ: ${kappa}`);
  } else writer.line('- The two mark spans in different ways, so only their spans are compared.');
  if (spans)
    writer.line(
      `- Spans: ${formatCount(spans.gold)} in ${left}, ${formatCount(spans.predicted)} in ${right}, ${formatCount(spans.correct)} the same; F1: ${formatPercent(spans.f1)}`,
    );
}

function writeLabels(writer: ReportWriter, { byLabel }: LabelComparison, left: string, right: string): void {
  writer.block('## By label');
  writer.block(`| Label | ${inCell(left)} | ${inCell(right)} | The same | F1 |`);
  writer.line('| --- | ---: | ---: | ---: | ---: |');
  for (const { label, gold, predicted, correct, f1 } of byLabel)
    writer.line(
      `| ${cell(label)} | ${formatCount(gold)} | ${formatCount(predicted)} | ${formatCount(correct)} | ${formatPercent(f1)} |`,
    );
}

const cell = (label: string): string => (label === '' ? '(no type)' : inCell(name(label)));

const inCell = (written: string): string => written.replaceAll('|', '\\|');

function writePairs(writer: ReportWriter, { labels }: LabelComparison, left: string, right: string): void {
  const pairs = labels?.confusions.filter(([one, other]) => one !== other) ?? [];
  if (pairs.length === 0) return;
  writer.block(`## The most frequent differences of tokens (${left} → ${right})`);
  writer.line();
  for (const [one, other, times] of pairs.slice(0, shownPairs))
    writer.line(`- ${cell(one)} → ${cell(other)}: ${formatCount(times)}`);
}

function writeDifferences(
  writer: ReportWriter,
  { differences, differing }: LabelComparison,
  [left, right]: readonly [ComparedSide, ComparedSide],
): void {
  writer.block(`## Where they differ: ${count(differing, 'place')}`);
  writer.line();
  for (const { line, otherLine, words, left: one, right: other } of differences) {
    writer.start('- ');
    writer.place({ file: left.file, line });
    writer.start(', ');
    writer.place({ file: right.file, line: otherLine });
    writer.line(` ${text(words.join(' '))}: ${said(one)} → ${said(other)}`);
  }
  if (differences.length === 0) writer.line('Nowhere.');
  if (differing > differences.length)
    writer.line(`- … and ${formatCount(differing - differences.length)} more`);
}

const said = (label: string): string => (label === '' ? '(none)' : text(label));
