/** Answers to the labels of one text, gathered until they become edits of it. */
import type { Span } from '../corpus';
import type { TextEdit } from '../textEdits';
import { spansIn } from './annotatedText';
import type { AnnotatedText } from './annotatedText';
import { replacedIn, resized, without, withSpan } from './spanChanges';
import type { TokenRange } from './spanChanges';
import { relabelled } from './spanNotation';
import { writtenLabels } from './writeLabels';

/**
 * Why an answer is not given.
 *
 * - `no-span`: there is none at this place.
 * - `no-spans`: labels of this column are of single tokens.
 * - `at-border`: the sentence ends here.
 * - `last-token`: the span has no other token.
 * - `not-of-scheme`: how this column writes spans cannot say it.
 * - `not-of-format`: the file's format cannot keep it.
 */
export type Refusal = 'no-span' | 'no-spans' | 'at-border' | 'last-token' | 'not-of-scheme' | 'not-of-format';

/** Tokens of a file, by their numbers in it, of one sentence; the end is exclusive. */
export interface FileTokens {
  readonly sentence: number;
  readonly first: number;
  readonly end: number;
}

/** A token's new label. */
export interface LabelChange {
  readonly token: number;
  readonly label: string;
}

/** What all answers come to. */
export interface DraftedEdits {
  readonly edits: readonly TextEdit[];
  /** Tokens whose labels change. */
  readonly changed: number;
}

export class LabelDraft {
  private labels: string[];

  constructor(private readonly annotated: AnnotatedText) {
    this.labels = [...annotated.labels];
  }

  /** The span that a token is in, by the file's tokens. */
  spanAt(sentence: number, token: number): (FileTokens & { readonly type: string }) | undefined {
    const first = this.annotated.file.sentenceStart[sentence];
    const found = this.spans(sentence).find(
      ({ start, end }) => start <= token - first && token - first < end,
    );
    return found && { sentence, first: first + found.start, end: first + found.end, type: found.type };
  }

  /**
   * Gives tokens a label: of a column of spans its type, for all of them as one span. One token in a span
   * stands for the whole span. A label such as `B-LOC` stands for its type, and `O` takes the span away.
   */
  label(tokens: FileTokens, given: string): Refusal | undefined {
    if (this.isTags) {
      this.labels.fill(given, tokens.first, tokens.end);
      return undefined;
    }
    const label = this.annotated.notation.typeOf(given);
    if (label === undefined) {
      const refusal = this.remove(tokens);
      return refusal === 'no-span' ? undefined : refusal;
    }
    const whole = tokens.end - tokens.first === 1 ? this.spanAt(tokens.sentence, tokens.first) : undefined;
    const range = this.rangeOf(whole ?? tokens);
    return this.write(tokens.sentence, withSpan(this.spans(tokens.sentence), { ...range, type: label }));
  }

  /** Takes tokens out of the span that they are in: one token stands for the whole. */
  remove(tokens: FileTokens): Refusal | undefined {
    if (this.isTags) {
      if (this.annotated.input.layout.kind !== 'conllu') return 'no-spans';
      this.labels.fill('_', tokens.first, tokens.end);
      return undefined;
    }
    const spans = this.spans(tokens.sentence);
    const whole = tokens.end - tokens.first === 1 ? this.spanAt(tokens.sentence, tokens.first) : undefined;
    const left = without(spans, this.rangeOf(whole ?? tokens));
    return left.length === spans.length && left.every((span, i) => span === spans[i])
      ? 'no-span'
      : this.write(tokens.sentence, left);
  }

  /** Moves the start or end of the span that a token is in: by 1 it gets wider, by −1 shorter. */
  resize({ sentence, first }: FileTokens, side: 'start' | 'end', by: 1 | -1): Refusal | undefined {
    if (this.isTags) return 'no-spans';
    const { sentenceStart } = this.annotated.file;
    const own = this.spanAt(sentence, first);
    if (!own) return 'no-span';
    const span = { ...this.rangeOf(own), type: own.type };
    const length = sentenceStart[sentence + 1] - sentenceStart[sentence];
    const now = resized(span, side, by, length);
    if (!now) return by === 1 ? 'at-border' : 'last-token';
    return this.write(sentence, withSpan(without(this.spans(sentence), span), now), span);
  }

