import { InputError } from '../common/errors';
import * as l10n from '../common/l10n';
import type { Problem } from '../common/problem';
import { shownName } from '../common/shownText';
import { assignSentences } from './assignSentences';
import type { CorpusSource } from './assignSentences';
import type { Column, CorpusFile, CorpusLayout, LabelScheme, SplitName } from './corpus';
import { columnAt } from './corpusFile';
import type { SentencePlaces, TrainingCorpus } from './dataset';
import { DatasetBuilder, Numbering } from './datasetBuilder';
import type { SentenceRef } from './heldOut';
import { resolveInputColumns } from './inputColumns';
import { schemeOf, addEvidence, evidenceOf } from './labels/scheme';
import { ProblemList } from './problems';
import { isCharacterText } from './script';
import { shareKeys } from './sharedKeys';
import { resolveLabelColumn, sharedLayout } from './sharedLayout';
import { splitName } from './splitName';
import { fitConventions } from './text/fitConventions';
import type { CutSentence } from './text/fitConventions';

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
  const { sentences, heldOut, problems } = assignSentences(sources, seed);
  const encoding = resolveColumns(
    sources.map(({ file }) => file),
    column,
    inputs,
  );
  const corpus = encodeSplits(sentences, encoding);
  const { label } = encoding;
  return {
    ...corpus,
    heldOut,
    problems: [...problems, ...problemsOf(sentences, heldOut, label, new Set(corpus.labels))],
  };
}

/** The columns of files of one format that a run reads, by their positions in the layout. */
export interface ReadColumns {
  readonly layout: CorpusLayout;
  readonly label: number;
  /** Further columns of which features are made. */
  readonly inputs: readonly number[];
}

/** @throws {InputError} the files' formats differ, or there is no such column. */
export function resolveColumns(
  files: readonly CorpusFile[],
  column: string,
  inputs: readonly string[] = [],
): ReadColumns {
  const layout = sharedLayout(files);
  const label = resolveLabelColumn(layout, files, column);
  return { layout, label, inputs: resolveInputColumns(files, layout, inputs, label) };
}

/**
 * The corpus of sentences whose splits are known.
 *
 * @param learned `conventions`: whether to learn how its text is cut into tokens and sentences, which plain text is
 * labelled by.
 * @throws {InputError} the training sentences have one label only.
 */
export function encodeSplits(
  sentences: Readonly<Record<SplitName, readonly SentenceRef[]>>,
  { layout, label, inputs }: ReadColumns,
  learned: { readonly conventions: boolean } = { conventions: true },
): TrainingCorpus {
  // The model knows what occurs in training; words and values of other data are numbered behind.
  const countsAt = (index: number): Map<string, number> =>
    countValues(sentences.training, (file) => columnAt(file, index));
  const wordCounts = countsAt(layout.form);
  const words = new Numbering(wordCounts);
  const labels = new Numbering(countsAt(label)).strings;
  checkLabels(labels, layout.columns[label], sentences.training[0].file);
  const inputValues = inputs.map((index) => new Numbering(countsAt(index)));
  const datasets = new DatasetBuilder({
    form: layout.form,
    label,
    labels,
    numberOf: (word) => words.numberOf(word),
    inputs: inputs.map((index, i) => ({
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
  const conventions =
    characters || !learned.conventions
      ? undefined
      : fitConventions(cutSentences(sentences.training, layout.form));
  return {
    words: strings,
    counts: Uint32Array.from(strings, (word) => wordCounts.get(word) ?? 0),
    columns: inputs.map((index, i) => ({
      name: layout.columns[index],
      values: inputValues[i].strings,
    })),
    labels,
    scheme: layout.scheme ?? trainedScheme(sentences.training, label),
    layout,
    characters,
    ...(conventions && { conventions }),
    splits,
    developmentPlaces: placesOf(sentences.development),
    heldOut: false,
    problems: [],
  };
}

function placesOf(sentences: readonly SentenceRef[]): SentencePlaces {
  const files = new Map<string, number>();
  for (const { file } of sentences) if (!files.has(file.file)) files.set(file.file, files.size);
  return {
    files: [...files.keys()],
    file: Uint32Array.from(sentences, ({ file }) => files.get(file.file) ?? 0),
    sentence: Uint32Array.from(sentences, ({ sentence }) => sentence),
  };
}

/** Sentences of the training data as their conventions are learned from; each is made when it is asked for. */
function cutSentences(sentences: readonly SentenceRef[], form: number): Iterable<CutSentence> {
  return {
    *[Symbol.iterator]() {
      for (const [i, { file, sentence }] of sentences.entries()) {
        const { ids, values } = columnAt(file, form);
        const [start, end] = [file.sentenceStart[sentence], file.sentenceStart[sentence + 1]];
        const before = sentences.at(i - 1);
        const follows = i > 0 && before?.file === file && before.sentence === sentence - 1;
        const sameDocument =
          follows && file.sentenceDocument[sentence] === file.sentenceDocument[before.sentence];
        yield {
          forms: Array.from(ids.subarray(start, end), (id) => values[id]),
          ...(file.spacing && { spacing: file.spacing.subarray(start, end) }),
          first: !sameDocument,
        };
      }
    },
  };
}

function withTokens(files: readonly CorpusSource[]): CorpusSource[] {
  const sources = files.filter(({ file }) => file.tokens > 0);
  const shared = shareKeys(sources.map(({ file }) => file));
  if (sources.length > 0) return sources.map((source, i) => ({ ...source, file: shared[i] }));
  const what =
    files.length === 1
      ? l10n.t('The file has no tokens to train on.')
      : l10n.t('The files have no tokens to train on.');
  throw new InputError(what, {
    file: files[0]?.file.file,
    hint: l10n.t('Choose files with annotated sentences.'),
  });
}

function checkLabels(labels: readonly string[], column: string, { file }: CorpusFile): void {
  if (labels.length >= 2) return;
  throw new InputError(
    l10n.t('The training data has only one label in {0}: “{1}”.', shownName(column), shownName(labels[0])),
    {
      file,
      hint: l10n.t(
        'There is nothing to learn from one label. Choose another column, or add sentences with other labels.',
      ),
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
      l10n.t(
        'There is one sentence only, so the model trains on it and nothing is left to measure it by. Add more sentences.',
      ),
      { line: file.line[0] },
    );
  }
  for (const split of ['development', 'test'] as const)
    reportUnknownLabels(sentences[split], label, labels, split, report);
  return [...problems.values()].flatMap((list) => list.finish());
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
      const what = l10n.t(
        'The label “{0}” occurs in the {1} data, but not in the training data',
        shownName(value),
        splitName(split),
      );
      const outcome = l10n.t('the model cannot learn it, and each token with it counts as an error.');
      report(file.file).add('warning', 'label-not-in-training', l10n.t('{0}: {1}', what, outcome), {
        line: file.line[t],
      });
    }
  }
}
