/** A report as a text that reads well as it is, and as Markdown. */
import { formatCount } from '../../common/figures';
import * as l10n from '../../common/l10n';
import type { Problem } from '../../common/problem';
import { maximumLabels, mostListedLabels } from '../labels/columns';
import { describeLeftOut } from '../leftOut';
import { splitName } from '../splitName';
import type { CorpusReport, Duplicates, OddLabel, ReportedCorpus, ReportedLabels } from './corpusReport';
import {
  firstPlace,
  moreText,
  name,
  ReportWriter,
  secondPlace,
  sentencesText,
  text,
  tokensText,
} from './reportWriter';
import type { ReportText } from './reportWriter';

const shownLabels = 40;
const shownUnread = 100;

/** @param nameOf what a file is called in the text, such as its path in the workspace. */
export function renderReport(report: CorpusReport, nameOf: (file: string) => string): ReportText {
  const writer = new ReportWriter(nameOf);
  writer.line(l10n.t('# Corpus report'));
  const { corpora, unread } = report;
  if (corpora.length === 0) writer.block(l10n.t('Nothing could be read as a corpus.'));
  for (const corpus of corpora) writeCorpus(writer, corpus);
  if (unread.length > 0) {
    writer.block(l10n.t('## Files that are not read'));
    writer.line();
    for (const { file, problems } of unread.slice(0, shownUnread)) {
      const [first] = problems;
      const why = first ? text(first.message) : l10n.t('no tokens');
      const place = { file, line: first?.line ?? 0 };
      if (problems.length > 1)
        writer.line(
          l10n.t('- {0}: {1} (And {2} more.)', firstPlace, why, formatCount(problems.length - 1)),
          place,
        );
      else writer.line(l10n.t('- {0}: {1}', firstPlace, why), place);
    }
    if (unread.length > shownUnread) writer.line(moreText(unread.length - shownUnread));
  }
  return writer.finish();
}

function writeCorpus(writer: ReportWriter, corpus: ReportedCorpus): void {
  writer.block(`## ${name(corpus.name)}`);
  const files =
    corpus.files.length === 1 ? l10n.t('1 file') : l10n.t('{0} files', formatCount(corpus.files.length));
  const counts = [tokensText(corpus.tokens), sentencesText(corpus.sentences), files] as const;
  writer.block(l10n.t('{0} in {1}, {2}: {3}.', ...counts, l10n.translated(corpus.format)));
  writeFiles(writer, corpus);
  writeColumns(writer, corpus);
  for (const labels of corpus.labels) writeLabels(writer, labels);
  if (corpus.labels.length === 0)
    writer.block(
      l10n.t(
        'No column has 2 to {0} different values, and fewer than words: nothing can be learned.',
        formatCount(mostListedLabels),
      ),
    );
  writer.block(l10n.t('### Sentences that occur several times'));
  writer.line();
  if (corpus.duplicates.length === 0) writer.line(l10n.t('None of over 4 tokens.'));
  for (const duplicates of corpus.duplicates) writeDuplicates(writer, duplicates);
  writeProblems(writer, corpus);
}

function writeFiles(writer: ReportWriter, { files }: ReportedCorpus): void {
  writer.block(l10n.t('### Files'));
  writer.line();
  for (const { file, split, sentences, tokens, encoding, leftOut } of files) {
    const what = l10n.t(
      '- {0}: {1}, {2} in {3}, {4}.',
      firstPlace,
      splitName(split),
      tokensText(tokens),
      sentencesText(sentences),
      encoding,
    );
    const share = leftOut.rows > 0 ? text(describeLeftOut({ tokens, leftOut })) : '';
    writer.line(share ? l10n.t('{0} {1}', what, share) : what, { file, line: 0 });
    for (const { code, rows, records, line } of leftOut.kinds)
      writer.line(l10n.t('  - {0} {1}, first at {2}', formatCount(records ?? rows), code, firstPlace), {
        file,
        line,
      });
  }
}

