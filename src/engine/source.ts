import { InputError } from '../common/errors';
import type { Problem } from '../common/problem';
import type { CorpusFile } from '../corpus/corpus';
import type { TrainingCorpus } from '../corpus/dataset';
import { decodeUtf8 } from '../corpus/decode';
import { formats } from '../corpus/formats';
import { detectLayout } from '../corpus/formats/detect';
import { readCorpusFile } from '../corpus/formats/read';
import { buildTrainingCorpus } from '../corpus/trainingCorpus';
import type { SourceFile } from './sourceFile';
import type { ReadSettings, TrainingData } from './trainerProtocol';

/** A file that was read, or the reason why it was left out. */
export interface ReadSource {
  /** Missing where the file is left out; then `problems` says why. */
  readonly file?: CorpusFile;
  readonly text: string;
  readonly problems: readonly Problem[];
}

const formatNames = (between: string): string => formats.map(({ description }) => description).join(between);

/** Decodes and parses one file. Whatever is in it, it does not throw. */
export function readSource(source: SourceFile, replaceInvalidBytes: boolean): ReadSource {
  let text: string;
  const problems: Problem[] = [];
  if (typeof source.content === 'string') {
    text = source.content.startsWith('\uFEFF') ? source.content.slice(1) : source.content;
  } else {
    const decoded = decodeUtf8(source.file, source.content);
    text = decoded.text;
    problems.push(...decoded.problems);
    if (decoded.problems.length > 0 && !replaceInvalidBytes) return { text, problems };
  }
  const whole = { file: source.file, line: 0, startColumn: 0, endColumn: 0 };
  if (text.trim() === '') {
    problems.push({
      ...whole,
      severity: 'warning',
      code: 'empty-file',
      message: 'The file is empty: it adds nothing to a corpus.',
    });
    return { text, problems };
  }
  const layout = detectLayout(source.path, text);
  if (!layout) {
    problems.push({
      ...whole,
      severity: 'warning',
      code: 'unknown-format',
      message: `Not read as a corpus: neither ${formatNames(' nor ')}.`,
    });
    return { text, problems };
  }
  const file = readCorpusFile(source.file, source.path, text, layout);
  problems.push(...file.problems);
  return { file: file.tokens > 0 ? file : undefined, text, problems };
}

/**
 * Reads the files of a run and splits them.
 * @throws {InputError} when nothing is left to train on.
 */
export function readTrainingCorpus(
  data: TrainingData,
  { seed, columns }: ReadSettings,
  report: (problems: readonly Problem[]) => void,
): TrainingCorpus {
  const files = [];
  for (const source of data.files) {
    const read = readSource(source, data.replaceInvalidBytes);
    if (read.problems.length > 0) report(read.problems);
    if (read.file) files.push({ file: read.file, path: source.path, split: source.split });
  }
  if (files.length === 0) {
    throw new InputError('None of the files could be read as a corpus.', {
      file: data.files[0]?.file,
      hint: `RNN Tagger reads ${formatNames(' and ')}.`,
    });
  }
  const corpus = buildTrainingCorpus(files, data.column, seed, columns);
  if (corpus.problems.length > 0) report(corpus.problems);
  return corpus;
}
