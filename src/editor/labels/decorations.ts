/** Which labels are drawn where. Knows positions, and nothing of the editor. */
import { spansOf } from '../../corpus/labels/spans';
import type { LineRange, Segment } from '../../corpus/text/segments';
import type { TaggedToken } from '../../engine/taggerProtocol';
import { typeOf } from './labelSet';
import type { LabelSet } from './labelSet';
import { isDoubtful, isPunctuation } from './labelStyle';
import type { LabelDrawing } from './labelStyle';
import { shownDifference, shownLabel } from './shownLabel';

/**
 * How a decoration looks.
 *
 * Behind a row's label field: `agrees` with the gold label, `differs` from it, `predicted` where there is no
 * gold label, `continues` the span of a row above; a `bar` alone for what agrees. `differing-token`: the word of
 * a row that differs. In text: `token` and `span`, the label behind them; `underlined-token` and
 * `underlined-span`, the label above their beginning; `gold-span` and `underlined-gold-span`, those that a person
 * gave; `segment`, a span that has no type, such as a word. `cut`: where a very long line's labels begin or end.
 */
export type DecorationKind =
  | 'agrees'
  | 'differs'
  | 'predicted'
  | 'continues'
  | 'bar'
  | 'differing-token'
  | 'token'
  | 'span'
  | 'underlined-token'
  | 'underlined-span'
  | 'gold-span'
  | 'underlined-gold-span'
  | 'segment'
  | 'cut';

export interface DecorationStyle {
  readonly kind: DecorationKind;
  /**
   * The text that is shown. Empty for kinds that have none, for `cut`, which always has the same, and where
   * there is no room above a word.
   */
  readonly text: string;
  /** Number of the colour: of the label, or 0 and 1 by turns for a `segment`. */
  readonly colour: number;
  /** The model is not sure of it: told by the shape of its line. */
  readonly doubtful?: boolean;
}

