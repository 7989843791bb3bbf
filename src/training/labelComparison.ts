/** How far two labellings of one text agree: two annotators, two versions of a file, a text and a model. */
import { InputError } from '../common/errors';
import * as l10n from '../common/l10n';
import type { LabelScheme, Span } from '../corpus/corpus';
import { columnAt } from '../corpus/corpusFile';
import { evidenceOf, schemeOf } from '../corpus/labels/scheme';
import { cutsWords, wordsOf } from '../corpus/labels/segmentation';
import { regionsOf, spansOf } from '../corpus/labels/spans';
import { isCharacterText } from '../corpus/script';
import { inOrder, LabelTally } from './labelTally';
import { inBoth, matchScores, share } from './metrics';
import { pairSentences } from './pairedSentences';
import type { LabelledFile } from './pairedSentences';
import type { Confusion, LabelScores, MatchScores } from './scores';

/** One of two labellings. */
export interface ComparedFile extends LabelledFile {
  /** How its labels mark spans, where that is known of its corpus; else it is told from the labels. */
  readonly scheme?: LabelScheme;
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
 * Compares the labels of the sentences that two files have in common, see {@link pairSentences}. Other
 * sentences are counted, and not compared.
 * @throws {InputError} they have no sentence in common, or the labels of one mark spans and the other's do
 * not.
 */
export function compareLabels(left: ComparedFile, right: ComparedFile): LabelComparison {
  const { pairs, leftOnly, rightOnly } = pairSentences(left, right);
  if (pairs.length === 0)
    throw new InputError(l10n.t('The two have no sentence in common, so that there is nothing to compare.'), {
      file: right.file.file,
      hint: l10n.t('Compare two labellings of one text.'),
    });
  const [scheme, otherScheme] = schemesOf(left, right);
  const areSpans = scheme !== 'none';
  if (areSpans !== (otherScheme !== 'none'))
    throw new InputError(l10n.t('The labels of one mark spans, and those of the other do not.'), {
      file: right.file.file,
      hint: l10n.t('Compare columns that hold the same kind of labels.'),
    });
  const [a, b] = [spanReader(left, scheme), spanReader(right, otherScheme)];
  const tally = new LabelTally();
  const confusions = new PairCounts();
  const counts = { gold: 0, predicted: 0, correct: 0 };
  const differences: LabelDifference[] = [];
  let tokens = 0;
  let differing = 0;
  for (const pair of pairs) {
    const [{ labels }, { labels: otherLabels }] = [pair.left, pair.right];
    tokens += labels.length;
    labels.forEach((label, t) => confusions.add(label, otherLabels[t]));
    const [spans, otherSpans] = [a.spansIn(labels), b.spansIn(otherLabels)];
    const same = inBoth(spans, otherSpans);
    counts.gold += spans.length;
    counts.predicted += otherSpans.length;
    counts.correct += same.length;
    if (areSpans) addSpans(tally, spans, otherSpans, same);
    const regions = areSpans ? differentRegions(spans, otherSpans) : differentTokens(labels, otherLabels);
    differing += regions.length;
    for (const region of regions.slice(0, mostDifferences - differences.length)) {
      const words = pair.words.slice(region.start, region.end);
      const between = a.isWords ? '' : ' ';
      differences.push({
        line: pair.left.lines[region.start],
        otherLine: pair.right.lines[region.start],
        words,
        left: areSpans ? saidOf(spans, region, words, between) : labels[region.start],
        right: areSpans ? saidOf(otherSpans, region, words, between) : otherLabels[region.start],
      });
    }
  }
  const areSameScheme = scheme === otherScheme;
  if (!areSpans) for (const [label, otherLabel, count] of confusions.all) tally.add(label, otherLabel, count);
  return {
    tokens,
    sentences: pairs.length,
    leftOnly,
    rightOnly,
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

/** The schemes of both; labels that mark nothing at all are of any. */
function schemesOf(left: ComparedFile, right: ComparedFile): [LabelScheme, LabelScheme] {
  const [a, b] = [left, right].map(({ file, label, scheme }) => {
    const labels = columnAt(file, label);
    const evidence = evidenceOf(file, labels);
    return {
      scheme: scheme ?? file.layout.scheme ?? schemeOf(evidence),
      isEmpty: evidence.prefix.outside === evidence.tokens,
    };
  });
  if (a.scheme === 'none' && a.isEmpty) return [b.scheme, b.scheme];
  if (b.scheme === 'none' && b.isEmpty) return [a.scheme, a.scheme];
  return [a.scheme, b.scheme];
}

/** How spans are read from the labels of a file. */
function spanReader(
  { file, label }: ComparedFile,
  scheme: LabelScheme,
): { spansIn: (labels: readonly string[]) => Span[]; isWords: boolean } {
  const forms = columnAt(file, file.layout.form);
  const counts = new Map<string, number>();
  for (const id of forms.ids) counts.set(forms.values[id], (counts.get(forms.values[id]) ?? 0) + 1);
  const labels = columnAt(file, label).values;
  const isWords = cutsWords({ labels, scheme, characters: isCharacterText(counts) });
  return { spansIn: (own) => (isWords ? wordsOf : spansOf)(own, scheme), isWords };
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

/**
 * The spans of a region in words: `LOC`, or `LOC (New York), PER (Times)`; their words where they have no
 * type, and empty where there are none.
 */
function saidOf(spans: readonly Span[], region: Region, words: readonly string[], between: string): string {
  return within(spans, region)
    .map(({ start, end, type }) => {
      const own = words.slice(start - region.start, end - region.start).join(between);
      if (type === '') return own;
      return start === region.start && end === region.end ? type : `${type} (${own})`;
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
