/** A report as a text that reads well as it is, and as Markdown. */
import { formatCount } from '../../common/figures';
import { maximumLabels, mostListedLabels } from '../labels/columns';
import { describeLeftOut } from '../leftOut';
import type { CorpusReport, Duplicates, OddLabel, ReportedCorpus, ReportedLabels } from './corpusReport';
import { count, name, ReportWriter, text } from './reportWriter';
import type { ReportText } from './reportWriter';

const shownLabels = 40;
const shownUnread = 100;

/** @param nameOf what a file is called in the text, such as its path in the workspace. */
export function renderReport(report: CorpusReport, nameOf: (file: string) => string): ReportText {
  const writer = new ReportWriter(nameOf);
  writer.line('# Corpus report');
  const { corpora, unread } = report;
  if (corpora.length === 0) writer.block('Nothing could be read as a corpus.');
  for (const corpus of corpora) writeCorpus(writer, corpus);
  if (unread.length > 0) {
    writer.block('## Files that are not read');
    writer.line();
    for (const { file, problems } of unread.slice(0, shownUnread)) {
      const [first] = problems;
      const more = problems.length > 1 ? ` (And ${formatCount(problems.length - 1)} more.)` : '';
      writer.item({ file, line: first?.line ?? 0 }, `: ${first ? text(first.message) : 'no tokens'}${more}`);
    }
    if (unread.length > shownUnread) writer.line(`- … and ${formatCount(unread.length - shownUnread)} more`);
  }
  return writer.finish();
}

function writeCorpus(writer: ReportWriter, corpus: ReportedCorpus): void {
  writer.block(`## ${name(corpus.name)}`);
  writer.block(
    `${formatCount(corpus.tokens)} tokens in ${count(corpus.sentences, 'sentence')}, ${count(corpus.files.length, 'file')}: ${corpus.format}.`,
  );
  writer.block('### Files');
  writer.line();
  for (const { file, split, sentences, tokens, encoding, leftOut } of corpus.files) {
    const share = leftOut.rows > 0 ? ` ${text(describeLeftOut({ tokens, leftOut }))}` : '';
    writer.item(
      { file, line: 0 },
      `: ${split}, ${count(tokens, 'token')} in ${count(sentences, 'sentence')}, ${encoding}.${share}`,
    );
    for (const { code, rows, records, line } of leftOut.kinds) {
      writer.start(`  - ${formatCount(records ?? rows)} ${code}, first at `);
      writer.place({ file, line });
      writer.line();
    }
  }
  writeColumns(writer, corpus);
  for (const labels of corpus.labels) writeLabels(writer, labels);
  if (corpus.labels.length === 0)
    writer.block(
      `No column has 2 to ${formatCount(mostListedLabels)} different values, and fewer than words: nothing can be learned.`,
    );
  writer.block('### Sentences that occur several times');
  writer.line();
  if (corpus.duplicates.length === 0) writer.line('None of over 4 tokens.');
  for (const duplicates of corpus.duplicates) writeDuplicates(writer, duplicates);
  writer.block('### Problems');
  writer.line();
  if (corpus.problems.length === 0) writer.line('None.');
  for (const { code, severity, count: found, more, message, file, line } of corpus.problems) {
    writer.start(
      `- ${more ? 'over ' : ''}${formatCount(more ? found - 1 : found)} ${severity} ${code}, first at `,
    );
    writer.place({ file, line });
    writer.line(`: ${text(message)}`);
  }
}

function writeColumns(
  writer: ReportWriter,
  { columns, delimiter, header, sentenceEnds }: ReportedCorpus,
): void {
  writer.block('### Columns');
  writer.line();
  if (delimiter !== undefined) writer.line(`- Parted by: ${text(delimiter)}`);
  writer.line(`- Header: ${header ? header.map(name).join(', ') : 'none'}`);
  writer.line(`- Sentences end ${text(sentenceEnds)}`);
  writer.line();
  columns.forEach((column, i) =>
    writer.line(`${i + 1}. ${name(column.name)}: ${column.role} (${text(column.why)})`),
  );
}

function writeLabels(writer: ReportWriter, { column, scheme, labels, odd }: ReportedLabels): void {
  const what =
    scheme === 'none' ? count(labels.length, 'label') : `${scheme}, ${count(labels.length, 'type')}`;
  writer.block(`### Labels of ${name(column)}: ${what}`);
  writer.line();
  if (scheme === 'none' && labels.length > maximumLabels)
    writer.line(`Over ${maximumLabels} values: learned only where somebody names this column.`);
  const shown = labels
    .slice(0, shownLabels)
    .map(({ label, count: times }) => `${name(label === '' ? '(no type)' : label)} ${formatCount(times)}`);
  writer.line(`${shown.join(' · ')}${labels.length > shownLabels ? ' · …' : ''}`);
  if (odd.length > 0) writer.line();
  for (const each of odd) writeOdd(writer, each);
}

function writeOdd(writer: ReportWriter, { label, count: times, like, file, line }: OddLabel): void {
  writer.start(`- ${name(label)} occurs ${times === 1 ? 'once' : `${times} times`}, `);
  writer.place({ file, line });
  writer.line(like === undefined ? '' : `: it is like ${name(like)}`);
}

function writeDuplicates(writer: ReportWriter, found: Duplicates): void {
  const { split, other, sentences, compared, first, firstOther } = found;
  const where = other === split ? 'stand in it before' : `are in the ${other} data too`;
  writer.start(
    `- ${formatCount(sentences)} of ${count(compared, 'sentence')} of the ${split} data ${where}: `,
  );
  writer.place(first);
  writer.start(' as at ');
  writer.place(firstOther);
  writer.line();
}
