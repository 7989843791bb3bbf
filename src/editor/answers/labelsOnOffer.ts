import { splitLabel } from '../../corpus/labels/notation';
import type { AnswerPart } from './answerPart';

/** Labels that can be given, the most frequent first: of spans their types. */
export function labelsOnOffer({ column, annotated }: AnswerPart): string[] {
  const labels = [...column.labels.map(({ label }) => label), ...annotated.file.columns[1].values];
  return column.scheme === 'none' ? [...new Set(labels)] : typesOf(labels, column.scheme);
}

/** The types of labels of spans, each once, in their order. */
export function typesOf(labels: readonly string[], scheme: AnswerPart['column']['scheme']): string[] {
  const types = labels.flatMap((label) => {
    const parts = splitLabel(label, scheme);
    return parts.prefix === 'O' ? [] : [parts.type];
  });
  return [...new Set(types)];
}
