/** What a person is asked before a file is learned from, with what each answer makes of it. */
import type { CorpusFile, LabelColumn } from '../corpus/corpus';
import { exampleSentences } from '../corpus/exampleSentences';
import { openQuestion } from '../corpus/formats/rows/openQuestion';
import type { OpenQuestion } from '../corpus/formats/rows/openQuestion';
import type { StatedLayout } from '../corpus/formats/rows/statedLayout';
import { groupCorpora, summarise } from '../corpus/grouping';
import { readSource } from './source';
import type { SourceFile } from './sourceFile';

/** One way to read a file. */
export interface Reading {
  /** What a person says to have it read so, beside what was said before. */
  readonly stated: StatedLayout;
  /** The place of the column with the words, from 0. */
  readonly form: number;
  /** Names of its columns. */
  readonly columns: readonly string[];
  /** Three sentences at most: `Rita/B-PER lives/O`. */
  readonly sentences: readonly string[];
}

export interface ReadingQuestion {
  readonly about: OpenQuestion['about'];
  /** Two or more, the most likely one first. */
  readonly readings: readonly Reading[];
}

/** The first open question about a file; undefined where there is none, or the file cannot be read. */
export function questionOf(source: SourceFile, replaceInvalidBytes: boolean): ReadingQuestion | undefined {
  const { file, text } = readSource(beginningOf(source), replaceInvalidBytes);
  if (!file) return undefined;
  const asked = openQuestion(text, file, source.stated ?? {}, learnedColumn(file, source));
  const readings = asked?.readings.flatMap(({ stated }) => {
    const reading = readAs({ ...source, content: text, stated: { ...source.stated, ...stated } });
    return reading ? [{ stated, ...reading }] : [];
  });
  return asked && readings && readings.length > 1 ? { about: asked.about, readings } : undefined;
}

/** So much of a file shows what is open: bytes, or UTF-16 units of a text. */
const lookedAt = 1_000_000;

/** The file's first lines, so that a question about a large one comes soon. */
function beginningOf(source: SourceFile): SourceFile {
  const { content, stated } = source;
  if (content.length <= lookedAt || stated?.encoding !== undefined) return source;
  if (typeof content === 'string')
    return { ...source, content: content.slice(0, content.lastIndexOf('\n', lookedAt) + 1) };
  return { ...source, content: content.subarray(0, content.lastIndexOf(10, lookedAt) + 1) };
}

/** The label column that is learned where nobody says more. */
function learnedColumn(file: CorpusFile, { path }: SourceFile): LabelColumn | undefined {
  return groupCorpora([summarise(file, path)])[0]?.columns[0];
}

function readAs(source: SourceFile): Omit<Reading, 'stated'> | undefined {
  const { file } = readSource(source, true);
  if (!file) return undefined;
  const { columns, form } = file.layout;
  const learned = learnedColumn(file, source);
  return { form, columns, sentences: exampleSentences(file, learned?.name, learned?.scheme ?? 'none') };
}
