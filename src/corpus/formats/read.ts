import { InputError } from '../../common/errors';
import * as l10n from '../../common/l10n';
import type { Problem } from '../../common/problem';
import type { CorpusFile, CorpusLayout } from '../corpus';
import { keptAt } from '../corpusFile';
import { checkLabels } from '../labels/check';
import { keptColumns } from '../labels/columns';
import { LabelPlaces } from '../labels/labelPlaces';
import { evidenceOf, schemeOf } from '../labels/scheme';
import { ProblemList } from '../problems';
import { windowLength } from '../windowLength';
import { CorpusFileBuilder } from './corpusFileBuilder';
import { detectLayout } from './detect';
import type { Companion } from './format';
import { rowsOf } from './rows/keyColumns';
import { addsOutside } from './rows/rowFixes';
import { FileSample } from './rows/sample';
import { fallbackFormat, formatOf } from './index';

/**
 * Reads an annotated file and checks its labels. What is wrong in it is reported in `problems`, each at its
 * line.
 *
 * @param file what names the file to the user, in problems.
 * @param path its path, whose ending says how it is laid out.
 * @param layout where it is known: for a part of a file, and for files of a corpus. Without it, the name and
 * the text decide.
 * @param companion where the labels stand in a file of their own.
 * @param perCode so many problems of a kind are listed.
 * @throws {InputError} the text has no rows of columns.
 */
export function readCorpusFile(
  file: string,
  path: string,
  text: string,
  layout?: CorpusLayout,
  companion?: Companion,
  perCode?: number,
): CorpusFile {
  const sample = new FileSample(text, companion?.text);
  const known = layout ?? detectLayout(path, sample) ?? fallbackFormat.sniff(sample, 'named');
  if (!known) {
    throw new InputError(
      l10n.t('This file is not annotated text: its lines are not rows of two or more columns.'),
      {
        file,
        hint: l10n.t(
          'Use CoNLL-U, or one token a line with its label behind a tab or space and a blank line after each sentence.',
        ),
      },
    );
  }
  const problems = new ProblemList(file, perCode);
  const builder = new CorpusFileBuilder(file, known, keptColumns(known));
  formatOf(known).read(text, known, builder, problems, companion);
  const read = builder.finish(problems);
  const spacing = formatOf(known).spacing?.(text, read);
  const corpusFile = spacing ? { ...read, spacing } : read;
  if (corpusFile.tokens === 0 && corpusFile.problems.length === 0) {
    problems.add(
      'warning',
      'empty-file',
      l10n.t('This file has no sentences. Add annotated text, or remove the file.'),
      { line: 0 },
    );
  }
  checkSentences(corpusFile, problems);
  checkLabels(corpusFile, new LabelPlaces(text, corpusFile), problems);
  return { ...corpusFile, problems: withSoundFixes(corpusFile, problems.finish()) };
}

/** A row without its last field lacks an O where that column marks spans; in any other it may be anything. */
function withSoundFixes(file: CorpusFile, problems: readonly Problem[]): readonly Problem[] {
  if (problems.every(({ fix }) => !fix || !addsOutside(fix))) return problems;
  const { length } = rowsOf(file.layout).columns;
  const last = keptAt(file, length - 1);
  const isLast = last !== undefined && file.layout.form < length - 1;
  const scheme = isLast ? (file.layout.scheme ?? schemeOf(evidenceOf(file, last))) : 'none';
  if (scheme !== 'none') return problems;
  return problems.map(({ fix, ...problem }) => (fix && !addsOutside(fix) ? { ...problem, fix } : problem));
}

function checkSentences(corpusFile: CorpusFile, problems: ProblemList): void {
  for (let i = 0; i < corpusFile.sentences; i++) {
    const first = corpusFile.sentenceStart[i];
    const length = corpusFile.sentenceStart[i + 1] - first;
    if (length <= windowLength) continue;
    const what = l10n.t(
      'This sentence has {0} tokens. Over {1} it is trained in windows',
      length.toLocaleString('en'),
      windowLength,
    );
    problems.add(
      'information',
      'long-sentence',
      l10n.t('{0}; if sentences should end sooner, add blank lines.', what),
      { line: corpusFile.line[first] },
    );
  }
}