/** A range with a style. Lines and UTF-16 columns from 0, the end exclusive. */
export interface Decoration {
  readonly style: DecorationStyle;
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A part of a text that a person labelled. Lines and UTF-16 columns from 0, the end exclusive. */
export interface GoldSpan {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly type: string;
}

const differsSign = '≠';
const continuesSign = '┆';

/** What is drawn of a segment, and how. */
interface Drawn {
  readonly labels: LabelSet;
  readonly drawing: LabelDrawing;
  /** The labels of a text that a person gave. */
  readonly gold: readonly GoldSpan[];
  /** The characters of a token. */
  readonly wordOf: (token: TaggedToken) => string;
}

/** The decorations of a segment, those only that touch one of the `drawn` lines. */
export function decorationsOf(
  segment: Segment,
  tokens: readonly TaggedToken[],
  kind: 'rows' | 'text',
  labels: LabelSet,
  drawn: readonly LineRange[],
  drawing: LabelDrawing,
  gold: readonly GoldSpan[],
): Decoration[] {
  const how: Drawn = { labels, drawing, gold, wordOf: wordsOf(segment) };
  const decorations = sentencesOf(tokens).flatMap((sentence) =>
    kind === 'rows' ? rowDecorations(sentence, how) : textDecorations(sentence, how),
  );
  if (segment.cut) decorations.push(...cutDecorations(segment.first, segment.cut));
  return decorations.filter(({ startLine, endLine }) =>
    drawn.some(({ first, last }) => startLine <= last && endLine >= first),
  );
}

function wordsOf({ text, first, firstColumn }: Segment): (token: TaggedToken) => string {
  const lines = text.split('\n');
  return ({ line, startColumn, endColumn }) => {
    const shift = line === first ? firstColumn : 0;
    return (lines.at(line - first) ?? '').slice(startColumn - shift, endColumn - shift);
  };
}

function sentencesOf(tokens: readonly TaggedToken[]): TaggedToken[][] {
  const sentences: TaggedToken[][] = [];
  tokens.forEach((token, i) => {
    if (i > 0 && token.sentence === tokens[i - 1].sentence) sentences[sentences.length - 1].push(token);
    else sentences.push([token]);
  });
  return sentences;
}

/**
 * Rows: the label beside gold, where a long row is still on screen. A span's label stands at its first row; a
 * row that differs always shows its own.
 */
function rowDecorations(sentence: readonly TaggedToken[], how: Drawn): Decoration[] {
  const { scheme } = how.labels;
  const spans = spansOf(
    sentence.map(({ label }) => label),
    scheme,
  );
  const inside = new Set<number>();
  const typeAt = new Map<number, string>();
  for (const { start, end, type } of spans) {
    if (type !== '') typeAt.set(start, type);
    for (let i = start + 1; i < end; i++) inside.add(i);
  }
  return sentence.flatMap((token, i) => {
    const { label, gold } = token;
    const behind = (style: Omit<DecorationStyle, 'colour'>): Decoration => ({
      startLine: token.line,
      startColumn: 0,
      endLine: token.line,
      endColumn: token.labelColumn ?? token.endColumn,
      style: { ...style, colour: how.labels.colourOf(typeOf(label, scheme)) },
    });
    if (gold !== undefined && gold !== label) {
      const text = `${differsSign} ${shownDifference(label, gold)}`;
      const word = { ...tokenRange(token), style: { kind: 'differing-token', text: '', colour: 0 } as const };
      return [behind({ kind: 'differs', text }), word];
    }
    if (label === 'O') return [];
    const shown = shownAtRow(token, how, inside.has(i));
    if (shown === 'none') return [];
    if (shown === 'bar') return [behind({ kind: 'bar', text: '' })];
    if (inside.has(i)) return [behind({ kind: 'continues', text: continuesSign })];
    const kind = gold === undefined ? 'predicted' : 'agrees';
    return [behind({ kind, text: shownLabel(typeAt.get(i) ?? label, 'rows'), ...doubt(token) })];
  });
}

/** What a row shows that does not differ from gold. */
function shownAtRow(
  token: TaggedToken,
  { drawing, wordOf }: Drawn,
  inside: boolean,
): 'label' | 'bar' | 'none' {
  const { agreement, onlyDoubtful, punctuation } = drawing;
  if (!inside && doubt(token).doubtful) return 'label';
  if (token.gold === undefined && onlyDoubtful) return 'none';
  const shown = token.gold === undefined && !inside ? 'label' : agreement;
  return shown === 'label' && !punctuation && isPunctuation(wordOf(token)) ? 'bar' : shown;
}

/** Where a token begins a span, the span counts. */
function doubt({ probability, span }: TaggedToken): { readonly doubtful?: true } {
  return isDoubtful(span?.probability ?? probability) ? { doubtful: true } : {};
}

/** Text: each token with its label, or each span once. Spans without a type have two tints by turns. */
function textDecorations(
  sentence: readonly TaggedToken[],
  { labels, drawing, gold, wordOf }: Drawn,
): Decoration[] {
  const isShown = (token: TaggedToken): boolean => !drawing.onlyDoubtful || doubt(token).doubtful === true;
  const inPills = drawing.inText === 'pills';
  if (labels.scheme === 'none') {
    return sentence
      .filter((token) => token.label !== 'O' && isShown(token))
      .filter((token) => drawing.punctuation || !isPunctuation(wordOf(token)))
      .map((token, i, shown) => {
        const text = shownLabel(token.label, 'text');
        const next = shown.at(i + 1);
        const isJoined = next?.line === token.line && next.startColumn === token.endColumn;
        const style = { colour: labels.colourOf(token.label), ...doubt(token) };
        return {
          ...tokenRange(token),
          style: inPills
            ? { kind: 'token', text, ...style }
            : { kind: 'underlined-token', text: textAbove(wordOf(token), text, isJoined), ...style },
        };
      });
  }
  return spansOf(
    sentence.map(({ label }) => label),
    labels.scheme,
  ).flatMap(({ start, end, type }, i): Decoration[] => {
    const token = sentence[start];
    if (!isShown(token)) return [];
    const { line: startLine, startColumn } = token;
    const { line: endLine, endColumn } = sentence[end - 1];
    const range = { startLine, startColumn, endLine, endColumn };
    if (type === '') return [{ ...range, style: { kind: 'segment', text: '', colour: i % 2 } }];
    const said = gold.filter((other) => areTouching(other, range));
    if (said.some((other) => other.type === type && isSameRange(other, range))) return [];
    const text = `${said.length > 0 ? `${differsSign} ` : ''}${shownLabel(type, 'text')}`;
    const words = sentence.slice(start, end).filter(({ line }) => line === startLine);
    const style = { colour: labels.colourOf(type), ...doubt(token) };
    return [
      {
        ...range,
        // Beside a label that stands there, a line under the words would not be seen.
        style:
          inPills || said.length > 0
            ? { kind: 'span', text, ...style }
            : { kind: 'underlined-span', text: textAbove(words.map(wordOf).join(' '), text), ...style },
      },
    ];
  });
}

type Range = Omit<Decoration, 'style'>;

const isSameRange = (a: Range, b: Range): boolean =>
  a.startLine === b.startLine &&
  a.startColumn === b.startColumn &&
  a.endLine === b.endLine &&
  a.endColumn === b.endColumn;

function areTouching(a: Range, b: Range): boolean {
  const isBefore = (line: number, column: number, otherLine: number, otherColumn: number): boolean =>
    line < otherLine || (line === otherLine && column < otherColumn);
  return (
    isBefore(a.startLine, a.startColumn, b.endLine, b.endColumn) &&
    isBefore(b.startLine, b.startColumn, a.endLine, a.endColumn)
  );
}

/**
 * The label above a word, smaller than the word; nothing where it is too long for that.
 * @param isJoined another word with a label follows without a space: between the two labels there is to be one.
 */
export function textAbove(word: string, label: string, isJoined = false): string {
  const width = heightAbove * (widthOf(label) + (isJoined ? 1 : 0));
  return width <= widthOf(word) ? label : '';
}

/** The height of a label above its word, as a share of the text's. */
export const heightAbove = 0.5;

/** Roughly, in letters of Latin script: letters of scripts without spaces are twice as wide. */
function widthOf(text: string): number {
  return [...text].reduce(
    (width, letter) =>
      width +
      (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff01-\uff60\u{1f300}-\u{3ffff}]/u.test(letter)
        ? 2
        : 1),
    0,
  );
}

const tokenRange = ({ line, startColumn, endColumn }: TaggedToken): Omit<Decoration, 'style'> => ({
  startLine: line,
  startColumn,
  endLine: line,
  endColumn,
});

function cutDecorations(line: number, cut: NonNullable<Segment['cut']>): Decoration[] {
  const at = (column: number): Decoration => ({
    startLine: line,
    startColumn: column,
    endLine: line,
    endColumn: column,
    style: { kind: 'cut', text: '', colour: 0 },
  });
  return [...(cut.before ? [at(cut.startColumn)] : []), ...(cut.after ? [at(cut.endColumn)] : [])];
}
