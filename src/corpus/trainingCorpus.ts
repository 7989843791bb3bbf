import { InputError } from '../common/errors';
import { formatCount } from '../common/figures';
import type { Problem } from '../common/problem';
import { shownName } from '../common/shownText';
import type { Column, CorpusFile, LabelScheme, SplitName } from './corpus';
import { columnAt } from './corpusFile';
import type { TrainingCorpus } from './dataset';
import { DatasetBuilder, Numbering } from './datasetBuilder';
import { holdOut } from './heldOut';
import type { SentenceRef } from './heldOut';
import { resolveInputColumns } from './inputColumns';
import { schemeOf, addEvidence, evidenceOf } from './labels/scheme';
import { ProblemList } from './problems';
import { isCharacterText } from './script';
import { shareKeys } from './sharedKeys';
import { resolveLabelColumn, sharedLayout } from './sharedLayout';
import { SentenceKeys, sentencesOf, shortSentence } from './sharedSentences';
import { joinsSplits, splitsOfPaths } from './splits';
import { fitConventions } from './text/fitConventions';
import type { CutSentence } from './text/fitConventions';

/** A file of a corpus; `split` overrides what the path's names say. */
export interface CorpusSource {
  readonly file: CorpusFile;
  readonly path: string;
  readonly split?: SplitName;
}

/**
 * Makes a training corpus of files of one format. Files that neither `split` nor their name assigns are for
 * training; where none is for development, a tenth of the training documents is held out, drawn by `seed`.
 *
 * @param column the label column, by name or by number from 1.
 * @param inputs further columns to read, in the same way.
 * @throws {InputError} the files' formats differ, there is no such column, it has one label only, or nothing
 * is left to train on.
 */
export function buildTrainingCorpus(
  files: readonly CorpusSource[],
  column: string,
  seed: number,
  inputs: readonly string[] = [],
): TrainingCorpus {
  const sources = withTokens(files);
  const read = sources.map(({ file }) => file);
  const layout = sharedLayout(read);
  const label = resolveLabelColumn(layout, read, column);
  const inputColumns = resolveInputColumns(read, layout, inputs, label);
  const { sentences, heldOut, problems } = assignSentences(sources, seed);
  // The model knows what occurs in training; words and values of other data are numbered behind.
  const countsAt = (index: number): Map<string, number> =>
    countValues(sentences.training, (file) => columnAt(file, index));
  const wordCounts = countsAt(layout.form);
  const words = new Numbering(wordCounts);
  const labels = new Numbering(countsAt(label)).strings;
  checkLabels(labels, layout.columns[label], sentences.training[0].file);
  const inputValues = inputColumns.map((index) => new Numbering(countsAt(index)));
  const datasets = new DatasetBuilder({
    form: layout.form,
    label,
    labels,
    numberOf: (word) => words.numberOf(word),
    inputs: inputColumns.map((index, i) => ({
      index,
      numberOf: (value) => inputValues[i].numberOf(value),
    })),
  });
  const splits = {
    training: datasets.build(sentences.training),
    development: datasets.build(sentences.development),
    test: datasets.build(sentences.test),
  };
  const { strings } = words;
  const characters = isCharacterText(wordCounts);
  const conventions = characters ? undefined : fitConventions(cutSentences(sentences.training, layout.form));
  return {
    words: strings,
    counts: Uint32Array.from(strings, (word) => wordCounts.get(word) ?? 0),
    columns: inputColumns.map((index, i) => ({
      name: layout.columns[index],
      values: inputValues[i].strings,
    })),
    labels,
    scheme: layout.scheme ?? trainedScheme(sentences.training, label),
    layout,
    characters,
    ...(conventions && { conventions }),
    splits,
    heldOut,
    problems: [...problems, ...problemsOf(sentences, heldOut, label, new Set(labels))],
  };
}

