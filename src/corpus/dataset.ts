import { InputError } from '../common/errors';
import type { Problem } from '../common/problem';
import type { Column, CorpusFile, CorpusLayout, LabelScheme, SplitName } from './corpus';
import { columnAt, keptAt } from './corpusFile';
import { DatasetMaker, Numbering } from './datasetMaker';
import type { Dataset } from './datasetMaker';
import { commonLayout, findColumn, signatureOf } from './formats/layout';
import { holdOut } from './heldOut';
import type { SentenceRef } from './heldOut';
import { positionsForModel, resolveInputColumns } from './inputColumns';
import type { InputColumn } from './inputColumns';
import { mayHoldLabels, offeredColumns } from './labels/columns';
import { schemeOf, addEvidence, gatherEvidence } from './labels/scheme';
import { summariseColumn } from './labels/summary';
import { ProblemList } from './problems';
import { isCharacterText } from './script';
import { splitsOfPaths } from './splits';

export type { Dataset } from './datasetMaker';

/** All that a run trains on and is measured by. */
export interface TrainingCorpus {
  /**
   * All words of all sets, by number: those of the training set first, the most frequent one first of all.
   */
  readonly words: readonly string[];
  /** By number: how often the word occurs in training. */
  readonly counts: Uint32Array;
  /** The further columns that are read. */
  readonly columns: readonly InputColumn[];
  /** The labels of the training set, most frequent first. */
  readonly labels: readonly string[];
  readonly scheme: LabelScheme;
  readonly layout: CorpusLayout;
  /**
   * Tokens are single characters, as for the segmentation of Chinese: text is cut into characters to be
   * labelled.
   */
  readonly characters: boolean;
  readonly splits: Readonly<Record<SplitName, Dataset>>;
  /** No file was for development, so a tenth of the training files' documents is held out. */
  readonly heldOut: boolean;
  /** What is wrong with the corpus as a whole; each file's own problems stand in the file. */
  readonly problems: readonly Problem[];
}

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
  const sources = files.filter(({ file }) => file.tokens > 0);
  if (sources.length === 0) {
    const empty = files.length === 1 ? 'The file has' : 'The files have';
    throw new InputError(`${empty} no tokens to train on.`, {
      file: files[0]?.file.file,
      hint: 'Choose files with annotated sentences.',
    });
  }
  const layout = checkLayouts(sources.map(({ file }) => file));
  const label = resolveColumn(
    layout,
    sources.map(({ file }) => file),
    column,
  );
  const read = resolveInputColumns(
    sources.map(({ file }) => file),
    layout,
    inputs,
    label,
  );
  const { sentences, heldOut } = assignSentences(sources, seed);
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
  const columns = new Map(sources.map(({ file }) => [file, columnAt(file, label)]));
  const countsAt = (index: number): Map<string, number> =>
    countValues(sentences.training, (file) => columnAt(file, index));
  const words = countsAt(layout.form);
  const labelCounts = countsAt(label);
  if (labelCounts.size < 2) {
    const [only] = labelCounts.keys();
    throw new InputError(`The training data has only one label in ${layout.columns[label]}: “${only}”.`, {
      file: sentences.training[0].file.file,
      hint: 'There is nothing to learn from one label. Choose another column, or add sentences with other labels.',
    });
  }
  const numbers = new Numbering(words);
  const labels = new Numbering(labelCounts).strings;
  const values = read.map((index) => new Numbering(countsAt(index)));
  const datasets = new DatasetMaker({
    form: layout.form,
    label,
    labels,
    numberOf: (word) => numbers.numberOf(word),
    inputs: read.map((index, i) => ({ index, numberOf: (value) => values[i].numberOf(value) })),
  });
  const splits = {
    training: datasets.make(sentences.training),
    development: datasets.make(sentences.development),
    test: datasets.make(sentences.test),
  };
  for (const split of ['development', 'test'] as const)
    reportUnknownLabels(sentences[split], label, new Set(labels), split, report);
  // What may follow what is learned, like all else, from the training data.
  const trainedOn = new Set(sentences.training.map(({ file }) => file));
  const evidence = [...columns]
    .filter(([file]) => trainedOn.has(file))
    .map(([file, values]) => gatherEvidence(values, file.sentenceStart))
    .reduce(addEvidence);
  const { strings } = numbers;
  return {
    words: strings,
    counts: Uint32Array.from(strings, (word) => words.get(word) ?? 0),
    columns: read.map((index, i) => ({ name: layout.columns[index], values: values[i].strings })),
    labels,
    scheme: schemeOf(evidence),
    layout,
    characters: isCharacterText(words),
    splits,
    heldOut,
    problems: [...problems.values()].flatMap((list) => list.finish()),
  };
}

