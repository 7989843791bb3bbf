/** How far two labellings of one text agree: two annotators, two versions of a file, a text and a model. */
import { InputError } from '../common/errors';
import type { CorpusFile, LabelScheme, Span } from '../corpus/corpus';
import { columnAt } from '../corpus/corpusFile';
import { evidenceOf, schemeOf } from '../corpus/labels/scheme';
import { cutsWords, wordsOf } from '../corpus/labels/segmentation';
import { regionsOf, spansOf } from '../corpus/labels/spans';
import { isCharacterText } from '../corpus/script';
import { inOrder, LabelTally } from './labelTally';
import { inBoth, matchScores, share } from './metrics';
import type { Confusion, LabelScores, MatchScores } from './scores';

/** A file and the position, in its layout, of the labels that are compared. */
export interface ComparedFile {
  readonly file: CorpusFile;
  readonly label: number;
}

/** Neighbouring tokens of one sentence that are labelled differently. Lines are from 0. */
export interface LabelDifference {
  readonly line: number;
  /** The line of the other file. */
  readonly otherLine: number;
  readonly words: readonly string[];
  /** The label; of spans their types with their words, where these are not all of `words`. */
  readonly left: string;
  readonly right: string;
}

export interface LabelComparison {
  /** Tokens of the sentences that both have. */
  readonly tokens: number;
  readonly sentences: number;
  /** Sentences that only one of the two has. */
  readonly leftOnly: number;
  readonly rightOnly: number;
  /** By labels as they are written; undefined where the two mark spans in different ways. */
  readonly labels?: {
    /** Share of the tokens with one label on both sides. */
    readonly accuracy: number;
    /**
     * Agreement beyond chance: κ = (p_o − p_e) / (1 − p_e), where p_o is the accuracy and
     * p_e = Σ_l p_left(l) · p_right(l) (Cohen 1960). Undefined where chance alone makes both agree always.
     */
    readonly kappa?: number;
    /** Pairs of labels with how many tokens have them, agreement included, most frequent first. */
    readonly confusions: readonly Confusion[];
  };
  /** Spans of the right as predictions of those of the left; words where the labels cut text into words. */
  readonly spans?: MatchScores;
  /** By label, or by type of span, the most frequent on the left first. */
  readonly byLabel: readonly LabelScores[];
  readonly differences: readonly LabelDifference[];
  /** How many differences there are; not all need to be listed. */
  readonly differing: number;
}

/** Differences that are listed, at most. */
const mostDifferences = 2_000;

/**
 * Compares the labels of the sentences that two files have, whose words are the same: the first of several
 * equal ones with the first, and so on. Other sentences are counted, and not compared.
 * @throws {InputError} they have no sentence in common, or the labels of one mark spans and the other's do
 * not.
 */
export function compareLabels(left: ComparedFile, right: ComparedFile): LabelComparison {
  const pairs = [...sentencesInBoth(left.file, right.file)];
  if (pairs.length === 0)
    throw new InputError('The two have no sentence in common, so that there is nothing to compare.', {
      file: right.file.file,
      hint: 'Compare two labellings of one text.',
    });
  const [a, b] = [sideOf(left), sideOf(right)];
  const areSpans = a.scheme !== 'none';
  if (areSpans !== (b.scheme !== 'none'))
    throw new InputError('The labels of one mark spans, and those of the other do not.', {
      file: right.file.file,
      hint: 'Compare columns that hold the same kind of labels.',
    });
  const tally = new LabelTally();
  const confusions = new PairCounts();
  const counts = { gold: 0, predicted: 0, correct: 0 };
  const differences: LabelDifference[] = [];
  let tokens = 0;
  let differing = 0;
  for (const [sentence, other] of pairs) {
    const [labels, otherLabels] = [a.labelsOf(sentence), b.labelsOf(other)];
    tokens += labels.length;
    labels.forEach((label, t) => confusions.add(label, otherLabels[t]));
    const [spans, otherSpans] = [a.spansIn(labels), b.spansIn(otherLabels)];
    const same = inBoth(spans, otherSpans);
    counts.gold += spans.length;
    counts.predicted += otherSpans.length;
    counts.correct += same.length;
    if (areSpans) addSpans(tally, spans, otherSpans, same);
    for (const difference of differencesIn(a, b, { sentence, other, labels, otherLabels, spans, otherSpans }))
      if (++differing <= mostDifferences) differences.push(difference);
  }
  const areSameScheme = a.scheme === b.scheme;
  if (!areSpans) for (const [label, otherLabel, count] of confusions.all) tally.add(label, otherLabel, count);
  return {
    tokens,
    sentences: pairs.length,
    leftOnly: left.file.sentences - pairs.length,
    rightOnly: right.file.sentences - pairs.length,
    ...(areSameScheme && { labels: { ...confusions.agreement(tokens), confusions: confusions.all } }),
    ...(areSpans && { spans: matchScores(counts) }),
    byLabel: tally.scores(),
    differences,
    differing,
  };
}

function addSpans(
  tally: LabelTally,
  left: readonly Span[],
  right: readonly Span[],
  same: readonly Span[],
): void {
  for (const { type } of left) tally.of(type).gold++;
  for (const { type } of right) tally.of(type).predicted++;
  for (const { type } of same) tally.of(type).correct++;
}

/** A sentence of both, as it is labelled on both sides. */
interface LabelledPair {
  readonly sentence: number;
  readonly other: number;
  readonly labels: readonly string[];
  readonly otherLabels: readonly string[];
  readonly spans: readonly Span[];
  readonly otherSpans: readonly Span[];
}