/** Sentences of the training data as their conventions are learned from. */
function cutSentences(sentences: readonly SentenceRef[], form: number): CutSentence[] {
  return sentences.map(({ file, sentence }, i) => {
    const { ids, values } = columnAt(file, form);
    const [start, end] = [file.sentenceStart[sentence], file.sentenceStart[sentence + 1]];
    const before = sentences.at(i - 1);
    const follows = i > 0 && before?.file === file && before.sentence === sentence - 1;
    const sameDocument =
      follows && file.sentenceDocument[sentence] === file.sentenceDocument[before.sentence];
    return {
      forms: Array.from(ids.subarray(start, end), (id) => values[id]),
      ...(file.spacing && { spacing: file.spacing.subarray(start, end) }),
      first: !sameDocument,
    };
  });
}

function withTokens(files: readonly CorpusSource[]): CorpusSource[] {
  const sources = files.filter(({ file }) => file.tokens > 0);
  const shared = shareKeys(sources.map(({ file }) => file));
  if (sources.length > 0) return sources.map((source, i) => ({ ...source, file: shared[i] }));
  const empty = files.length === 1 ? 'The file has' : 'The files have';
  throw new InputError(`${empty} no tokens to train on.`, {
    file: files[0]?.file.file,
    hint: 'Choose files with annotated sentences.',
  });
}

function checkLabels(labels: readonly string[], column: string, { file }: CorpusFile): void {
  if (labels.length >= 2) return;
  throw new InputError(
    `The training data has only one label in ${shownName(column)}: “${shownName(labels[0])}”.`,
    {
      file,
      hint: 'There is nothing to learn from one label. Choose another column, or add sentences with other labels.',
    },
  );
}

/** What may follow what is learned, like all else, from the files that are trained on. */
function trainedScheme(training: readonly SentenceRef[], label: number): LabelScheme {
  const files = new Set(training.map(({ file }) => file));
  return schemeOf([...files].map((file) => evidenceOf(file, columnAt(file, label))).reduce(addEvidence));
}

/** What is wrong with the corpus as a whole. */
function problemsOf(
  sentences: Readonly<Record<SplitName, readonly SentenceRef[]>>,
  heldOut: boolean,
  label: number,
  labels: ReadonlySet<string>,
): Problem[] {
  const problems = new Map<string, ProblemList>();
  const report = (file: string): ProblemList => {
    const list = problems.get(file) ?? new ProblemList(file);
    problems.set(file, list);
    return list;
  };
  if (heldOut && sentences.development.length === 0) {
    const { file } = sentences.training[0];
    report(file.file).add(
      'warning',
      'no-development-data',
      'There is one sentence only, so the model trains on it and nothing is left to measure it by. Add more sentences.',
      { line: file.line[0] },
    );
  }
  for (const split of ['development', 'test'] as const)
    reportUnknownLabels(sentences[split], label, labels, split, report);
  return [...problems.values()].flatMap((list) => list.finish());
}

interface Assignment {
  readonly sentences: Record<SplitName, SentenceRef[]>;
  readonly heldOut: boolean;
  readonly problems: readonly Problem[];
}

function assignSentences(given: readonly CorpusSource[], seed: number): Assignment {
  const keys = new SentenceKeys();
  const { kept: sources, problems } = withoutJoined(given, keys);
  const named = splitsOfPaths(sources.map(({ path }) => path));
  const splits = sources.map(({ split }, i) => split ?? named[i] ?? 'training');
  const all: Record<SplitName, SentenceRef[]> = { training: [], development: [], test: [] };
  sources.forEach(({ file }, i) => {
    const sentences = all[splits[i]];
    for (let sentence = 0; sentence < file.sentences; sentence++) sentences.push({ file, sentence });
  });
  if (all.training.length === 0) {
    const what = (['development', 'test'] as const).filter((split) => all[split].length > 0).join(' and ');
    throw new InputError(`There is nothing to train on: by their names all files are ${what} data.`, {
      file: sources[0].file.file,
      hint: 'Add a file with “train” in its name, or rename a file so that its name says nothing of dev or test.',
    });
  }
  const shared = sharedProblems(all, keys);
  if (all.development.length > 0)
    return { sentences: all, heldOut: false, problems: [...problems, ...shared] };
  const held = holdOut(all.training, seed);
  return { sentences: { ...all, ...held }, heldOut: true, problems: [...problems, ...shared] };
}