  /** Puts spans in the place of all that touch the tokens. */
  replace(tokens: FileTokens, spans: readonly Span[]): Refusal | undefined {
    return this.write(
      tokens.sentence,
      replacedIn(this.spans(tokens.sentence), this.rangeOf(tokens), spans),
      this.rangeOf(tokens),
    );
  }

  /** The label that tokens have, of spans its type; undefined where they are in none. */
  labelOf({ sentence, first }: FileTokens): string | undefined {
    return this.isTags ? this.labels[first] : this.spanAt(sentence, first)?.type;
  }

  /**
   * Gives a label to all tokens of the file with the same words. What is in a larger span, or in a part of
   * one, is left.
   */
  labelSame(tokens: FileTokens, given: string): { readonly given: number; readonly left: number } | Refusal {
    const label = this.isTags ? given : this.annotated.notation.typeOf(given);
    if (label === undefined) return 'not-of-scheme';
    const whole = !this.isTags && this.spanAt(tokens.sentence, tokens.first);
    const { first, end } = whole || tokens;
    const wanted = this.annotated.words.slice(first, end);
    let changed = 0;
    let left = 0;
    for (const found of sameWords(this.annotated, wanted)) {
      if (this.isTags) {
        if (this.labels[found.first] === label) continue;
        this.label(found, label);
        changed++;
        continue;
      }
      const spans = this.spans(found.sentence).filter(({ start, end: to }) => {
        const range = this.rangeOf(found);
        return start < range.end && range.start < to;
      });
      const range = this.rangeOf(found);
      const isFree = spans.every(({ start, end: to }) => start >= range.start && to <= range.end);
      if (spans.length === 1 && isFree && spans[0].type === label && sameRange(spans[0], range)) continue;
      if (!isFree) left++;
      else {
        const refused = this.replace(found, [{ ...range, type: label }]);
        if (refused) return refused;
        changed++;
      }
    }
    return { given: changed, left };
  }

  /** All that was answered: tokens with other labels. */
  get changes(): LabelChange[] {
    const { labels: own } = this.annotated;
    const changes: LabelChange[] = [];
    for (let token = 0; token < own.length; token++)
      if (this.labels[token] !== own[token]) changes.push({ token, label: this.labels[token] });
    return changes;
  }

  /** The edits of the text, or of its annotations, for all that was answered. */
  finish(): DraftedEdits | Refusal {
    const changed = this.changes.length;
    if (changed === 0) return { edits: [], changed };
    const written = writtenLabels(this.annotated, this.labels);
    return written ? { edits: written.edits, changed } : 'not-of-format';
  }

  private get isTags(): boolean {
    return this.annotated.notation.scheme === 'none';
  }

  private spans(sentence: number): Span[] {
    return spansIn(this.annotated, this.labels, sentence);
  }

  private rangeOf({ sentence, first, end }: FileTokens): TokenRange {
    const start = this.annotated.file.sentenceStart[sentence];
    return { start: first - start, end: end - start };
  }

  /** @param left tokens that were in a span before: where all are in one, each of them is one by itself. */
  private write(sentence: number, spans: readonly Span[], left?: TokenRange): Refusal | undefined {
    const { notation, file } = this.annotated;
    const [first, end] = [file.sentenceStart[sentence], file.sentenceStart[sentence + 1]];
    const wanted = notation.coversAll && left ? withoutGaps(spans, left) : spans;
    const labels = relabelled(this.labels.slice(first, end), notation, wanted);
    if (!labels) return 'not-of-scheme';
    labels.forEach((label, t) => (this.labels[first + t] = label));
    return undefined;
  }
}

const sameRange = (a: TokenRange, b: TokenRange): boolean => a.start === b.start && a.end === b.end;

/** Where the words stand one behind the other in a sentence, without overlaps. */
function* sameWords(
  { words, sentence, file }: AnnotatedText,
  wanted: readonly string[],
): Generator<FileTokens> {
  const { length } = wanted;
  for (let t = 0; t + length <= file.tokens; t++) {
    if (sentence[t] !== sentence[t + length - 1] || !wanted.every((word, i) => words[t + i] === word))
      continue;
    yield { sentence: sentence[t], first: t, end: t + length };
    t += length - 1;
  }
}

function withoutGaps(spans: readonly Span[], { start, end }: TokenRange): Span[] {
  const all = [...spans];
  for (let t = start; t < end; t++)
    if (!spans.some((span) => span.start <= t && t < span.end)) all.push({ start: t, end: t + 1, type: '' });
  return all.sort((a, b) => a.start - b.start);
}
