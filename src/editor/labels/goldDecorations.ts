/** How the labels that a person gave to a text are drawn in it. Knows positions, and nothing of the editor. */
import { textAbove } from './decorations';
import type { Decoration, GoldSpan } from './decorations';
import type { LabelSet } from './labelSet';
import type { LabelDrawing } from './labelStyle';
import { shownLabel } from './shownLabel';

/** @param lineAt the text of a line. */
export function goldDecorations(
  spans: readonly GoldSpan[],
  labels: LabelSet,
  { inText }: LabelDrawing,
  lineAt: (line: number) => string,
): Decoration[] {
  return spans.map(({ type, ...range }) => {
    const text = shownLabel(type, 'text');
    const { startLine, startColumn, endLine, endColumn } = range;
    const words = lineAt(startLine).slice(startColumn, startLine === endLine ? endColumn : undefined);
    const colour = labels.colourOf(type);
    return {
      ...range,
      style:
        inText === 'pills'
          ? { kind: 'gold-span', text, colour }
          : { kind: 'underlined-gold-span', text: textAbove(words, text), colour },
    };
  });
}
