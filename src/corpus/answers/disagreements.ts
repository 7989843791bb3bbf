/** Where predicted labels are not those that a text has. */
import type { LabelScheme, Span } from '../corpus';
import { isOtherOutside, isOutside } from '../labels/notation';
import { regionsOf, spansOf } from '../labels/spans';
import { firstFrom, spansIn } from './annotatedText';
import type { AnnotatedText } from './annotatedText';
import type { FileTokens } from './labelDraft';
import { overlap } from './spanChanges';

/** A token with its prediction; places are those of the annotated text. */
export interface PredictedToken {
  readonly start: number;
  readonly end: number;
  readonly sentence: number;
  readonly label: string;
  readonly probability: number;
  /** Of the span that the token is in. */
  readonly spanProbability?: number;
}

/** Neighbouring tokens of one sentence, of which the text says one thing and the model another. */
export interface Disagreement extends FileTokens {
  /** A suggestion: the text has no label there at all. */
  readonly isSuggestion: boolean;
  /** Of tags the one label, of spans those that touch the tokens, counted in the sentence. */
  readonly gold: { readonly label?: string; readonly spans: readonly Span[] };
  readonly predicted: { readonly label?: string; readonly spans: readonly Span[] };
  /** How probable the least probable of what is predicted is. */
  readonly confidence: number;
}

/**
 * All disagreements of a text, in its order. Tokens without a prediction are left out.
 *
 * @param scheme of the predicted labels, which may be another than the text's.
 */
export function disagreementsOf(
  annotated: AnnotatedText,
  predicted: readonly PredictedToken[],
  scheme: LabelScheme,
): Disagreement[] {
  const isTags = annotated.notation.scheme === 'none';
  if (isTags !== (scheme === 'none')) return [];
  return isTags ? ofTags(annotated, predicted) : ofSpans(annotated, predicted, scheme);
}

/** Whether tokens still have the labels that they had when a disagreement was found. */
export function isLabelled(
  annotated: AnnotatedText,
  { sentence, first, end }: FileTokens,
  gold: Disagreement['gold'],
): boolean {
  const { labels, notation, file } = annotated;
  if (notation.scheme === 'none') return labels[first] === gold.label;
  const start = file.sentenceStart[sentence];
  const region = { start: first - start, end: end - start };
  return isSame(
    spansIn(annotated, labels, sentence).filter((span) => overlap(span, region)),
    gold.spans,
  );
}

function ofTags(annotated: AnnotatedText, predicted: readonly PredictedToken[]): Disagreement[] {
  const { starts, ends, labels, sentence } = annotated;
  return predicted.flatMap(({ start, end, label, probability }) => {
    const token = firstFrom(starts, start);
    if (starts[token] !== start || ends[token] !== end || labels[token] === label) return [];
    const gold = labels[token];
    return [
      {
        sentence: sentence[token],
        first: token,
        end: token + 1,
        isSuggestion: gold === '' || isOutside(gold) || isOtherOutside(gold),
        gold: { label: gold, spans: [] },
        predicted: { label, spans: [] },
        confidence: probability,
      },
    ];
  });
}

interface PlacedSpan extends Span {
  readonly probability: number;
}

function ofSpans(
  annotated: AnnotatedText,
  predicted: readonly PredictedToken[],
  scheme: LabelScheme,
): Disagreement[] {
  const found: Disagreement[] = [];
  const { file } = annotated;
  const { spans, seen } = placed(annotated, predicted, scheme);
  for (let s = 0; s < file.sentences; s++) {
    const first = file.sentenceStart[s];
    const goldSpans = spansIn(annotated, annotated.labels, s);
    const own = spans.get(s) ?? [];
    for (const region of regionsOf([...goldSpans, ...own])) {
      const gold = goldSpans.filter((span) => overlap(span, region));
      const model = own.filter((span) => overlap(span, region));
      const isSeen = Array.from(
        { length: region.end - region.start },
        (_, t) => first + region.start + t,
      ).every((token) => seen.has(token));
      if (!isSeen || isSame(gold, model)) continue;
      const probabilities =
        model.length > 0
          ? model.map(({ probability }) => probability)
          : Array.from(
              { length: region.end - region.start },
              (_, t) => seen.get(first + region.start + t) ?? 0,
            );
      found.push({
        sentence: s,
        first: first + region.start,
        end: first + region.end,
        isSuggestion: gold.length === 0,
        gold: { spans: gold },
        predicted: { spans: model.map(({ start, end, type }) => ({ start, end, type })) },
        confidence: Math.min(...probabilities),
      });
    }
  }
  return found;
}

const isSame = (a: readonly Span[], b: readonly Span[]): boolean =>
  a.length === b.length &&
  a.every(({ start, end, type }, i) => b[i].start === start && b[i].end === end && b[i].type === type);

/** Predicted spans at the tokens of the text, by sentence, and the probability of each token's label. */
function placed(
  annotated: AnnotatedText,
  predicted: readonly PredictedToken[],
  scheme: LabelScheme,
): { spans: Map<number, PlacedSpan[]>; seen: Map<number, number> } {
  const { starts, ends, sentence, file } = annotated;
  const spans = new Map<number, PlacedSpan[]>();
  const seen = new Map<number, number>();
  for (const { start, end, probability } of predicted)
    for (let t = Math.max(0, firstFrom(ends, start + 1)); t < file.tokens && starts[t] < end; t++)
      seen.set(t, Math.min(seen.get(t) ?? 1, probability));
  for (const tokens of bySentence(predicted))
    for (const { start, end, type } of spansOf(
      tokens.map(({ label }) => label),
      scheme,
    )) {
      const [from, to] = [tokens[start].start, tokens[end - 1].end];
      const first = firstFrom(ends, from + 1);
      let last = first;
      while (last < file.tokens && starts[last] < to && sentence[last] === sentence[first]) last++;
      if (last === first || starts[first] >= to) continue;
      const shift = file.sentenceStart[sentence[first]];
      const probability = tokens[start].spanProbability ?? tokens[start].probability;
      const own = spans.get(sentence[first]) ?? [];
      // Tokens of the text may be wider than the model's.
      if (own.some((other) => overlap(other, { start: first - shift, end: last - shift }))) continue;
      own.push({ start: first - shift, end: last - shift, type, probability });
      spans.set(sentence[first], own);
    }
  return { spans, seen };
}

function bySentence(tokens: readonly PredictedToken[]): PredictedToken[][] {
  const sentences: PredictedToken[][] = [];
  tokens.forEach((token, i) => {
    if (i === 0 || token.sentence !== tokens[i - 1].sentence) sentences.push([]);
    sentences[sentences.length - 1].push(token);
  });
  return sentences;
}