/** Leaves out files that join the parts which are there beside them. */
function withoutJoined(
  sources: readonly CorpusSource[],
  keys: SentenceKeys,
): { kept: readonly CorpusSource[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const isJoined = ({ path, split }: CorpusSource): boolean => split === undefined && joinsSplits(path);
  const joined = sources.filter(isJoined);
  if (joined.length === 0 || joined.length === sources.length) return { kept: sources, problems };
  const others = keys.all(
    sources.filter((source) => !isJoined(source)).flatMap(({ file }) => sentencesOf(file)),
  );
  const kept = sources.filter((source) => {
    if (!isJoined(source)) return true;
    const { file } = source;
    if (keys.shared(sentencesOf(file), others) < 0.9 * file.sentences) return true;
    const list = new ProblemList(file.file);
    const what = 'Its sentences are in the other files of the corpus too, so this file is left out.';
    list.add('warning', 'joined-splits', what, { line: 0 });
    problems.push(...list.finish());
    return false;
  });
  return { kept, problems };
}

/** Says how many sentences of a split are in the training data too: where they are many, its score is none. */
function sharedProblems(
  sentences: Readonly<Record<SplitName, readonly SentenceRef[]>>,
  keys: SentenceKeys,
): Problem[] {
  const isLong = ({ file, sentence }: SentenceRef): boolean =>
    file.sentenceStart[sentence + 1] - file.sentenceStart[sentence] > shortSentence;
  const training = keys.all(sentences.training);
  return (['development', 'test'] as const).flatMap((split) => {
    const long = sentences[split].filter(isLong);
    const shared = keys.shared(long, training);
    if (shared === 0 || shared < 0.05 * long.length) return [];
    const { file, sentence } = long[0];
    const list = new ProblemList(file.file);
    const share = `${formatCount(shared)} of ${formatCount(long.length)} sentences of over ${shortSentence} tokens in the ${split} data are in the training data too`;
    const outcome =
      shared > long.length / 2
        ? 'its score says nothing of other text.'
        : 'its score is better than it would be on other text.';
    list.add('warning', 'shared-sentences', `${share}: ${outcome}`, {
      line: file.line[file.sentenceStart[sentence]],
    });
    return list.finish();
  });
}

/** How often each value of a column occurs in the sentences, in the order of first occurrence. */
function countValues(
  sentences: readonly SentenceRef[],
  columnOf: (file: CorpusFile) => Column,
): Map<string, number> {
  const counts = new Map<string, number>();
  const byFile = new Map<CorpusFile, Uint32Array>();
  for (const { file, sentence } of sentences) {
    const column = columnOf(file);
    let own = byFile.get(file);
    if (!own) byFile.set(file, (own = new Uint32Array(column.values.length)));
    for (let t = file.sentenceStart[sentence]; t < file.sentenceStart[sentence + 1]; t++)
      own[column.ids[t]]++;
  }
  for (const [file, own] of byFile) {
    const { values } = columnOf(file);
    own.forEach((count, id) => {
      if (count > 0) counts.set(values[id], (counts.get(values[id]) ?? 0) + count);
    });
  }
  return counts;
}

function reportUnknownLabels(
  sentences: readonly SentenceRef[],
  label: number,
  known: ReadonlySet<string>,
  split: 'development' | 'test',
  report: (file: string) => ProblemList,
): void {
  const reported = new Set<string>();
  /** By file and id: 1 for values that may still have to be reported. */
  const open = new Map<CorpusFile, Uint8Array>();
  for (const { file, sentence } of sentences) {
    const column = columnAt(file, label);
    let ids = open.get(file);
    if (!ids) open.set(file, (ids = Uint8Array.from(column.values, (value) => Number(!known.has(value)))));
    for (let t = file.sentenceStart[sentence]; t < file.sentenceStart[sentence + 1]; t++) {
      if (ids[column.ids[t]] === 0) continue;
      ids[column.ids[t]] = 0;
      const value = column.values[column.ids[t]];
      if (reported.has(value)) continue;
      reported.add(value);
      const what = `The label “${shownName(value)}” occurs in the ${split} data, but not in the training data`;
      const outcome = 'the model cannot learn it, and each token with it counts as an error.';
      report(file.file).add('warning', 'label-not-in-training', `${what}: ${outcome}`, {
        line: file.line[t],
      });
    }
  }
}
