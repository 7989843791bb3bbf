import { InputError, messageWithHint } from '../common/errors';
import * as l10n from '../common/l10n';
import { translated } from '../common/l10n';
import type { Problem } from '../common/problem';
import type { CorpusFile, CorpusLayout } from '../corpus/corpus';
import type { TrainingCorpus } from '../corpus/dataset';
import { decodeText } from '../corpus/decode';
import { formats } from '../corpus/formats';
import { detectLayout } from '../corpus/formats/detect';
import type { Companion } from '../corpus/formats/format';
import { likenessOf } from '../corpus/formats/likeness';
import { readCorpusFile } from '../corpus/formats/read';
import { FileSample } from '../corpus/formats/rows/sample';
import { layOutAsStated } from '../corpus/formats/rows/statedLayout';
import type { StatedLayout } from '../corpus/formats/rows/statedLayout';
import { describeLeftOut, leavesOutMuch, leftOutProblem } from '../corpus/leftOut';
import { sentenceNotice } from '../corpus/sentenceNotice';
import { SharedStrings } from '../corpus/sharedStrings';
import { buildTrainingCorpus } from '../corpus/trainingCorpus';
import type { SourceFile } from './sourceFile';
import type { ReadSettings, TrainingData } from './trainerProtocol';

/** A file that was read, or the reason why it was left out. */
export interface ReadSource {
  /** Missing where the file is left out; then `problems` says why. */
  readonly file?: CorpusFile;
  readonly text: string;
  /** Its annotations, where they stand in a file of their own. */
  readonly companion?: Companion;
  readonly problems: readonly Problem[];
}

const formatNames = (between: string): string =>
  formats.map(({ description }) => translated(description)).join(between);

/**
 * Decodes and parses one file. Whatever is in it, it does not throw.
 *
 * @param perCode so many problems of a kind are listed.
 */
export function readSource(source: SourceFile, replaceInvalidBytes: boolean, perCode?: number): ReadSource {
  const { text, problems: ownProblems } = textOf(source);
  const annotations = source.companion && textOf({ stated: source.stated, ...source.companion });
  const companion = source.companion &&
    annotations && {
      file: source.companion.file,
      text: annotations.text,
      ...(source.companion.inProgress && { inProgress: true }),
    };
  const problems = [...ownProblems, ...(annotations?.problems ?? [])];
  const unreadable = problems.some(({ code }) => code === 'utf-16' || !replaceInvalidBytes);
  if (unreadable) return { text, problems };
  const leftOut = (code: string, message: string, severity: Problem['severity'] = 'warning'): ReadSource => ({
    text,
    problems: [
      ...problems,
      { file: source.file, line: 0, startColumn: 0, endColumn: 0, severity, code, message },
    ],
  });
  if (text.trim() === '')
    return leftOut('empty-file', l10n.t('The file is empty: it adds nothing to a corpus.'));
  try {
    const layout = layoutOf(source, text, companion);
    if (!layout) {
      const likeness = likenessOf(text);
      return likeness === undefined
        ? leftOut(
            'unknown-format',
            l10n.t('Not read as a corpus: neither {0}.', formatNames(l10n.t(' nor '))),
          )
        : leftOut('likely-format', l10n.t('Not read as a corpus. {0}', likeness));
    }
    const file = readCorpusFile(source.file, source.path, text, layout, companion, perCode);
    const more = [leftOutProblem(file), sentenceNotice(file)].filter((problem) => problem !== undefined);
    return {
      file: file.tokens > 0 ? file : undefined,
      text,
      ...(companion && { companion }),
      problems: [...problems, ...more, ...file.problems],
    };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const { hint } = error.details;
    return leftOut('wrong-layout', hint === undefined ? error.message : messageWithHint(error), 'error');
  }
}

function textOf({ file, content, stated }: Pick<SourceFile, 'file' | 'content' | 'stated'>): {
  text: string;
  problems: readonly Problem[];
} {
  if (typeof content !== 'string') return decodeText(file, content, stated?.encoding);
  return { text: content.startsWith('\uFEFF') ? content.slice(1) : content, problems: [] };
}

function layoutOf(
  { file, path, stated, chosen }: SourceFile,
  text: string,
  companion: Companion | undefined,
): CorpusLayout | undefined {
  const sample = new FileSample(text, companion?.text);
  const told = detectLayout(path, sample, chosen || stated ? 'chosen' : 'nothing');
  return stated && saysMore(stated) ? layOutAsStated(file, text, stated, told) : told;
}

function saysMore({ encoding: _, ...rest }: StatedLayout): boolean {
  return Object.values(rest).some((value) => value !== undefined);
}

/**
 * Reads the files of a run and splits them.
 *
 * @param given the files, where they are not in the data: each is asked for when it is read.
 * @throws {InputError} when nothing is left to train on.
 */
export function readTrainingCorpus(
  data: TrainingData,
  { seed, columns }: ReadSettings,
  report: (problems: readonly Problem[]) => void,
  given: Iterable<TrainingData['files'][number]> = data.files,
): TrainingCorpus {
  const files = [];
  const strings = new SharedStrings();
  let first: string | undefined;
  for (const source of given) {
    first ??= source.file;
    const read = readSource(source, data.replaceInvalidBytes);
    if (read.problems.length > 0) report(read.problems);
    if (read.file && !data.allowLeftOut && leavesOutMuch(read.file.tokens, read.file.leftOut.rows)) {
      throw new InputError(describeLeftOut(read.file), {
        file: source.file,
        hint: l10n.t(
          'That is more than 2 % of the file. Mend these rows, say how the file is laid out, or agree to train without them.',
        ),
      });
    }
    if (read.file) files.push({ file: strings.of(read.file), path: source.path, split: source.split });
  }
  if (files.length === 0) {
    throw new InputError(l10n.t('None of the files could be read as a corpus.'), {
      file: first,
      hint: l10n.t('RNN Tagger reads {0}.', formatNames(l10n.t(' and '))),
    });
  }
  const corpus = buildTrainingCorpus(files, data.column, seed, columns);
  if (corpus.problems.length > 0) report(corpus.problems);
  return corpus;
}