function writeProblems(writer: ReportWriter, { problems }: ReportedCorpus): void {
  writer.block(l10n.t('### Problems'));
  writer.line();
  if (problems.length === 0) writer.line(l10n.t('None.'));
  for (const { code, severity, count, more, message, file, line } of problems) {
    const values = [
      formatCount(more ? count - 1 : count),
      severityText(severity),
      code,
      firstPlace,
      text(message),
    ];
    writer.line(
      more
        ? l10n.t('- over {0} {1} {2}, first at {3}: {4}', ...values)
        : l10n.t('- {0} {1} {2}, first at {3}: {4}', ...values),
      { file, line },
    );
  }
}

function severityText(severity: Problem['severity']): string {
  switch (severity) {
    case 'error':
      return l10n.t('error');
    case 'warning':
      return l10n.t('warning');
    case 'information':
      return l10n.t('information');
  }
}

function writeColumns(
  writer: ReportWriter,
  { columns, delimiter, header, sentenceEnds }: ReportedCorpus,
): void {
  writer.block(l10n.t('### Columns'));
  writer.line();
  if (delimiter !== undefined) writer.line(l10n.t('- Parted by: {0}', text(delimiter)));
  writer.line(header ? l10n.t('- Header: {0}', header.map(name).join(', ')) : l10n.t('- Header: none'));
  writer.line(l10n.t('- Sentences end {0}', text(sentenceEnds)));
  writer.line();
  columns.forEach((column, i) =>
    writer.line(l10n.t('{0}. {1}: {2} ({3})', i + 1, name(column.name), column.role, text(column.why))),
  );
}

function writeLabels(writer: ReportWriter, { column, scheme, labels, odd }: ReportedLabels): void {
  const number = formatCount(labels.length);
  if (scheme === 'none')
    writer.block(
      labels.length === 1
        ? l10n.t('### Labels of {0}: 1 label', name(column))
        : l10n.t('### Labels of {0}: {1} labels', name(column), number),
    );
  else
    writer.block(
      labels.length === 1
        ? l10n.t('### Labels of {0}: {1}, 1 type', name(column), scheme)
        : l10n.t('### Labels of {0}: {1}, {2} types', name(column), scheme, number),
    );
  writer.line();
  if (scheme === 'none' && labels.length > maximumLabels)
    writer.line(
      l10n.t('Over {0} values: learned only where somebody names this column.', formatCount(maximumLabels)),
    );
  const shown = labels
    .slice(0, shownLabels)
    .map(({ label, count }) => `${labelText(label)} ${formatCount(count)}`);
  writer.line(`${shown.join(' · ')}${labels.length > shownLabels ? ' · …' : ''}`);
  if (odd.length > 0) writer.line();
  for (const each of odd) writeOdd(writer, each);
}

/** The label of spans without a type is empty. */
function labelText(label: string): string {
  return label === '' ? l10n.t('(no type)') : name(label);
}

function writeOdd(writer: ReportWriter, { label, count, like, file, line }: OddLabel): void {
  const values = [name(label), formatCount(count), firstPlace, like === undefined ? '' : name(like)];
  const place = { file, line };
  if (count === 1 && like === undefined) writer.line(l10n.t('- {0} occurs once, {2}', ...values), place);
  else if (count === 1) writer.line(l10n.t('- {0} occurs once, {2}: it is like {3}', ...values), place);
  else if (like === undefined) writer.line(l10n.t('- {0} occurs {1} times, {2}', ...values), place);
  else writer.line(l10n.t('- {0} occurs {1} times, {2}: it is like {3}', ...values), place);
}

function writeDuplicates(writer: ReportWriter, found: Duplicates): void {
  const { split, other, sentences, compared, first, firstOther } = found;
  const places = [firstPlace, secondPlace];
  const values = [formatCount(sentences), sentencesText(compared), splitName(split)];
  writer.line(
    other === split
      ? l10n.t('- {0} of {1} of the {2} data stand in it before: {3} as at {4}', ...values, ...places)
      : l10n.t(
          '- {0} of {1} of the {2} data are in the {5} data too: {3} as at {4}',
          ...values,
          ...places,
          splitName(other),
        ),
    first,
    firstOther,
  );
}
