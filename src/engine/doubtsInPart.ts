import { readAnnotatedText } from '../corpus/answers/annotatedText';
import type { AnnotatedInput } from '../corpus/answers/annotatedText';
import type { LabelScheme } from '../corpus/corpus';
import { lineStarts } from '../corpus/formats/spans/spanTokens';
import { doubtsOf } from '../corpus/queue/doubts';
import type { DoubtsOfPart } from '../corpus/queue/doubts';
import type { TaggedToken, TagInput } from './taggerProtocol';

/**
 * The doubts in a part of a corpus.
 *
 * @param tokens of the part, with its predicted labels.
 * @param scheme of the predicted labels.
 */
export function doubtsInPart(
  { text, firstLine }: TagInput,
  input: Omit<AnnotatedInput, 'text'>,
  tokens: readonly TaggedToken[],
  scheme: LabelScheme,
): DoubtsOfPart {
  const annotated = readAnnotatedText({ ...input, text });
  if (!annotated) return { doubts: [], sentences: 0, labelled: 0 };
  const lines = lineStarts(text);
  const judged = tokens.map((token) => {
    const { line, startColumn, endColumn, sentence, label, probability, span, best } = token;
    const start = lines[line - firstLine];
    const next = best.find((other) => other.label !== label);
    return {
      start: start + startColumn,
      end: start + endColumn,
      sentence,
      label,
      probability,
      ...(span && { spanProbability: span.probability }),
      ...(next && { next }),
    };
  });
  return doubtsOf(annotated, judged, scheme);
}