/** Gives a model's numbers to words, and to values of the further columns that it reads. */
export interface ModelNumbers {
  /** Their names. */
  readonly columns: readonly string[];
  numberOf(word: string): number;
  /** `column`: an index into {@link columns}. */
  columnNumberOf(column: number, value: string): number;
}

/**
 * All sentences of the files, in a model's numbers: what it is scored on.
 *
 * @param model its labels and format, and its numbers.
 * @param column the label column, by name or by number from 1.
 * @throws {InputError} the files' formats differ, or there is no such column.
 */
export function encodeDataset(
  files: readonly CorpusFile[],
  model: Pick<TrainingCorpus, 'labels' | 'layout'> & { readonly numbers: ModelNumbers },
  column: string,
): Dataset {
  const layout = checkLayouts(files);
  // Names of columns are drawn from their values, which may differ from file to file: the position holds
  // where the shape is the model's.
  const sameShape =
    signatureOf(layout) === signatureOf(model.layout) && model.layout.columns.includes(column);
  const label = sameShape ? model.layout.columns.indexOf(column) : resolveColumn(layout, files, column);
  const sentences = files.flatMap((file) =>
    Array.from({ length: file.sentences }, (_, sentence): SentenceRef => ({ file, sentence })),
  );
  const { numbers } = model;
  const inputs = positionsForModel(layout, { layout: model.layout, column }, numbers.columns).map(
    (index, i) => ({
      index: files.every((file) => keptAt(file, index)) ? index : -1,
      numberOf: (value: string) => numbers.columnNumberOf(i, value),
    }),
  );
  return new DatasetMaker({
    form: layout.form,
    label,
    labels: model.labels,
    numberOf: (word) => numbers.numberOf(word),
    inputs,
  }).make(sentences);
}

function checkLayouts(files: readonly CorpusFile[]): CorpusLayout {
  const odd = files.find((file) => signatureOf(file.layout) !== signatureOf(files[0].layout));
  if (odd) {
    const [own, others] = [odd, files[0]].map(({ layout }) => layout.columns.join(', '));
    throw new InputError(`Its columns are ${own}; those of ${files[0].file} are ${others}.`, {
      file: odd.file,
      hint: 'Train on files with the same columns.',
    });
  }
  return commonLayout(files);
}

/** The position of the label column. */
function resolveColumn(layout: CorpusLayout, files: readonly CorpusFile[], column: string): number {
  const name = findColumn(layout, column);
  const index = name === undefined ? -1 : layout.columns.indexOf(name);
  if (index >= 0 && mayHoldLabels(layout, index)) return index;
  const summaries = files.map((file) => file.columns.map((kept) => summariseColumn(file, kept, file.layout)));
  const offered = offeredColumns(layout, summaries).map((offer) => offer.name);
  const what = name === undefined ? `There is no column ${column}.` : `${name} holds no labels.`;
  throw new InputError(what, {
    file: files[0].file,
    hint:
      offered.length > 0
        ? `Columns with labels: ${offered.join(', ')}.`
        : 'No column of these files has two or more labels.',
  });
}

function assignSentences(
  sources: readonly CorpusSource[],
  seed: number,
): { sentences: Record<SplitName, SentenceRef[]>; heldOut: boolean } {
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
  if (all.development.length > 0) return { sentences: all, heldOut: false };
  return { sentences: { ...all, ...holdOut(all.training, seed) }, heldOut: true };
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
  for (const { file, sentence } of sentences) {
    const column = columnAt(file, label);
    if (column.values.every((value) => known.has(value) || reported.has(value))) continue;
    for (let t = file.sentenceStart[sentence]; t < file.sentenceStart[sentence + 1]; t++) {
      const value = column.values[column.ids[t]];
      if (known.has(value) || reported.has(value)) continue;
      reported.add(value);
      const what = `The label “${value}” occurs in the ${split} data, but not in the training data`;
      const outcome = 'the model cannot learn it, and each token with it counts as an error.';
      report(file.file).add('warning', 'label-not-in-training', `${what}: ${outcome}`, {
        line: file.line[t],
      });
    }
  }
}
