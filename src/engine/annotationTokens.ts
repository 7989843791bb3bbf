import { annotatedPlaces } from '../corpus/formats/brat';
import { lineStarts } from '../corpus/formats/spans/spanTokens';
import type { TaggedToken } from './taggerProtocol';

/**
 * Labels of a text as its annotations show them: for each span one, at its type. It is that of the span's
 * first token that differs from gold, else of its first.
 *
 * @param tokens those of the text, in its order and with its places.
 * @param firstLine the line on which the annotations begin.
 */
export function atAnnotations(
  tokens: readonly TaggedToken[],
  text: string,
  annotations: string,
  firstLine: number,
): TaggedToken[] {
  const lines = lineStarts(text);
  const starts = tokens.map(({ line, startColumn }) => lines[line] + startColumn);
  return annotatedPlaces(text, annotations).flatMap(
    ({ line, startColumn, endColumn, start, end }, sentence) => {
      const first = firstAtOrBehind(starts, start);
      let last = first;
      while (last < tokens.length && starts[last] < end) last++;
      const own = tokens.slice(first, last);
      if (own.length === 0) return [];
      const shown = own.find(({ gold, label }) => gold !== undefined && gold !== label) ?? own[0];
      return { ...shown, line: firstLine + line, startColumn, endColumn, sentence, labelColumn: endColumn };
    },
  );
}

/** The first of rising numbers that is not below another; how many there are, where all are. */
function firstAtOrBehind(rising: readonly number[], least: number): number {
  let [from, to] = [0, rising.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (rising[middle] < least) from = middle + 1;
    else to = middle;
  }
  return from;
}
