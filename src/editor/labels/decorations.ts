/** Which labels are drawn where. Knows positions, and nothing of the editor. */
import { shownName } from '../../common/shownText';
import { spansOf } from '../../corpus/labels/spans';
import type { LineRange, Segment } from '../../corpus/text/segments';
import type { TaggedToken } from '../../engine/taggerProtocol';
import { typeOf } from './labelSet';
import type { LabelSet } from './labelSet';

/**
 * How a decoration looks.
 *
 * Behind a row's label field: `agrees` with the gold label, `differs` from it, `predicted` where there is no
 * gold label, `continues` the span of a row above. `differing-token`: the word of a row that differs. In
 * text: `token` and `span`, the label behind them; `segment`, a span that has no type, such as a word. `cut`:
 * where a very long line's labels begin or end.
 */
export type DecorationKind =
  'agrees' | 'differs' | 'predicted' | 'continues' | 'differing-token' | 'token' | 'span' | 'segment' | 'cut';

export interface DecorationStyle {
  readonly kind: DecorationKind;
  /**
   * The text that is shown. Empty for `differing-token` and `segment`, which have none, and `cut`, which always
   * has the same.
   */
  readonly text: string;
  /** Number of the colour: of the label, or 0 and 1 by turns for a `segment`. */
  readonly colour: number;
}

/** A range with a style. Lines and UTF-16 columns from 0, the end exclusive. */
export interface Decoration {
  readonly style: DecorationStyle;
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

const differsSign = '≠';
const continuesSign = '┆';

const longestText = 60;

/** A label as it is drawn: one line, not too long, what could not be seen written out. */
export function shownText(label: string): string {
  return shownName(label, longestText);
}

/** The decorations of a segment, those only that touch one of the `drawn` lines. */
export function decorationsOf(
  segment: Segment,
  tokens: readonly TaggedToken[],
  kind: 'rows' | 'text',
  labels: LabelSet,
  drawn: readonly LineRange[],
): Decoration[] {
  const decorations = sentencesOf(tokens).flatMap((sentence) =>
    kind === 'rows' ? rowDecorations(sentence, labels) : textDecorations(sentence, labels),
  );
  if (segment.cut) decorations.push(...cutDecorations(segment.first, segment.cut));
  return decorations.filter(({ startLine, endLine }) =>
    drawn.some(({ first, last }) => startLine <= last && endLine >= first),
  );
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
function rowDecorations(sentence: readonly TaggedToken[], labels: LabelSet): Decoration[] {
  const spans = spansOf(
    sentence.map(({ label }) => label),
    labels.scheme,
  );
  const inside = new Set<number>();
  const typeAt = new Map<number, string>();
  for (const { start, end, type } of spans) {
    if (type !== '') typeAt.set(start, type);
    for (let i = start + 1; i < end; i++) inside.add(i);
  }
  return sentence.flatMap((token, i) => {
    const { label, gold } = token;
    const besideGold = {
      startLine: token.line,
      startColumn: 0,
      endLine: token.line,
      endColumn: token.labelColumn ?? token.endColumn,
    };
    const colour = labels.colourOf(typeOf(label, labels.scheme));
    if (gold !== undefined && gold !== label) {
      const differingToken: Decoration = {
        ...tokenRange(token),
        style: { kind: 'differing-token', text: '', colour: 0 },
      };
      return [
        {
          ...besideGold,
          style: { kind: 'differs', text: `${differsSign} ${shownText(label)}`, colour },
        } satisfies Decoration,
        differingToken,
      ];
    }
    if (label === 'O') return [];
    if (inside.has(i))
      return [
        { ...besideGold, style: { kind: 'continues', text: continuesSign, colour } } satisfies Decoration,
      ];
    const text = shownText(typeAt.get(i) ?? label);
    return [
      {
        ...besideGold,
        style: { kind: gold === undefined ? 'predicted' : 'agrees', text, colour },
      } satisfies Decoration,
    ];
  });
}

/** Text: each token with its label, or each span once. Spans without a type have two tints by turns. */
function textDecorations(sentence: readonly TaggedToken[], labels: LabelSet): Decoration[] {
  if (labels.scheme === 'none') {
    return sentence
      .filter(({ label }) => label !== 'O')
      .map((token) => ({
        ...tokenRange(token),
        style: { kind: 'token', text: shownText(token.label), colour: labels.colourOf(token.label) },
      }));
  }
  return spansOf(
    sentence.map(({ label }) => label),
    labels.scheme,
  ).map(({ start, end, type }, i) => {
    const { line: startLine, startColumn } = sentence[start];
    const { line: endLine, endColumn } = sentence[end - 1];
    return {
      startLine,
      startColumn,
      endLine,
      endColumn,
      style:
        type === ''
          ? { kind: 'segment', text: '', colour: i % 2 }
          : { kind: 'span', text: shownText(type), colour: labels.colourOf(type) },
    };
  });
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
