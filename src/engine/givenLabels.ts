import type { Row } from './inputSentences';
import type { DocumentPlace, GivenSpan } from './taggerProtocol';

/**
 * The labels of a sentence's tokens by the spans of its text, in IOB2, as training reads them: of spans that
 * overlap the longest counts, and a token belongs to the span that it begins in or that begins in it.
 */
export function givenLabels(tokens: readonly Row[], spans: readonly GivenSpan[]): string[] {
  // Lines before columns: of two spans the one that reaches over more of these is the longer.
  const length = ({ start, end }: GivenSpan): number =>
    (end.line - start.line) * lineWeight + end.column - start.column;
  const longestFirst = [...spans].sort((a, b) => length(b) - length(a));
  const labels: string[] = [];
  let before: GivenSpan | undefined;
  for (const { line, startColumn, endColumn } of tokens) {
    const [start, end] = [
      { line, column: startColumn },
      { line, column: endColumn },
    ];
    const own = longestFirst.find((span) => isBefore(start, span.end) && isBefore(span.start, end));
    labels.push(own ? `${own === before ? 'I' : 'B'}-${own.type}` : 'O');
    before = own;
  }
  return labels;
}

const lineWeight = 2 ** 32;

const isBefore = (a: DocumentPlace, b: DocumentPlace): boolean =>
  a.line < b.line || (a.line === b.line && a.column < b.column);
