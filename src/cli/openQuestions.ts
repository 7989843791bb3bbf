/** What must be said before training, where a corpus can be read in several ways: a refusal with the choices. */
import { shownLine, shownName } from '../common/shownText';
import type { Corpus, LabelColumn } from '../corpus/corpus';
import { exampleSentences } from '../corpus/exampleSentences';
import { mayBeAsked } from '../corpus/formats/rows/openQuestion';
import type { StatedLayout } from '../corpus/formats/rows/statedLayout';
import { similarColumns } from '../corpus/labels/columns';
import { questionOf } from '../engine/openQuestions';
import type { ReadingQuestion } from '../engine/openQuestions';
import { readSource } from '../engine/source';
import type { SourceFile } from '../engine/sourceFile';
import { ChoiceError } from './usageError';

const unclear: Readonly<Record<ReadingQuestion['about'], string>> = {
  delimiter: 'It is not clear what parts its columns',
  header: 'It is not clear whether its first row names the columns or is a token',
  word: 'It is not clear which of its columns holds the words',
  spans: 'It is not clear whether its labels are spans (a run of one label is one) or tags (one a word)',
};

/**
 * Looks at the corpus' largest file.
 *
 * @param column what the command says of the column to learn.
 * @throws {ChoiceError} with the options to say it by.
 */
export function checkNothingOpen(
  corpus: Corpus,
  files: readonly SourceFile[],
  column: string | undefined,
  replaceInvalidBytes: boolean,
): void {
  if (!mayBeAsked(corpus.layout)) return;
  const largest = corpus.files.reduce((best, file) => (file.tokens > best.tokens ? file : best));
  const source = files.find(({ file }) => file === largest.file);
  if (!source) return;
  const question = questionOf(source, replaceInvalidBytes);
  if (question) {
    const choices = question.readings.map(({ stated, sentences }) => ({
      option: optionOf(stated),
      lines: sentences,
    }));
    throw new ChoiceError(`${shownLine(source.file, 400)}: ${unclear[question.about]}.`, choices);
  }
  // Who names the columns says which of them matter.
  const similar = column === undefined && !source.stated?.columns ? similarColumns(corpus) : [];
  if (similar.length > 1)
    throw new ChoiceError(
      `${shownLine(source.file, 400)}: It is not clear which of its columns is to be learned.`,
      columnChoices(similar, source, replaceInvalidBytes),
    );
}

function columnChoices(
  columns: readonly LabelColumn[],
  source: SourceFile,
  replaceInvalidBytes: boolean,
): ConstructorParameters<typeof ChoiceError>[1] {
  const { file } = readSource(source, replaceInvalidBytes);
  return columns.map(({ name, scheme }) => ({
    option: `--column ${quoted(name)}`,
    lines: file ? exampleSentences(file, name, scheme) : [],
  }));
}

const delimiterNames: Readonly<Record<string, string>> = {
  '\t': 'tab',
  ' ': 'space',
  ',': 'comma',
  ';': 'semicolon',
};

/** The option that says so. */
function optionOf({ columns, delimiter, header, scheme }: StatedLayout): string {
  if (columns) return `--columns ${quoted(columns.map((name) => name.replace(/[\s,]+/g, '_')).join(' '))}`;
  if (delimiter !== undefined) return `--delimiter ${delimiterNames[delimiter] ?? quoted(delimiter)}`;
  if (header !== undefined) return `--header ${header ? 'yes' : 'no'}`;
  return `--scheme ${quoted(scheme ?? 'none')}`;
}

/** A text as a shell takes it. */
function quoted(text: string): string {
  const shown = shownName(text, 1000);
  if (/^[\w.:@%+=/-]+$/.test(shown)) return shown;
  return /["$`\\!]/.test(shown) ? `'${shown.replaceAll("'", "'\\''")}'` : `"${shown}"`;
}
