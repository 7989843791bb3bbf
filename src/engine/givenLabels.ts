import type { Row } from './inputSentences';
import type { DocumentPlace, GivenSpan } from './taggerProtocol';

/**
 * The labels of a sentence's tokens by the spans of its text, in IOB2, as training reads them: a token belongs to
 * the first span that has a part of it, since training cuts it there.
 *
 * @param spans none of which overlap, as `annotatedPlaces` gives them: of spans that do, the longest alone is learned.
 */
export function givenLabels(tokens: readonly Row[], spans: readonly GivenSpan[]): string[] {
  const inOrder = [...spans].sort((a, b) => (isBefore(a.start, b.start) ? -1 : 1));
  const labels: string[] = [];
  let before: GivenSpan | undefined;
  for (const { line, startColumn, endColumn } of tokens) {
    const [start, end] = [
      { line, column: startColumn },
      { line, column: endColumn },
    ];
    const own = inOrder.find((span) => isBefore(start, span.end) && isBefore(span.start, end));
    labels.push(own ? `${own === before ? 'I' : 'B'}-${own.type}` : 'O');
    before = own;
  }
  return labels;
}

const isBefore = (a: DocumentPlace, b: DocumentPlace): boolean =>
  a.line < b.line || (a.line === b.line && a.column < b.column);