function differencesIn(a: Side, b: Side, pair: LabelledPair): LabelDifference[] {
  const { sentence, other, labels, otherLabels, spans, otherSpans } = pair;
  const areSpans = a.scheme !== 'none';
  const regions = areSpans ? differentRegions(spans, otherSpans) : differentTokens(labels, otherLabels);
  return regions.map((region) => {
    const words = a.wordsOf(sentence).slice(region.start, region.end);
    return {
      line: a.lineOf(sentence, region.start),
      otherLine: b.lineOf(other, region.start),
      words,
      left: areSpans ? saidOf(spans, region, words) : labels[region.start],
      right: areSpans ? saidOf(otherSpans, region, words) : otherLabels[region.start],
    };
  });
}

/** Sentences with the same words, each once. */
function* sentencesInBoth(left: CorpusFile, right: CorpusFile): Generator<[number, number]> {
  const [forms, otherForms] = [left, right].map((file) => columnAt(file, file.layout.form));
  const textOf = (file: CorpusFile, { ids, values }: typeof forms, sentence: number): string =>
    Array.from(
      ids.subarray(file.sentenceStart[sentence], file.sentenceStart[sentence + 1]),
      (id) => values[id],
    ).join('\n');
  const waiting = new Map<string, number[]>();
  for (let sentence = right.sentences - 1; sentence >= 0; sentence--) {
    const text = textOf(right, otherForms, sentence);
    const known = waiting.get(text);
    if (known) known.push(sentence);
    else waiting.set(text, [sentence]);
  }
  for (let sentence = 0; sentence < left.sentences; sentence++) {
    const other = waiting.get(textOf(left, forms, sentence))?.pop();
    if (other !== undefined) yield [sentence, other];
  }
}

/** What is asked of one of the two files. */
interface Side {
  readonly scheme: LabelScheme;
  readonly labelsOf: (sentence: number) => string[];
  readonly wordsOf: (sentence: number) => string[];
  readonly spansIn: (labels: readonly string[]) => Span[];
  readonly lineOf: (sentence: number, token: number) => number;
}

function sideOf({ file, label }: ComparedFile): Side {
  const labels = columnAt(file, label);
  const forms = columnAt(file, file.layout.form);
  const scheme = file.layout.scheme ?? schemeOf(evidenceOf(file, labels));
  const counts = new Map<string, number>();
  for (const id of forms.ids) counts.set(forms.values[id], (counts.get(forms.values[id]) ?? 0) + 1);
  const isWords = cutsWords({ labels: labels.values, scheme, characters: isCharacterText(counts) });
  const valuesOf = ({ ids, values }: typeof labels, sentence: number): string[] =>
    Array.from(
      ids.subarray(file.sentenceStart[sentence], file.sentenceStart[sentence + 1]),
      (id) => values[id],
    );
  return {
    scheme,
    labelsOf: (sentence) => valuesOf(labels, sentence),
    wordsOf: (sentence) => valuesOf(forms, sentence),
    spansIn: (own) => (isWords ? wordsOf : spansOf)(own, scheme),
    lineOf: (sentence, token) => file.line[file.sentenceStart[sentence] + token],
  };
}

interface Region {
  readonly start: number;
  readonly end: number;
}

const differentTokens = (labels: readonly string[], others: readonly string[]): Region[] =>
  labels.flatMap((label, t) => (label === others[t] ? [] : [{ start: t, end: t + 1 }]));

/** Stretches of tokens in which the spans are not the same. */
function differentRegions(spans: readonly Span[], others: readonly Span[]): Region[] {
  return regionsOf([...spans, ...others]).filter((region) => {
    const own = within(spans, region);
    const other = within(others, region);
    return own.length !== other.length || inBoth(own, other).length !== own.length;
  });
}

const within = (spans: readonly Span[], { start, end }: Region): Span[] =>
  spans.filter((span) => span.start < end && span.end > start);

/** The spans of a region in words: `LOC`, or `LOC (New York), PER (Times)`; empty where there are none. */
function saidOf(spans: readonly Span[], region: Region, words: readonly string[]): string {
  return within(spans, region)
    .map(({ start, end, type }) => {
      const isWhole = start === region.start && end === region.end;
      const own = words.slice(start - region.start, end - region.start).join(' ');
      return isWhole ? type : `${type} (${own})`.trimStart();
    })
    .join(', ');
}

/** How many tokens have one label on the left and one on the right. */
class PairCounts {
  private readonly counts = new Map<string, Map<string, number>>();

  add(left: string, right: string): void {
    const own = this.counts.get(left) ?? new Map<string, number>();
    this.counts.set(left, own.set(right, (own.get(right) ?? 0) + 1));
  }

  get all(): Confusion[] {
    return [...this.counts]
      .flatMap(([left, own]) => [...own].map(([right, count]): Confusion => [left, right, count]))
      .sort((x, y) => y[2] - x[2] || inOrder(x[0], y[0]) || inOrder(x[1], y[1]));
  }

  /** See {@link LabelComparison.labels}. */
  agreement(tokens: number): { accuracy: number; kappa?: number } {
    const [onLeft, onRight] = [new Map<string, number>(), new Map<string, number>()];
    let agreeing = 0;
    for (const [left, right, count] of this.all) {
      if (left === right) agreeing += count;
      onLeft.set(left, (onLeft.get(left) ?? 0) + count);
      onRight.set(right, (onRight.get(right) ?? 0) + count);
    }
    // In tokens², which are whole numbers, so that certain agreement is told exactly.
    let byChance = 0;
    for (const [label, count] of onLeft) byChance += count * (onRight.get(label) ?? 0);
    const rest = tokens * tokens - byChance;
    const accuracy = share(agreeing, tokens);
    return rest === 0 ? { accuracy } : { accuracy, kappa: (agreeing * tokens - byChance) / rest };
  }
}
